import { powerOfTen } from '../../decimal/decimal.ts'
import { type BinanceRegime, binanceRegimeAt } from '../../rules/binance-regime.ts'
import { ledgerScale } from '../../rules/ledger-scale.ts'
import type { Standing } from './owed-spans.ts'
import { unitsFrom } from './units.ts'

const ledgerUnit = unitsFrom(1n, ledgerScale('binance'))
/** More than any amount of a ledger: what is known from below alone. */
const boundless = powerOfTen(60)

/** What could be charged on an asset if nothing of it were free of interest; units of evidence, both ends included. */
export interface PossiblePrincipal {
  readonly low: bigint
  readonly high: bigint
  /** Whether a free threshold, which nobody publishes, lowers it further. */
  readonly isBeforeThreshold: boolean
  readonly regime: BinanceRegime
}

/** By the regime of the instant, from what the asset stood at. */
export function possiblePrincipal(asset: string, standing: Standing, at: number): PossiblePrincipal {
  const regime = binanceRegimeAt(at)
  // Where the futures wallets alone are known, cross margin may hold whatever covers them.
  const totalHigh = standing.by === 'futures-alone' ? boundless : standing.high
  const { um } = standing
  const most = principalOf(regime, asset, standing.low, um?.low ?? standing.low)
  const least = principalOf(regime, asset, totalHigh, um?.high ?? boundless)
  return { low: least, high: most, isBeforeThreshold: regime.name === 'excess-over-threshold', regime }
}

function principalOf(regime: BinanceRegime, asset: string, total: bigint, um: bigint): bigint {
  return regime.principal({ asset, total: total / ledgerUnit, um: um / ledgerUnit, freeThreshold: 0n }) * ledgerUnit
}
