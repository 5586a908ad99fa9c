import type { BookAccount } from '../../src/book/record.ts'
import { createBinanceClient } from '../../src/client/binance-client.ts'
import { CallBudgets } from '../../src/client/budget/call-budgets.ts'
import { PoolBudgets } from '../../src/client/budget/pool-budgets.ts'
import { createWeightBudget } from '../../src/client/budget/weight-budget.ts'
import { createOkxClient } from '../../src/client/okx-client.ts'
import { ServerTime } from '../../src/client/server-time.ts'
import { binanceWeightOf } from '../../src/contracts/binance/pools.ts'
import { binanceEndpoints, okxEndpoints } from '../../src/contracts/endpoints.ts'
import { Secret } from '../../src/errors/secret.ts'
import { poolOf, type RequestPool } from '../../src/sync/plan-pools.ts'
import type { SyncMember } from '../../src/sync/sync-all.ts'
import type { Clock } from '../../src/time/clock.ts'
import { createVenue } from '../../src/venue/create-venue.ts'
import { parseScenario } from '../../src/venue/scenarios/scenario.ts'
import type { Venue } from '../../src/venue/venue.ts'

export interface SyncWorldOptions {
  readonly exchange: 'binance' | 'okx'
  readonly accounts: number
  /** Assets each account owes, from the first day to now: so many charges at every boundary. */
  readonly debts: number
  readonly days: number
}

/** A venue of accounts that owe the same for days, on a clock that is given. */
export async function syncVenue(clock: Clock, { exchange, accounts, debts, days }: SyncWorldOptions): Promise<Venue> {
  const assets = Array.from({ length: debts }, (_, index) => `A${index + 1}`)
  const wallet = exchange === 'binance' ? 'um' : 'cash'
  const lines = [
    'name: owing',
    `description: ${accounts} accounts that owe ${debts} assets for ${days} days.`,
    `starts: -${days}d`,
    'accounts:',
    `  - { label: owing, copies: ${accounts}, exchange: ${exchange}, keys: [{ signing: hmac, permissions: [read] }] }`,
    'markets:',
    `  prices: { ${assets.map((asset) => `${asset}: 1`).join(', ')} }`,
    `  rates: { ${exchange}: { ${assets.map((asset) => `${asset}: 0.0001`).join(', ')} } }`,
    ...(exchange === 'binance'
      ? [`  thresholds: { ${assets.map((asset) => `${asset}: { free: 0, maximum: 1000000 }`).join(', ')} }`]
      : [`  freeQuotas: { ${assets.map((asset) => `${asset}: 0`).join(', ')} }`]),
    'history:',
    ...assets.map(
      (asset, index) =>
        `  - { at: -${days}d, account: owing, kind: book, wallet: ${wallet}, asset: ${asset}, amount: -${100 + index}, reason: profit-or-loss }`,
    ),
  ]
  return createVenue({ clock, scenario: parseScenario(lines.join('\n'), 'owing.yaml') })
}

/** What reached the venue, by the pools the exchanges count in. */
export interface Traffic {
  requests: number
  refused: number
  readonly pools: Map<string, { readonly pool: RequestPool; cost: number }>
}

export interface Wire {
  readonly clock: Clock
  /** How long a request takes to the exchange, and its reply back; asked anew for each. */
  readonly upMs: () => number
  readonly downMs: () => number
}

const baseUrl = 'http://127.0.0.1:1'
const endpoints = [...Object.values(binanceEndpoints), ...Object.values(okxEndpoints)]

/** The venue's accounts with clients that share what an address shares, over a wire that takes its time. */
export function syncMembers(
  venue: Venue,
  wire: Wire,
  addedAt: number,
): { readonly members: readonly SyncMember[]; readonly traffic: Traffic } {
  const { clock } = wire
  const traffic: Traffic = { requests: 0, refused: 0, pools: new Map() }
  const serverTime = new ServerTime(clock)
  const [budget, apiBudgets, addressBudget] = [createWeightBudget({ clock }), new PoolBudgets({ clock }), new CallBudgets({ clock })]
  const members = venue.accounts.map(({ exchange, label, apiKey, apiSecret, passphrase = '' }) => {
    const account: BookAccount = { label, exchange, baseUrl, addedAt, mayRepay: false }
    const fetch = async (request: Request): Promise<Response> => {
      await clock.wait(wire.upMs())
      count(traffic, account, request)
      const response = await venue.fetch(request)
      if (response.status === 429 || response.status === 418 || (await response.clone().text()).includes('"50011"')) traffic.refused++
      await clock.wait(wire.downMs())
      return response
    }
    const common = { baseUrl, clock, fetch, serverTime, random: () => 0.5 }
    const secret = new Secret(apiSecret)
    const client =
      exchange === 'binance'
        ? createBinanceClient({
            ...common,
            credentials: { apiKey, signing: 'hmac', secret },
            budget,
            apiBudgets,
            apiServerTime: serverTime,
          })
        : createOkxClient({ ...common, credentials: { apiKey, secret, passphrase: new Secret(passphrase) }, addressBudget })
    return { account, client }
  })
  return { members, traffic }
}

function count(traffic: Traffic, account: BookAccount, request: Request): void {
  const { pathname, searchParams } = new URL(request.url)
  const endpoint = endpoints.find(({ path, method }) => path === pathname && method === request.method)
  if (endpoint === undefined) throw new Error(`${pathname} is in no contract`)
  const pool = poolOf(account, endpoint)
  const counted = traffic.pools.get(pool.key) ?? { pool, cost: 0 }
  counted.cost += endpoint.cost.kind === 'calls' ? 1 : binanceWeightOf(endpoint.cost, (name) => searchParams.has(name))
  traffic.pools.set(pool.key, counted)
  traffic.requests++
}

/** The least time in which the limits let so much through: the sum of costs over the limit, of the pool that needs longest. */
export function lowerBoundMs({ pools }: Traffic): number {
  return Math.max(...[...pools.values()].map(({ pool, cost }) => (cost / pool.limit) * pool.perMs))
}
