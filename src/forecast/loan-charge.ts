import type { MarginCharge } from '../book/record.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { interestOn } from '../rules/interest.ts'
import { amountOfUnits, ledgerUnits } from './play-state.ts'

type Row = Pick<MarginCharge, 'asset' | 'rawAsset' | 'type' | 'principal' | 'rate' | 'interest'>

/**
 * What was borrowed, of a row of the margin interest history. Where interest is paid in BNB, `asset` is BNB and `rawAsset`
 * what was borrowed (facts A5); `undefined` where such a row does not tell it.
 */
export function borrowedAssetOf({ asset, rawAsset, type }: Pick<Row, 'asset' | 'rawAsset' | 'type'>): string | undefined {
  if (rawAsset !== '') return rawAsset
  return isPaidInBnb({ type }) ? undefined : asset
}

/** The interest in what was borrowed: of a row that was paid in BNB what principal and rate come to. */
export function interestInBorrowed(row: Row): Decimal {
  if (!isPaidInBnb(row)) return row.interest
  return amountOfUnits(interestOn(ledgerUnits(row.principal, 'binance'), row.rate, 24n), 'binance')
}

function isPaidInBnb({ type }: Pick<Row, 'type'>): boolean {
  return type.endsWith('_CONVERTED')
}
