import type { BookAccount, Stream } from '../book/record.ts'
import type { History } from '../histories/history.ts'
import type { Interval } from '../time/interval.ts'
import type { IntervalSet } from '../time/interval-set.ts'
import type { RowDensity } from './plan-pages.ts'
import type { RequestPool } from './plan-pools.ts'
import type { Urgency } from './urgency.ts'

/** What is known of one stream before anything is asked. */
export interface StreamInput {
  readonly rule: History
  readonly proven: IntervalSet
  readonly density: RowDensity
}

export interface AccountInput {
  readonly account: BookAccount
  readonly streams: readonly StreamInput[]
  /**
   * What the fullest debt of the account lacks until auto-exchange, as a share of the threshold: 0 and less is due.
   * `undefined` where nothing is known to be owed, or no threshold is.
   */
  readonly headroom?: number | undefined
  /** Binance: whether /sapi can be asked, too; it cannot where left out. */
  readonly reachesApiHost?: boolean | undefined
}

export interface SyncPlanInput {
  readonly accounts: readonly AccountInput[]
  /** Epoch ms. */
  readonly now: number
  readonly since?: number | undefined
}

/** One request the sync is going to make. */
export interface PlannedRequest {
  readonly account: string
  /** `facts`: what else holds now, such as the rates in force; `prices`: what assets are worth. */
  readonly stream: Stream | 'balances' | 'facts' | 'prices'
  readonly endpoint: string
  /** What it is to prove; of a page the share that its rows are expected to have. Absent for what holds now. */
  readonly span?: Interval | undefined
  readonly cost: number
  /** The pool's key. */
  readonly pool: string
  readonly urgency: Urgency
}

export interface SyncPlan {
  readonly at: number
  /** In the order in which they are made where their pools are full. */
  readonly requests: readonly PlannedRequest[]
  readonly pools: readonly PoolPlan[]
  /** How long all of it takes, by limits and assumed round trips. */
  readonly durationMs: number
}

/** What one pool is to carry. */
export interface PoolPlan {
  readonly pool: RequestPool
  readonly requests: number
  readonly cost: number
  /** How long the exchange's limit makes it last: what fits into one period is let through at once. */
  readonly limitMs: number
  /** The same, or how long the longest row of requests takes that wait for one another. */
  readonly durationMs: number
}
