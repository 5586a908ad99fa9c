import { fail } from '../../errors/overdraft-error.ts'
import { isoInstant } from '../../time/instant.ts'
import { type Interval, interval } from '../../time/interval.ts'
import { namedPeriod } from '../period.ts'

const monthRe = /^\d{4}-(?:0[1-9]|1[0-2])$/

/**
 * The span of a UTC month; of the one under way what of it has passed.
 *
 * @example readMonth('2026-01', now) // from 2026-01-01 to 2026-02-01, both 00:00 UTC
 * @throws `report.month-malformed`, `report.month-in-future`
 */
export function readMonth(text: string, now: number): Interval {
  if (!monthRe.test(text) || text < '1970') return fail('report.month-malformed', { text })
  const { from, to } = namedPeriod(text)
  if (from >= now) return fail('report.month-in-future', { month: text, now: isoInstant(now) })
  return interval(from, Math.min(to, now))
}
