import { binanceEndpoints } from '../contracts/endpoints.ts'
import { binanceDialect } from './binance-dialect.ts'
import { createWeightBudget, type WeightBudget } from './budget/weight-budget.ts'
import { type ClientCore, type CommonClientOptions, createCore } from './client-core.ts'
import { type BinanceCredentials, checkHeaderText } from './credentials.ts'
import { type Calls, typedCalls } from './typed-calls.ts'

export interface BinanceClientOptions extends CommonClientOptions {
  readonly credentials: BinanceCredentials
  /** Share one between all accounts behind the same IP address. Default: one of its own. */
  readonly budget?: WeightBudget | undefined
  /** Default: the exchange's own, 5000 ms. */
  readonly recvWindowMs?: number | undefined
}

/** One function for each Binance endpoint the contracts state, typed by its contract. */
export type BinanceClient = ClientCore<'binance'> & Calls<typeof binanceEndpoints>

/**
 * A client of Binance Portfolio Margin for one account.
 *
 * @example
 * const client = createBinanceClient({ baseUrl: 'https://papi.binance.com', credentials, clock: systemClock })
 * const charges = await client.interestHistory({ asset: 'USDT', size: 100 })
 * @throws `client.base-url`, `client.credentials-malformed`
 */
export function createBinanceClient(options: BinanceClientOptions): BinanceClient {
  const { credentials, clock, recvWindowMs } = options
  checkHeaderText('API key', credentials.apiKey)
  const budget = options.budget ?? createWeightBudget({ clock })
  const { core, caller } = createCore('binance', binanceDialect({ credentials, budget, recvWindowMs }), options)
  return Object.freeze({ ...core, ...typedCalls(caller, binanceEndpoints) })
}
