import { recvWindowDefaultMs } from '../../../contracts/binance/common.ts'
import { type BinanceError, binanceErrors } from '../../../contracts/binance/errors.ts'
import { binanceAheadMaxMs } from '../../../contracts/binance/signing.ts'

/** -1021 in its two texts; accepted is `timestamp < now + 1000` and `now - timestamp <= recvWindow` (facts A1.1). */
export function timingRefusal(timestamp: number, recvWindow: number | undefined, now: number): BinanceError | undefined {
  if (timestamp >= now + binanceAheadMaxMs) return binanceErrors.aheadOfServer()
  return now - timestamp > (recvWindow ?? recvWindowDefaultMs) ? binanceErrors.outsideRecvWindow() : undefined
}
