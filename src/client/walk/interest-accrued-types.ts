import type { ArgumentsFor, ReplyOf } from '../../contracts/contract.ts'
import type { interestAccrued } from '../../contracts/okx/interest-accrued.ts'
import type { OkxClient } from '../okx-client.ts'

export type InterestAccruedRow = ReplyOf<typeof interestAccrued>['data'][number]
export type InterestAccruedArguments = ArgumentsFor<typeof interestAccrued>

/** The part of a client the walk uses. */
export type InterestAccruedClient = Pick<OkxClient, 'interestAccrued' | 'balance' | 'interestRateLoanQuota' | 'clock' | 'serverNow'>
