import type { BookAccount } from '../book/record.ts'
import { originOf } from '../client/base-url.ts'
import { assetIndexPrice } from '../contracts/binance/asset-index-price.ts'
import { balance } from '../contracts/binance/balance.ts'
import { binancePoolOf, binanceWeightOf } from '../contracts/binance/pools.ts'
import { repayFuturesSwitch } from '../contracts/binance/repay-futures-switch.ts'
import type { Endpoint } from '../contracts/contract.ts'
import { okxBalance } from '../contracts/okx/balance.ts'
import { interestLimits } from '../contracts/okx/interest-limits.ts'
import { interestRate } from '../contracts/okx/interest-rate.ts'
import { minuteMs } from '../time/units.ts'

/** What an exchange counts together, and how much of it. */
export interface RequestPool {
  /** The same for all that is counted together. */
  readonly key: string
  /** What a request counts in it: weight on Binance, one call on OKX. */
  readonly unit: 'weight' | 'calls'
  readonly limit: number
  readonly perMs: number
}

type Whose = Pick<BookAccount, 'label' | 'exchange' | 'baseUrl'>

/** The pool a request of an account is counted in (facts A1.2, B2). */
export function poolOf({ label, exchange, baseUrl }: Whose, endpoint: Endpoint): RequestPool {
  const { cost } = endpoint
  const origin = originOf(baseUrl)
  if (cost.kind === 'calls') {
    const whose = cost.pool === 'ip' ? 'by address' : `of ${label}`
    return { key: `${exchange} ${endpoint.name} ${whose} at ${origin}`, unit: 'calls', limit: cost.calls, perMs: cost.perMs }
  }
  const { name, per, limit } = binancePoolOf(endpoint)
  const whose = per === 'ip' ? 'by address' : `of ${label}`
  return { key: `${exchange} ${name} ${whose} at ${origin}`, unit: 'weight', limit, perMs: minuteMs }
}

/** What one request of a history costs in its pool; histories are asked for with every parameter that makes them cheaper. */
export function requestCost({ cost }: Endpoint): number {
  return cost.kind === 'calls' ? 1 : binanceWeightOf(cost, () => true)
}

/** What a sync of an account asks once beside its histories. */
export interface StandingRequest {
  readonly stream: 'balances' | 'facts' | 'prices'
  readonly endpoint: Endpoint
  /** Of all assets at once. */
  readonly cost: number
}

/**
 * What every sync of an account asks beside its histories: balances, what else holds now, and what assets are worth, which on
 * Binance the api host alone tells.
 */
export function standingRequests(exchange: BookAccount['exchange'], reachesApiHost: boolean): readonly StandingRequest[] {
  if (exchange === 'okx') return [standing('balances', okxBalance), standing('facts', interestRate), standing('facts', interestLimits)]
  const ofPapi = [standing('balances', balance), standing('facts', repayFuturesSwitch)]
  return reachesApiHost ? [...ofPapi, standing('prices', assetIndexPrice)] : ofPapi
}

function standing(stream: StandingRequest['stream'], endpoint: Endpoint): StandingRequest {
  const { cost } = endpoint
  return Object.freeze({ stream, endpoint, cost: cost.kind === 'calls' ? 1 : binanceWeightOf(cost, () => false) })
}
