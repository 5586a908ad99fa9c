import { okxRepaymentIndicator } from '../../rules/okx-forced-repayment.ts'
import type { OkxLiability } from '../../rules/okx-liability.ts'
import type { Account } from './account.ts'
import { lentOut } from './borrow-limits.ts'
import type { State } from './state.ts'

/**
 * How likely a forced repayment is in the currency, 0 to 5: for the user with auto-borrow off by the share of the free
 * quota, for anybody who has borrowed by the share of what the platform lends.
 */
export function repaymentIndicator(state: State, account: Account, asset: string, liability: OkxLiability, quota: bigint): number {
  const ofUser = account.autoBorrow ? 0 : okxRepaymentIndicator(liability.sharingQuota, quota)
  const pool = liability.borrowed === 0n ? undefined : state.market.lendingPool('okx', asset)
  return pool === undefined ? ofUser : Math.max(ofUser, okxRepaymentIndicator(lentOut(state, 'okx', asset), pool))
}
