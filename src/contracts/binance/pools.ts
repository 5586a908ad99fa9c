import type { Cost, Endpoint } from '../contract.ts'
import {
  binanceOrderCountHeader,
  binanceOrderLimit,
  binanceOrderLimitAt,
  binanceUsedWeightHeader,
  binanceUsedWeightPlainHeader,
  binanceWeightLimit,
} from './limits.ts'

/** The two hosts: papi.binance.com, and api.binance.com with both /sapi and /api. */
export type BinanceHost = 'papi' | 'api'

/** What Binance counts together, always over a minute by the clock. */
export interface BinancePool {
  /** Unique among the pools. */
  readonly name: string
  /** Whose calls are counted together: those from one address, or those of one user. */
  readonly per: 'ip' | 'uid'
  /** What it is today. */
  readonly limit: number
  /** What it was at an instant, where it has not always been the same. */
  readonly limitAt?: (at: number) => number
  /** Carries what was counted. */
  readonly header: string
  /** Carries the same, where the exchange says it twice. */
  readonly plainHeader?: string
  /** Whether going on despite 429s is answered with 418. */
  readonly bans: boolean
}

/** Of every endpoint of sapi on its own, per address or per user (Spot's limits). */
export const sapiLimits = Object.freeze({ ip: 12_000, uid: 180_000 })
export const sapiUsedWeightHeaders = Object.freeze({ ip: 'X-SAPI-USED-IP-WEIGHT-1M', uid: 'X-SAPI-USED-UID-WEIGHT-1M' })

/** The weight of papi, one pool per address (facts A1.2). */
export const papiPool: BinancePool = Object.freeze({
  name: 'papi',
  per: 'ip',
  limit: binanceWeightLimit.limit,
  header: binanceUsedWeightHeader,
  bans: true,
})

/** The orders of papi, one pool per account (facts A1.2). */
export const papiOrderPool: BinancePool = Object.freeze({
  name: 'papi orders',
  per: 'uid',
  limit: binanceOrderLimit.limit,
  limitAt: (at: number) => binanceOrderLimitAt(at).limit,
  header: binanceOrderCountHeader,
  bans: false,
})

/** The weight of /api/v3: a pool of its own, as large as papi's, told in two headers (facts A1.2). */
export const spotPool: BinancePool = Object.freeze({
  name: 'api',
  per: 'ip',
  limit: 6_000,
  header: binanceUsedWeightHeader,
  plainHeader: binanceUsedWeightPlainHeader,
  bans: true,
})

const sapiPools = new Map<string, BinancePool>()

export function binanceHostOf(path: string): BinanceHost {
  return path.startsWith('/papi/') ? 'papi' : 'api'
}

/**
 * The pool a Binance call is counted in. On papi and on /api/v3 all endpoints share one; on sapi every endpoint has its
 * own, per address or per user as its page says, and going on despite 429s is never answered with a ban.
 */
export function binancePoolOf({ method, path, cost }: Endpoint): BinancePool {
  if (path.startsWith('/papi/')) return cost.pool === 'orders' ? papiOrderPool : papiPool
  if (!path.startsWith('/sapi/')) return spotPool
  const name = `${method} ${path}`
  const known = sapiPools.get(name)
  if (known !== undefined) return known
  const per = cost.pool === 'uid' ? 'uid' : 'ip'
  const pool: BinancePool = Object.freeze({ name, per, limit: sapiLimits[per], header: sapiUsedWeightHeaders[per], bans: false })
  sapiPools.set(name, pool)
  return pool
}

/**
 * What a call with these parameters adds to its pool. In the pool of orders every call is one order: the weight that
 * is documented for `repay-debt`, 3000, is more than the whole limit of 1200.
 */
export function binanceWeightOf(cost: Cost, sent: (parameter: string) => boolean): number {
  if (cost.kind !== 'weight' || cost.pool === 'orders') return 1
  const { without } = cost
  return without !== undefined && !sent(without.parameter) ? without.weight : cost.weight
}
