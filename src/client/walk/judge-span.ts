import { contains, type Interval, interval } from '../../time/interval.ts'
import type { PageDoubt } from './history-page.ts'
import type { SpanHistory, SpanReply } from './span-history.ts'
import { type StrayRow, shownTime } from './stray-rows.ts'

/** What the replies for a span are worth. */
export type SpanVerdict =
  /** Every row in `proven`, which begins at the open end of the span, was in the replies. */
  | { readonly kind: 'proven'; readonly proven: Interval }
  /** One instant at the open end fills a page: nothing of the span is proven. */
  | { readonly kind: 'tie' }
  /** The replies contradict themselves. */
  | { readonly kind: 'doubt'; readonly of: PageDoubt['kind']; readonly came: string; readonly skipped: Interval }

/**
 * Reads what one or several requests for the same span brought. A page that is not full answers for all of the span; a
 * full one only up to its last instant, and only if it is in order.
 */
export function judgeSpan<Row>(
  history: SpanHistory<Row>,
  span: Interval,
  replies: readonly SpanReply<Row>[],
  strays: readonly StrayRow<Row>[] = [],
): SpanVerdict {
  const [stray] = strays
  if (stray !== undefined) {
    const rows = replies.reduce((sum, reply) => sum + reply.rows.length, 0)
    return { kind: 'doubt', of: 'outside', came: cameAstray(history, stray, strays.length, rows), skipped: span }
  }
  let proven = span
  for (const reply of replies) {
    const verdict = judgeReply(history, span, reply)
    if (verdict.kind !== 'proven') return verdict
    proven = interval(Math.max(proven.from, verdict.proven.from), Math.max(Math.min(proven.to, verdict.proven.to), proven.from))
  }
  return { kind: 'proven', proven }
}

/** What a reply with rows that were not asked for brought. */
export function cameAstray<Row>(history: SpanHistory<Row>, { row, why }: StrayRow<Row>, strays: number, rows: number): string {
  return `brought ${rows} rows of which ${strays} cannot be: one of ${shownTime(history.instantOf(row))} ${why}`
}

function judgeReply<Row>(history: SpanHistory<Row>, span: Interval, { rows, total }: SpanReply<Row>): SpanVerdict {
  const { pageSize, order, instantOf } = history
  const isFull = rows.length >= pageSize
  const instants = rows.map(instantOf)
  if (total !== undefined && (isFull ? total < rows.length : total !== rows.length)) {
    const came = `counted ${total} rows and brought ${rows.length}${isFull ? ', a full page' : ''}`
    return { kind: 'doubt', of: 'total', came, skipped: isFull || total > rows.length ? reachedBy(history, span, instants) : span }
  }
  if (!isFull) return { kind: 'proven', proven: span }
  const newestFirst = order === 'newest-first'
  if (!isOrdered(instants, newestFirst)) {
    const came = `brought a full page of ${rows.length} rows that is not ${newestFirst ? 'newest' : 'oldest'} first`
    return { kind: 'doubt', of: 'order', came, skipped: reachedBy(history, span, instants) }
  }
  const last = instants.at(-1) ?? span.from
  if (newestFirst)
    return last + 1 >= span.to ? { kind: 'tie' } : { kind: 'proven', proven: interval(Math.max(last + 1, span.from), span.to) }
  return last <= span.from ? { kind: 'tie' } : { kind: 'proven', proven: interval(span.from, Math.min(last, span.to)) }
}

function isOrdered(instants: readonly number[], newestFirst: boolean): boolean {
  return instants.every((instant, index) => {
    const before = instants[index - 1]
    return before === undefined || (newestFirst ? instant <= before : instant >= before)
  })
}

/** What a page that is not believed has shown at least something of: the walk goes on behind it. Never empty. */
function reachedBy<Row>({ order }: SpanHistory<Row>, span: Interval, instants: readonly number[]): Interval {
  const inside = instants.filter((instant) => contains(span, instant))
  if (inside.length === 0) return span
  if (order === 'newest-first') {
    const from = inside.reduce((least, instant) => Math.min(least, instant)) + 1
    return interval(from >= span.to ? span.to - 1 : from, span.to)
  }
  const to = inside.reduce((most, instant) => Math.max(most, instant))
  return interval(span.from, to <= span.from ? span.from + 1 : to)
}
