import type { CoverageReport, Stream } from '../book/record.ts'
import type { Interval } from '../time/interval.ts'
import { type IntervalSet, intersection, intervalSet, union } from '../time/interval-set.ts'

/** Where an answer is not proven, for one account and stream. */
export interface AnswerGap {
  readonly account: string
  readonly stream: Stream
  readonly kind: 'unproven' | 'lost'
  readonly span: Interval
}

/** What of the asked span the answer cannot vouch for, oldest first. Without `within`, of everything that was wanted. */
export function answerGaps(reports: readonly CoverageReport[], within?: Interval): readonly AnswerGap[] {
  const asked = (spans: readonly Interval[]): IntervalSet =>
    within === undefined ? intervalSet(spans) : intersection(intervalSet(spans), intervalSet([within]))
  return reports.flatMap(({ account, stream, unproven, lost }) => [
    ...asked(lost).map((span) => ({ account, stream, kind: 'lost' as const, span })),
    ...asked(unproven).map((span) => ({ account, stream, kind: 'unproven' as const, span })),
  ])
}

/** How much of the wanted history is proven, in thousandths; 1000 only when nothing at all is missing. */
export function provenPerMille(report: CoverageReport): number {
  const lengthOf = (spans: readonly Interval[]) => intervalSet(spans).reduce((total, span) => total + span.to - span.from, 0)
  const whole = lengthOf(union(report.proven, [...report.unproven, ...report.lost]))
  return whole === 0 ? 1_000 : Math.floor((lengthOf(report.proven) * 1_000) / whole)
}
