import type { SeenCharge } from './evidence.ts'

/**
 * How the interest of a charge follows from its principal and the rate that stands beside it:
 *
 * - `day`: a day's rate, charged for the day.
 * - `hour-of-day`: a day's rate, charged for an hour: a 24th of it.
 * - `printed-hour`: an hour's rate that is a 24th of a day's, shown cut, so that its further digits are hidden.
 */
export type Method = 'day' | 'hour-of-day' | 'printed-hour'

/** Charges that are computed and rounded alike, as far as is known; rounding is learned of each kind on its own. */
export interface ChargeKind {
  readonly name: string
  readonly method: Method
  /** Whether the same charges are told by another history, so that they are not added up. */
  readonly isSecondTelling: boolean
  /** Facts or documents that say so. */
  readonly restsOn: string
}

/** What is paid in another asset than was borrowed is converted at a price that no row tells. */
const convertedRe = /_CONVERTED$/

const negativeBalance = kind('Binance negative balance', 'day', 'document 000; facts A3.2, A4.2')
const portfolioRow = kind('Binance PORTFOLIO row', 'day', 'facts A6, A3.2', true)
const okxKinds = {
  '1': kind('OKX VIP loan', 'printed-hour', 'document 002; facts B3.1'),
  isolated: kind('OKX isolated', 'printed-hour', 'document 002; facts B3.1'),
  cross: kind('OKX cross', 'printed-hour', 'document 002; facts B3.1'),
} as const
const loans = new Map<string, ChargeKind>()

function kind(name: string, method: Method, restsOn: string, isSecondTelling = false): ChargeKind {
  return Object.freeze({ name, method, restsOn, isSecondTelling })
}

/** The kind of a charge; `undefined` where a row does not tell what its interest is to be computed on. */
export function kindOf(charge: Pick<SeenCharge, 'history' | 'exchange' | 'series' | 'type' | 'rawAsset'>): ChargeKind | undefined {
  const { history, exchange, series, type } = charge
  if (exchange === 'okx') return series.loanType === '1' ? okxKinds['1'] : series.instId !== '' ? okxKinds.isolated : okxKinds.cross
  if (history === 'charges') return negativeBalance
  if (type === 'PORTFOLIO') return portfolioRow
  if (convertedRe.test(type) || charge.rawAsset !== series.asset) return undefined
  const known = loans.get(type)
  if (known !== undefined) return known
  const loan = kind(`Binance margin loan ${type}`, 'hour-of-day', 'facts A5')
  loans.set(type, loan)
  return loan
}
