import { recvWindowDefaultMs } from '../../../contracts/binance/common.ts'
import { type BinanceError, binanceErrors } from '../../../contracts/binance/errors.ts'
import { binanceAheadMaxMs } from '../../../contracts/binance/signing.ts'

/** The refusal of a time stamp that is right by none of the clocks, in the words of the first. */
export function timingRefusal(timestamp: number, recvWindow: number | undefined, shown: readonly number[]): BinanceError | undefined {
  const refusals = shown.map((now) => refusalBy(now, timestamp, recvWindow))
  return refusals.includes(undefined) ? undefined : refusals[0]
}

/** -1021 in its two texts; accepted is `timestamp < now + 1000` and `now - timestamp <= recvWindow` (facts A1.1). */
function refusalBy(now: number, timestamp: number, recvWindow: number | undefined): BinanceError | undefined {
  if (timestamp >= now + binanceAheadMaxMs) return binanceErrors.aheadOfServer()
  return now - timestamp > (recvWindow ?? recvWindowDefaultMs) ? binanceErrors.outsideRecvWindow() : undefined
}
