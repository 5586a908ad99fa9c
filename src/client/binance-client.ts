import { binanceHostOf } from '../contracts/binance/pools.ts'
import type { Endpoint } from '../contracts/contract.ts'
import { binanceEndpoints } from '../contracts/endpoints.ts'
import { fail } from '../errors/overdraft-error.ts'
import { isLoopback, originOf } from './base-url.ts'
import { binanceApiDialect, binanceDialect } from './binance-dialect.ts'
import { PoolBudgets } from './budget/pool-budgets.ts'
import { createWeightBudget, type WeightBudget } from './budget/weight-budget.ts'
import type { Caller } from './caller.ts'
import { type ClientCore, type CommonClientOptions, createCore } from './client-core.ts'
import { type BinanceCredentials, checkHeaderText } from './credentials.ts'
import { keyIdOf } from './key-id.ts'
import type { ServerTime } from './server-time.ts'
import { type Calls, typedCalls } from './typed-calls.ts'

export interface BinanceClientOptions extends CommonClientOptions {
  readonly credentials: BinanceCredentials
  /**
   * The host of /sapi and /api/v3. Default: the base URL when that is on this machine, since a venue answers for both
   * hosts; otherwise those endpoints are not called.
   */
  readonly apiBaseUrl?: string | undefined
  /** The weight of papi. Share one between all accounts behind the same IP address. Default: one of its own. */
  readonly budget?: WeightBudget | undefined
  /** The pools of the api host that count by address. Share one likewise. Default: one of its own. */
  readonly apiBudgets?: PoolBudgets | undefined
  /** What is known of the api host's clock. Share one likewise. Default: one of its own. */
  readonly apiServerTime?: ServerTime | undefined
  /** Default: the exchange's own, 5000 ms. */
  readonly recvWindowMs?: number | undefined
}

/**
 * One function for each Binance endpoint the contracts state, typed by its contract. `origin` and the server's time are
 * those of papi; the api host has a time of its own, measured when it is first needed.
 */
export type BinanceClient = ClientCore<'binance'> & {
  /** Whether /sapi and /api/v3 can be called; without, such a call fails with `client.api-host-missing`. */
  readonly hasApiHost: boolean
  /** Tells this API key from others without telling it. */
  readonly keyId: string
} & Calls<typeof binanceEndpoints>

/**
 * A client of Binance Portfolio Margin for one account.
 *
 * @example
 * const client = createBinanceClient({ baseUrl: 'https://papi.binance.com', credentials, clock: systemClock })
 * const charges = await client.interestHistory({ asset: 'USDT', size: 100 })
 * @throws `client.base-url`, `client.credentials-malformed`; of a call also `client.api-host-missing`
 */
export function createBinanceClient(options: BinanceClientOptions): BinanceClient {
  const { credentials, clock, recvWindowMs, baseUrl } = options
  checkHeaderText('API key', credentials.apiKey)
  const dialectOptions = {
    credentials,
    budget: options.budget ?? createWeightBudget({ clock }),
    addressBudgets: options.apiBudgets ?? new PoolBudgets({ clock }),
    userBudgets: new PoolBudgets({ clock }),
    recvWindowMs,
  }
  const papi = createCore('binance', binanceDialect(dialectOptions), options)
  const apiBaseUrl = options.apiBaseUrl ?? (isLoopback(originOf(baseUrl)) ? baseUrl : undefined)
  const api =
    apiBaseUrl === undefined
      ? undefined
      : createCore('binance', binanceApiDialect(dialectOptions), { ...options, baseUrl: apiBaseUrl, serverTime: options.apiServerTime })

  // What is signed for one host never goes to the other.
  const callerOf = ({ path, name }: Endpoint): Caller => {
    if (binanceHostOf(path) === 'papi') return papi.caller
    return api === undefined ? fail('client.api-host-missing', { endpoint: name, origin: papi.core.origin }) : api.caller
  }
  const close = async (): Promise<void> => {
    await Promise.all([papi.core.close(), api?.core.close()])
  }
  const oddTimes = () => {
    const ofApi = api === undefined || api.caller.serverTime === papi.caller.serverTime ? [] : api.core.oddTimes()
    return [...papi.core.oddTimes(), ...ofApi]
  }
  return Object.freeze({
    ...papi.core,
    oddTimes,
    hasApiHost: api !== undefined,
    keyId: keyIdOf(credentials.apiKey),
    close,
    ...typedCalls(callerOf, binanceEndpoints),
  })
}
