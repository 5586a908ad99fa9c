import { isoInstant } from '../../time/instant.ts'
import { contains, type Interval } from '../../time/interval.ts'
import { hourMs } from '../../time/units.ts'
import type { SpanHistory } from './span-history.ts'

/** A row that no reply to its request may hold. */
export interface StrayRow<Row> {
  readonly row: Row
  /** In words, such as `lies outside of what was asked for`. */
  readonly why: string
}

/** The exchange's clock may be off by so much before a row is called one of the future. */
const aheadMaxMs = hourMs

/**
 * Why a row is no answer to a request for a span; `undefined` where it is one. A row outside of the bounds that were sent says
 * that the exchange answered another question; one of before it opened, or of the future, that its times are not what they
 * are taken for, such as seconds for milliseconds. Either way what the reply left out is unknown.
 *
 * @param now the exchange's time when it answered, epoch ms
 */
export function whyStray<Row>(history: SpanHistory<Row>, span: Interval, row: Row, now: number): string | undefined {
  const { openedAt, instantOf, isBounded } = history
  const instant = instantOf(row)
  if (instant < openedAt) return 'is older than the exchange'
  const isAskedFor = history.answers?.(row, span) ?? (isBounded ? contains(span, instant) : instant < span.to)
  if (!isAskedFor) return 'lies outside of what was asked for'
  return instant > now + aheadMaxMs ? 'is of a time that had not come' : undefined
}

/** The last instant that a date can be of, epoch ms. */
const lastDate = 8_640_000_000_000_000

/** A time as it came: one that no calendar has as its figure. */
export function shownTime(instant: number): string {
  return Math.abs(instant) <= lastDate ? isoInstant(instant) : `instant ${instant}`
}
