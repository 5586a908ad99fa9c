import type { CoverageReport, Stream } from '../book/record.ts'
import type { Interval } from '../time/interval.ts'
import { intervalSet, totalMs, union } from '../time/interval-set.ts'
import { dayMs } from '../time/units.ts'
import { isOpenEnd } from './asked-time.ts'

/** Where an answer is not proven, for one account and stream. */
export interface AnswerGap {
  readonly account: string
  readonly stream: Stream
  readonly kind: 'unproven' | 'lost' | 'not-yet'
  /** Ends at `openEnd` where it has no end. */
  readonly span: Interval
  /** What may still bring it; none for what is lost, or has no end. */
  readonly remedies: readonly GapRemedy[]
}

/** Where a gap ends, epoch ms; `undefined` where it has no end. */
export function gapEnd({ span }: AnswerGap): number | undefined {
  return isOpenEnd(span) ? undefined : span.to
}

/** A sync, one that is told since when, one that waits until rows have settled (epoch ms), or a file that the exchange makes. */
export type GapRemedy =
  | { readonly kind: 'sync' }
  | { readonly kind: 'sync-since'; readonly since: number }
  | { readonly kind: 'sync-after'; readonly at: number }
  | { readonly kind: 'file'; readonly says: string }

/** What an answer can vouch for. Complete where it has no gaps. */
export interface AnswerCoverage {
  /** Oldest first within each account and stream. */
  readonly gaps: readonly AnswerGap[]
  /** From here on every history is asked about; `undefined` where the answer rests on none. */
  readonly provenFrom: number | undefined
  /** Whether no beginning was asked for, so that `provenFrom` is news. */
  readonly isOpenStart: boolean
  /** Up to here every stream is proven, but for the gaps; `undefined` when nothing of one of them is. */
  readonly provenUntil: number | undefined
}

/**
 * What of the time asked the answer cannot vouch for. An answer without an asked end is as of the last sync: the time since
 * then is told by `provenUntil`, and is a gap only when it is longer than a day.
 */
export function answerCoverage(reports: readonly CoverageReport[]): AnswerCoverage {
  const gaps = reports.flatMap((report) => {
    const { account, stream, unproven, lost, notYet } = report.isOpenEnd ? asOfLastSync(report) : report
    const gapsOf = (kind: AnswerGap['kind'], spans: readonly Interval[]) =>
      spans.map((span) => ({ account, stream, kind, span, remedies: remediesOf(report, kind, span) }))
    const found = [...gapsOf('lost', lost), ...gapsOf('unproven', unproven), ...gapsOf('not-yet', notYet)]
    return found.sort((left, right) => left.span.from - right.span.from)
  })
  const begins = reports.map(({ asked }) => asked.from)
  const ends = reports.flatMap(({ provenUntil }) => provenUntil ?? [])
  return Object.freeze({
    gaps,
    isOpenStart: reports.some((report) => report.isOpenStart),
    provenFrom: begins.length === 0 ? undefined : Math.max(...begins),
    provenUntil: ends.length < reports.length || reports.length === 0 ? undefined : Math.min(...ends),
  })
}

function remediesOf({ wantedFrom, byFile, settleMs }: CoverageReport, kind: AnswerGap['kind'], span: Interval): readonly GapRemedy[] {
  if (kind === 'lost') return []
  const { from, to } = span
  if (kind === 'not-yet') return isOpenEnd(span) ? [] : [{ kind: 'sync-after', at: to + settleMs }]
  const remedies: GapRemedy[] = []
  if (byFile !== undefined && from < byFile.before) remedies.push({ kind: 'file', says: byFile.says })
  const asked = Math.max(from, byFile?.before ?? from)
  if (asked < to) remedies.push(asked < wantedFrom ? { kind: 'sync-since', since: asked } : { kind: 'sync' })
  return remedies
}

/** The report without the time since the last sync, unless that is longer than a day. */
export function asOfLastSync(report: CoverageReport): CoverageReport {
  const spans = intervalSet(report.unproven)
  const last = spans.at(-1)
  const provenEnd = intervalSet(report.proven).at(-1)?.to
  const isSinceSync = last !== undefined && last.from === provenEnd && last.to === report.asked.to && last.to - last.from <= dayMs
  return isSinceSync ? Object.freeze({ ...report, unproven: spans.slice(0, -1) }) : report
}

/** How much of the history asked about is proven as of the last sync, in thousandths; 1000 only when nothing at all is missing. */
export function provenPerMille(report: CoverageReport): number {
  const { proven, unproven, lost, notYet } = asOfLastSync(report)
  const whole = totalMs(union(proven, [...unproven, ...lost, ...notYet]))
  return whole === 0 ? 1_000 : Math.floor((totalMs(intervalSet(proven)) * 1_000) / whole)
}
