import { fail } from '../../errors/overdraft-error.ts'
import { okxSecuredLoan } from '../../rules/okx-equity.ts'
import type { Account } from './account.ts'
import { textOf } from './amount.ts'
import { type BorrowLimits, lendable, requireLendable } from './borrow-limits.ts'
import { type OkxValuation, valuationOf } from './okx-valuation.ts'
import type { State } from './state.ts'

/** What still may be borrowed of the currency in cross margin, the pool left aside; undefined where nothing bounds it. */
function borrowable(state: State, account: Account, asset: string, valuation: OkxValuation): bigint | undefined {
  const left = quotaLeft(state, account, asset)
  const secured = securedLoan(state, asset, valuation)
  if (left === undefined || secured === undefined) return left ?? secured
  return left < secured ? left : secured
}

function quotaLeft(state: State, account: Account, asset: string): bigint | undefined {
  const terms = state.market.loanTerms('okx', asset, account.vip)
  if (terms === undefined) return undefined
  const left = terms.maximum - borrowedOf(state, account, asset)
  return left > 0n ? left : 0n
}

/** Coins borrowed in cross margin: below zero in cash, or in spot mode. */
function borrowedOf(state: State, account: Account, asset: string): bigint {
  const { cash, 'spot-borrowed': spotBorrowed } = state.holding(account, asset).balances
  return (cash < 0n ? -cash : 0n) - spotBorrowed
}

function securedLoan(state: State, asset: string, { adjustedEquity, notionalBorrowed }: OkxValuation): bigint | undefined {
  const price = state.market.prices.get(asset)
  if (price === undefined || adjustedEquity === undefined || notionalBorrowed === undefined) return undefined
  return okxSecuredLoan(adjustedEquity, notionalBorrowed, state.behaviour.okxBorrowLeverage, price).mantissa
}

/**
 * What may still be borrowed: what the loan quota of the level and the margin allow and the pool can lend; undefined
 * where no terms, no prices and no pool bound it. Integer at the scale of the ledger.
 */
export function okxMaxLoan(state: State, account: Account, asset: string, valuation = valuationOf(state, account)): bigint | undefined {
  const own = borrowable(state, account, asset, valuation)
  const pooled = lendable(state, 'okx', asset)
  if (own === undefined || pooled === undefined) return own ?? pooled
  return own < pooled ? own : pooled
}

/** For `Engine.maxBorrow`: without anything that bounds it nothing is offered; without terms the limit is what is borrowed and can be. */
export function okxBorrowLimits(state: State, account: Account, asset: string): BorrowLimits {
  const amount = okxMaxLoan(state, account, asset) ?? 0n
  return { amount, limit: state.market.loanTerms('okx', asset, account.vip)?.maximum ?? amount + borrowedOf(state, account, asset) }
}

/** Where terms were set for the currency, they and the margin limit a loan; where a pool was set it does. @throws `venue.borrow-limit`, `venue.pool-empty` */
export function requireOkxBorrowable(state: State, account: Account, asset: string, amount: bigint): void {
  const available =
    state.market.loanTerms('okx', asset, account.vip) === undefined
      ? undefined
      : borrowable(state, account, asset, valuationOf(state, account))
  if (available !== undefined && amount > available) {
    fail('venue.borrow-limit', { account: account.label, asset, amount: textOf(amount, 'okx'), available: textOf(available, 'okx') })
  }
  requireLendable(state, 'okx', asset, amount)
}
