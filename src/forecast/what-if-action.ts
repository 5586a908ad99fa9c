import type { Decimal } from '../decimal/decimal.ts'

/**
 * Something the user might do. `repay` pays a debt of the asset with coins brought in from outside, never more than is owed;
 * `deposit` brings coins in, `withdraw` takes them out of what is free; `borrow` takes a margin loan, whose coins come in.
 */
export interface WhatIfAction {
  readonly verb: 'repay' | 'borrow' | 'deposit' | 'withdraw'
  readonly account: string
  readonly asset: string
  readonly amount: Decimal | 'all'
  /** After what the exchange does at the same instant. */
  readonly at: number
}
