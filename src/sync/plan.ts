import type { History } from '../histories/history.ts'
import { answeredFrom, beginsAt } from '../histories/wanted.ts'
import { type Interval, interval } from '../time/interval.ts'
import { difference, type IntervalSet, intervalSet, union } from '../time/interval-set.ts'

/** What a sync of one stream asks for. */
export interface StreamPlan {
  /** The whole wanted history up to now. */
  readonly wanted: Interval
  /** The part of it that can be proven by now. */
  readonly settled: IntervalSet
  /** What is not proven, and the newest past once more. */
  readonly asked: IntervalSet
}

export interface StreamPlanOptions {
  readonly proven: IntervalSet
  /** Epoch ms, by the exchange's clock. */
  readonly now: number
  /** Where the wanted history begins; default as the rule says. */
  readonly since: number | undefined
  /** When the account was added, epoch ms. */
  readonly addedAt: number
}

/** The wanted history without what is proven, but with the newest past once more. */
export function planStream(rule: History, { proven, now, since, addedAt }: StreamPlanOptions): StreamPlan {
  const wanted = interval(Math.min(Math.max(since ?? beginsAt(rule, addedAt) ?? 0, answeredFrom(rule, now)), now), now)
  const fresh = intervalSet([interval(Math.max(wanted.from, wanted.to - rule.overlapMs), wanted.to)])
  return Object.freeze({
    wanted,
    settled: intervalSet([interval(wanted.from, Math.max(wanted.from, now - rule.settleMs))]),
    asked: union(difference([wanted], proven), fresh),
  })
}
