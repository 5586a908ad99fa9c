import type { ClientKey, Refusal } from './client-kinds.ts'
import type { WorldAccount } from './proof-world.ts'

/** A call that the exchange turns down, and its words. */
interface RefusedCall extends Refusal {
  readonly about: string
  readonly exchange: 'binance' | 'okx'
  readonly account: WorldAccount
  readonly endpoint: string
  readonly parameters: Readonly<Record<string, unknown>>
  /** What of the key is not as it should be. */
  readonly change?: Partial<ClientKey>
}

export const refusals: readonly RefusedCall[] = [
  {
    about: 'the signature is wrong',
    exchange: 'binance',
    account: 'main',
    endpoint: 'GET /papi/v1/account',
    parameters: {},
    change: { secret: 'not-the-secret'.padEnd(64, '0') },
    status: 400,
    code: -1022,
    msg: 'Signature for this request is not valid.',
  },
  {
    about: 'the loan is beyond what may be borrowed',
    exchange: 'binance',
    account: 'main',
    endpoint: 'POST /papi/v1/marginLoan',
    parameters: { asset: 'ETH', amount: '150000' },
    status: 400,
    code: 51006,
    msg: 'Exceeds maximum borrowable amount.',
  },
  {
    about: 'the account is not in the PRO program',
    exchange: 'binance',
    account: 'main',
    endpoint: 'GET /sapi/v1/portfolio/account',
    parameters: {},
    status: 400,
    code: -21001,
    msg: 'USER_IS_NOT_UNIACCOUNT',
  },
  {
    about: 'the signature is wrong',
    exchange: 'okx',
    account: 'okx',
    endpoint: 'GET /api/v5/account/balance',
    parameters: {},
    change: { secret: 'B'.repeat(32) },
    status: 401,
    code: '50113',
    msg: 'Invalid Sign',
  },
  {
    about: 'a parameter is wrong',
    exchange: 'okx',
    account: 'okx',
    endpoint: 'GET /api/v5/account/interest-accrued',
    parameters: { limit: '101' },
    status: 400,
    code: '51000',
    msg: 'Parameter limit error',
  },
]
