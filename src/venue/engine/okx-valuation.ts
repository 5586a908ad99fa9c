import { add, multiply } from '../../decimal/arithmetic.ts'
import { type Decimal, decimalOf, zero } from '../../decimal/decimal.ts'
import { okxDiscountedValue } from '../../rules/okx-equity.ts'
import type { Account } from './account.ts'
import { amountOf } from './amount.ts'
import { crossEquity } from './okx-owed.ts'
import type { State } from './state.ts'

const wholeCollateral = decimalOf(1n)

/** An OKX account in USD; undefined where a currency that it holds or owes has no price. */
export interface OkxValuation {
  readonly totalEquity: Decimal | undefined
  readonly adjustedEquity: Decimal | undefined
  readonly notionalBorrowed: Decimal | undefined
}

const unknown: OkxValuation = Object.freeze({ totalEquity: undefined, adjustedEquity: undefined, notionalBorrowed: undefined })

/** The share of an asset that counts as collateral; all of it where no rate was set. */
export function collateralRateOf(state: State, asset: string): Decimal {
  return state.market.collateralRates.get(asset) ?? wholeCollateral
}

/** Isolated positions stand for themselves and are left out. */
export function valuationOf(state: State, account: Account): OkxValuation {
  let total = zero
  let adjusted = zero
  let borrowed = zero
  for (const { asset, instId, order, balances } of account.holdings.values()) {
    if (instId !== '' || order !== '') continue
    const equity = crossEquity(account, asset)
    const debt = (balances.cash < 0n ? -balances.cash : 0n) - balances['spot-borrowed']
    if (equity === 0n && debt === 0n) continue
    const price = state.market.prices.get(asset)
    if (price === undefined) return unknown
    total = add(total, multiply(amountOf(equity, 'okx'), price))
    adjusted = add(adjusted, okxDiscountedValue(amountOf(equity, 'okx'), price, collateralRateOf(state, asset)))
    borrowed = add(borrowed, multiply(amountOf(debt, 'okx'), price))
  }
  return { totalEquity: total, adjustedEquity: adjusted, notionalBorrowed: borrowed }
}
