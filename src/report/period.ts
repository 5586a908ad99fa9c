import { isoDay, isoMonth, parseInstant } from '../time/instant.ts'
import { type Interval, interval } from '../time/interval.ts'
import { dayMs } from '../time/units.ts'

/** How time is cut into periods; `all` does not cut it. All are of UTC. */
export type Period = 'all' | 'day' | 'month' | 'year'

/** One period: its name as the book writes it (`2026-01-31`, `2026-01`, `2026`; empty for all time) and its span. */
export interface NamedPeriod extends Interval {
  readonly name: string
}

/** The period an instant lies in. */
export function periodOf(at: number, by: Period): NamedPeriod {
  switch (by) {
    case 'all':
      return { name: '', from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }
    case 'day':
      return namedPeriod(isoDay(at))
    case 'month':
      return namedPeriod(isoMonth(at))
    case 'year':
      return namedPeriod(isoDay(at).slice(0, 4))
  }
}

/** The span that a name of a period means. @throws `time.malformed` */
export function namedPeriod(name: string): NamedPeriod {
  return { name, ...spanOf(name) }
}

function spanOf(name: string): Interval {
  const [year = 0, month] = name.split('-').map(Number)
  if (name.length === 10) {
    const from = parseInstant(name)
    return interval(from, from + dayMs)
  }
  if (month === undefined) return interval(parseInstant(`${four(year)}-01-01`), parseInstant(`${four(year + 1)}-01-01`))
  const next = month === 12 ? `${four(year + 1)}-01-01` : `${four(year)}-${two(month + 1)}-01`
  return interval(parseInstant(`${name}-01`), parseInstant(next))
}

function four(year: number): string {
  return String(year).padStart(4, '0')
}

function two(month: number): string {
  return String(month).padStart(2, '0')
}
