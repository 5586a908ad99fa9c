import type { Interval } from '../time/interval.ts'
import { dayMs } from '../time/units.ts'

/** How many rows a stream has, as far as is known. */
export interface RowDensity {
  readonly perDay: number
  /** How many rows share one instant: a full page is believed above its oldest instant only. */
  readonly atOnce: number
}

/** How many rows one request brings, and over how long a span. Absent where there is no such bound. */
export interface RequestShape {
  readonly windowMs?: number | undefined
  readonly pageRows?: number | undefined
}

/**
 * Requests that a walk over so many rows takes: a full page proves nothing of its oldest instant, so it is asked for again
 * by the next, and only a page that is not full ends the walk.
 */
export function pagesOfRows(rows: number, pageRows: number | undefined, atOnce: number): number {
  if (pageRows === undefined || rows < pageRows) return 1
  const tied = Math.max(Math.ceil(atOnce), 1)
  // More at one instant than a page holds: the instant is asked for part by part.
  if (tied >= pageRows) return 1 + Math.ceil(rows / pageRows) + Math.ceil(rows / tied)
  const proven = Math.ceil(pageRows / tied) * tied - tied
  return 1 + Math.ceil((rows - pageRows + 1) / proven)
}

/** Requests for one span that is no longer than a window. */
export function pagesOfSpan({ from, to }: Interval, { pageRows }: RequestShape, { perDay, atOnce }: RowDensity): number {
  return pagesOfRows(Math.ceil(((to - from) / dayMs) * perDay), pageRows, atOnce)
}
