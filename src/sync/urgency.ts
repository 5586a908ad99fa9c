import type { History } from '../histories/history.ts'
import type { Interval } from '../time/interval.ts'
import { dayMs } from '../time/units.ts'

/**
 * What is asked for first: 0 what is owed now; 1 today's charges, and the newest past once more; 2 the newest month;
 * 3 older history.
 */
export type Urgency = 0 | 1 | 2 | 3

export const recentMs = 30 * dayMs

/** How urgent a span of a stream is: as its newest instant. */
export function urgencyOf({ overlapMs }: Pick<History, 'overlapMs'>, { from, to }: Interval, now: number): Urgency {
  const newest = Math.max(to - 1, from)
  const today = Math.floor(now / dayMs) * dayMs
  if (newest >= Math.min(today, now - overlapMs)) return 1
  return newest >= now - recentMs ? 2 : 3
}
