import { poolOf, type RequestPool, standingRequests } from './plan-pools.ts'
import type { AccountInput, PlannedRequest, PoolPlan } from './sync-plan.ts'

/** Taken for a round trip where none was measured yet. */
export const assumedRoundTripMs = 150

/** How long so much cost takes under a limit of which a whole period's worth is let through at once. */
export function limitMsOf(cost: number, { limit, perMs }: Pick<RequestPool, 'limit' | 'perMs'>): number {
  return Math.max(Math.ceil(cost / limit) - 1, 0) * perMs
}

/** What is to be made of requests, pool by pool, the longest first. */
export function poolPlans(accounts: readonly AccountInput[], requests: readonly PlannedRequest[]): readonly PoolPlan[] {
  const pools = new Map<string, RequestPool>()
  for (const { account, streams, reachesApiHost = false } of accounts) {
    const standing = standingRequests(account.exchange, reachesApiHost).map(({ endpoint }) => endpoint)
    for (const endpoint of [...standing, ...streams.map(({ rule }) => rule.endpoint)]) {
      const pool = poolOf(account, endpoint)
      pools.set(pool.key, pool)
    }
  }
  const sums = new Map<string, { cost: number; requests: number; readonly chains: Map<string, number> }>()
  for (const { pool, cost, account } of requests) {
    const sum = sums.get(pool) ?? { cost: 0, requests: 0, chains: new Map<string, number>() }
    sum.cost += cost
    sum.requests += 1
    sum.chains.set(account, (sum.chains.get(account) ?? 0) + 1)
    sums.set(pool, sum)
  }
  const plans = [...sums].flatMap(([key, sum]): PoolPlan[] => {
    const pool = pools.get(key)
    if (pool === undefined) return []
    const limitMs = limitMsOf(sum.cost, pool)
    const chainMs = [...sum.chains.values()].reduce((most, chain) => Math.max(most, chain), 0) * assumedRoundTripMs
    return [{ pool, requests: sum.requests, cost: sum.cost, limitMs, durationMs: Math.max(limitMs, chainMs) }]
  })
  return Object.freeze(plans.sort((left, right) => right.durationMs - left.durationMs))
}
