import { compare, multiply } from '../decimal/arithmetic.ts'
import { type Decimal, decimalOf } from '../decimal/decimal.ts'

/** One repayment by selling other assets is worth at most this, in USD (facts A6). */
export const debtRepaymentMaximumUsd = decimalOf(50_000n)

/** Whether `amount` of an asset at this index price is more than one repayment may be. */
export function isBeyondDebtRepayment(amount: Decimal, index: Decimal): boolean {
  return compare(multiply(amount, index), debtRepaymentMaximumUsd) > 0
}

/** Interest first, then principal (facts A5). Magnitudes at one scale. @example splitRepayment(14n, 2n) // { interest: 2n, principal: 12n } */
export function splitRepayment(paid: bigint, interestOwed: bigint): { readonly interest: bigint; readonly principal: bigint } {
  const interest = paid < interestOwed ? paid : interestOwed
  return { interest, principal: paid - interest }
}
