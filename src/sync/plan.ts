import { type Interval, interval } from '../time/interval.ts'
import { difference, type IntervalSet, intersection, intervalSet, union } from '../time/interval-set.ts'
import { dayMs } from '../time/units.ts'
import type { StreamRule } from './stream-rule.ts'

/** What is fetched first, for every account, before anything older. */
const recentMs = 30 * dayMs

/** What a sync of one stream asks for, newest last in each set. */
export interface StreamPlan {
  /** The whole wanted history up to now. */
  readonly wanted: Interval
  /** The part of it that can be proven by now. */
  readonly settled: IntervalSet
  readonly recent: IntervalSet
  readonly older: IntervalSet
}

/** The wanted history without what is proven, but with the newest past once more. */
export function planStream(rule: StreamRule, options: { proven: IntervalSet; now: number; since: number | undefined }): StreamPlan {
  const { proven, now, since } = options
  const oldestKept = rule.retentionMs === undefined ? 0 : now - rule.retentionMs
  const wanted = interval(Math.min(Math.max(since ?? rule.begins ?? 0, oldestKept), now), now)
  const fresh = intervalSet([wanted].map(({ from, to }) => interval(Math.max(from, to - rule.overlapMs), to)))
  const asked = union(difference([wanted], proven), fresh)
  const split = Math.max(wanted.from, now - recentMs)
  return {
    wanted,
    settled: intervalSet([interval(wanted.from, Math.max(wanted.from, now - rule.settleMs))]),
    recent: intersection(asked, intervalSet([interval(split, now)])),
    older: intersection(asked, intervalSet([interval(wanted.from, split)])),
  }
}
