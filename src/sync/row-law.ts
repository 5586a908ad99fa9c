import type { BookAccount, Charge, MarginCharge } from '../book/record.ts'
import { canBeBinanceCharge } from '../rules/binance-charge-instant.ts'
import { boundaryAtOrBefore, everyHour } from '../time/boundary.ts'

/** Why a row cannot be, whatever it was asked for by; `undefined` where it can. */
export type RowLaw<Kept> = (row: Kept) => string | undefined

/** Charges fall on boundaries alone: on Binance of a day (facts A4.1), on OKX of an hour (facts B4). */
export function chargeLaw(exchange: BookAccount['exchange']): RowLaw<Charge> {
  if (exchange === 'okx') return ({ at }) => (isFullHour(at) ? undefined : 'is of no full hour')
  return ({ at }) => (canBeBinanceCharge(at) ? undefined : 'is of no instant at which negative balances are charged')
}

/** Margin loans are charged when they are made and at every full hour (facts A5), negative balances at their own boundaries. */
export const marginChargeLaw: RowLaw<MarginCharge> = ({ at, type }) => {
  if (type === 'PORTFOLIO') return canBeBinanceCharge(at) ? undefined : 'is of no instant at which negative balances are charged'
  return !type.startsWith('PERIODIC') || isFullHour(at) ? undefined : 'is of no full hour'
}

function isFullHour(at: number): boolean {
  return boundaryAtOrBefore(at, everyHour) === at
}
