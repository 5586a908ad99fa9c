import { okxEndpoints } from '../contracts/endpoints.ts'
import { CallBudgets } from './budget/call-budgets.ts'
import { type ClientCore, type CommonClientOptions, createCore } from './client-core.ts'
import { checkHeaderText, type OkxCredentials } from './credentials.ts'
import { keyIdOf } from './key-id.ts'
import { okxDialect } from './okx-dialect.ts'
import { type Calls, typedCalls } from './typed-calls.ts'

export interface OkxClientOptions extends CommonClientOptions {
  readonly credentials: OkxCredentials
  /** Share one between clients of the same user. Default: one of its own. */
  readonly budget?: CallBudgets | undefined
  /** The public calls, which OKX counts by address. Share one between all clients behind the same. Default: `budget`. */
  readonly addressBudget?: CallBudgets | undefined
}

/** One function for each OKX endpoint the contracts state, typed by its contract. */
export type OkxClient = ClientCore<'okx'> & {
  /** Tells this API key from others without telling it. */
  readonly keyId: string
} & Calls<typeof okxEndpoints>

/**
 * A client of OKX for one account.
 *
 * @example
 * const client = createOkxClient({ baseUrl: 'https://www.okx.com', credentials, clock: systemClock })
 * const { data } = await client.interestAccrued({ ccy: 'USDT' })
 * @throws `client.base-url`, `client.credentials-malformed`
 */
export function createOkxClient(options: OkxClientOptions): OkxClient {
  const { credentials, clock } = options
  checkHeaderText('API key', credentials.apiKey)
  checkHeaderText('passphrase', credentials.passphrase.reveal())
  const budgets = options.budget ?? new CallBudgets({ clock })
  const dialect = okxDialect({ credentials, budgets, addressBudgets: options.addressBudget ?? budgets })
  const { core, caller } = createCore('okx', dialect, options)
  return Object.freeze({ ...core, keyId: keyIdOf(credentials.apiKey), ...typedCalls(() => caller, okxEndpoints) })
}
