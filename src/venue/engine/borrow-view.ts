import type { Exchange } from '../../contracts/contract.ts'
import type { Decimal } from '../../decimal/decimal.ts'
import type { Account } from './account.ts'
import { amountOf } from './amount.ts'
import { binanceBorrowLimits, lendable } from './borrow-limits.ts'
import { okxBorrowLimits } from './okx-limits.ts'
import type { State } from './state.ts'

/** How much more of the asset the account may borrow now, and what its level may borrow in all. */
export function maxBorrowOf(state: State, account: Account, asset: string): { readonly amount: Decimal; readonly limit: Decimal } {
  const limitsOf = account.exchange === 'binance' ? binanceBorrowLimits : okxBorrowLimits
  const { amount, limit } = limitsOf(state, account, asset)
  return Object.freeze({ amount: amountOf(amount, account.exchange), limit: amountOf(limit, account.exchange) })
}

export function lendableOf(state: State, exchange: Exchange, asset: string): Decimal | undefined {
  const amount = lendable(state, exchange, asset)
  return amount === undefined ? undefined : amountOf(amount, exchange)
}
