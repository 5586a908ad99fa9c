import { compare } from '../decimal/arithmetic.ts'
import { type Decimal, powerOfTen } from '../decimal/decimal.ts'
import { divideRounded } from '../decimal/rounding.ts'
import { parseInstant } from '../time/instant.ts'
import { minuteMs } from '../time/units.ts'

/** Announced for 2025-01-22 08:00 at UTC+8 (facts A4.1). */
export const autoExchangeFrom = parseInstant('2025-01-22T00:00:00Z')
/** How often the exchange looks (facts A4.5). */
export const autoExchangeCheckEveryMs = 10 * minuteMs

/** Whether a total over all wallets has passed its maximum threshold; without one it never does. */
export function isBeyondMaximum(total: bigint, maximum: bigint | undefined): boolean {
  return maximum !== undefined && total < 0n && -total > maximum
}

/** The magnitude down to which a run brings a negative asset: 80 % of its maximum threshold (facts A4.5). */
export function autoExchangeTarget(maximum: bigint): bigint {
  return (maximum * 4n) / 5n
}

/** An asset that could be sold. */
export interface Collateral {
  readonly asset: string
  /** Share of its value that counts as collateral, 0 to 1. */
  readonly collateralRate: Decimal
}

/** Which is sold first: the higher collateral rate (facts A4.5), then by name. */
export function bySaleOrder(left: Collateral, right: Collateral): number {
  return compare(right.collateralRate, left.collateralRate) || (left.asset < right.asset ? -1 : 1)
}

/** The wallets of a Binance asset; integers at the scale of the ledger, what is owed below zero. */
export interface AssetWallets {
  readonly free: bigint
  readonly locked: bigint
  readonly um: bigint
  readonly cm: bigint
}

/** What of an asset can be sold: free in cross margin or positive in a futures wallet, but never so much that its total went below zero. */
export function sellableOf({ free, locked, um, cm }: AssetWallets): bigint {
  const positive = free + (um > 0n ? um : 0n) + (cm > 0n ? cm : 0n)
  const total = free + locked + um + cm
  return total < positive ? total : positive
}

/** From which wallets a sale takes: free cross margin first, then UM, then CM, each as far as it is positive. */
export function soldFrom({ free, um, cm }: Omit<AssetWallets, 'locked'>, amount: bigint): Omit<AssetWallets, 'locked'> {
  const taken = (wallet: bigint, left: bigint) => (wallet <= 0n || left <= 0n ? 0n : wallet < left ? wallet : left)
  const fromFree = taken(free, amount)
  const fromUm = taken(um, amount - fromFree)
  return { free: fromFree, um: fromUm, cm: taken(cm, amount - fromFree - fromUm) }
}

export interface Sale {
  readonly sold: bigint
  readonly bought: bigint
}

/**
 * How much is sold at index price, without a fee, for `needed` of another asset (rounded up), or what all that is
 * `available` brings (rounded down); `undefined` when that is nothing. Amounts are integers at one scale, prices in USD.
 */
export function saleFor(needed: bigint, available: bigint, soldPrice: Decimal, boughtPrice: Decimal): Sale | undefined {
  const numerator = soldPrice.mantissa * powerOfTen(boughtPrice.scale)
  const denominator = boughtPrice.mantissa * powerOfTen(soldPrice.scale)
  if (numerator === 0n || denominator === 0n) return undefined
  const required = divideRounded(needed * denominator, numerator, 'up')
  if (required <= available) return { sold: required, bought: needed }
  const brought = (available * numerator) / denominator
  return brought > 0n ? { sold: available, bought: brought } : undefined
}
