import type { CoverageReport, Stream } from '../book/record.ts'
import type { Interval } from '../time/interval.ts'
import { type IntervalSet, intersection, intervalSet, totalMs, union } from '../time/interval-set.ts'
import { dayMs } from '../time/units.ts'

/** Where an answer is not proven, for one account and stream. */
export interface AnswerGap {
  readonly account: string
  readonly stream: Stream
  readonly kind: 'unproven' | 'lost'
  readonly span: Interval
}

/** What an answer can vouch for. */
export interface AnswerCoverage {
  /** Oldest first within each account and stream. */
  readonly gaps: readonly AnswerGap[]
  /** Up to here every stream is proven, but for the gaps; `undefined` when nothing of one of them is. */
  readonly provenUntil: number | undefined
}

/** The end of a span asked for without an end: midnight before the last day of the year 9999. */
export const openEnd = 253_402_214_400_000

/**
 * What of the asked span the answer cannot vouch for. An answer without an asked end is as of the last sync: the time
 * since then is told by `provenUntil`, and is a gap only when it is longer than a day.
 *
 * @param within what was asked for; left out, everything that is wanted
 */
export function answerCoverage(reports: readonly CoverageReport[], within?: Interval): AnswerCoverage {
  const isOpen = within === undefined || within.to >= openEnd
  const asked = (spans: readonly Interval[]): IntervalSet =>
    within === undefined ? intervalSet(spans) : intersection(intervalSet(spans), intervalSet([within]))
  const gaps = reports.flatMap((report) => {
    const { account, stream, lost } = report
    const { unproven } = isOpen ? asOfLastSync(report) : report
    const found = [
      ...asked(lost).map((span) => ({ account, stream, kind: 'lost' as const, span })),
      ...asked(unproven).map((span) => ({ account, stream, kind: 'unproven' as const, span })),
    ]
    return found.sort((left, right) => left.span.from - right.span.from)
  })
  const ends = reports.map(({ proven }) => intervalSet(proven).at(-1)?.to)
  const known = ends.flatMap((end) => end ?? [])
  return Object.freeze({ gaps, provenUntil: known.length < ends.length || ends.length === 0 ? undefined : Math.min(...known) })
}

/** The report without the time since the last sync, unless that is longer than a day. */
export function asOfLastSync(report: CoverageReport): CoverageReport {
  const spans = intervalSet(report.unproven)
  const last = spans.at(-1)
  const provenEnd = intervalSet(report.proven).at(-1)?.to
  const isSinceSync = last !== undefined && last.from === provenEnd && last.to - last.from <= dayMs
  return isSinceSync ? Object.freeze({ ...report, unproven: spans.slice(0, -1) }) : report
}

/** How much of the history wanted as of the last sync is proven, in thousandths; 1000 only when nothing at all is missing. */
export function provenPerMille(report: CoverageReport): number {
  const { proven, unproven, lost } = asOfLastSync(report)
  const whole = totalMs(union(proven, [...unproven, ...lost]))
  return whole === 0 ? 1_000 : Math.floor((totalMs(intervalSet(proven)) * 1_000) / whole)
}
