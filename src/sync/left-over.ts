import type { BookAccount, Stream } from '../book/record.ts'
import { historyOf } from '../histories/histories.ts'
import { poolOf, type RequestPool, requestCost } from './plan-pools.ts'
import { limitMsOf } from './plan-times.ts'

interface PoolLeft {
  readonly pool: RequestPool
  cost: number
}

/** What is left of a sync of many accounts, kept up to date from what each stream tells. */
export class LeftOver {
  readonly #accounts: ReadonlyMap<string, BookAccount>
  readonly #streams = new Map<string, { requests: number; readonly cost: number; readonly pool: PoolLeft }>()
  readonly #pools = new Map<string, PoolLeft>()
  #requests = 0

  constructor(accounts: readonly BookAccount[]) {
    this.#accounts = new Map(accounts.map((account) => [account.label, account]))
  }

  /** Requests that all accounts are expected to need from here on. */
  get requests(): number {
    return this.#requests
  }

  /** How long the limits make that last, in ms. */
  get durationMs(): number {
    let longest = 0
    for (const { pool, cost } of this.#pools.values()) longest = Math.max(longest, limitMsOf(cost, pool))
    return longest
  }

  take(label: string, stream: Stream, requests: number): void {
    const left = this.#streamOf(label, stream)
    if (left === undefined) return
    const change = requests - left.requests
    left.requests = requests
    left.pool.cost += change * left.cost
    this.#requests += change
  }

  #streamOf(label: string, stream: Stream) {
    const key = `${label} ${stream}`
    const known = this.#streams.get(key)
    if (known !== undefined) return known
    const account = this.#accounts.get(label)
    const rule = account === undefined ? undefined : historyOf(account.exchange, stream)
    if (account === undefined || rule === undefined) return undefined
    const pool = poolOf(account, rule.endpoint)
    const left = this.#pools.get(pool.key) ?? { pool, cost: 0 }
    this.#pools.set(pool.key, left)
    const made = { requests: 0, cost: requestCost(rule.endpoint), pool: left }
    this.#streams.set(key, made)
    return made
  }
}
