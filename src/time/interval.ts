import { fail } from '../errors/overdraft-error.ts'

/** A half-open span of time `[from, to)` in epoch milliseconds UTC. */
export interface Interval {
  readonly from: number
  readonly to: number
}

/** @throws `time.interval-reversed` */
export function interval(from: number, to: number): Interval {
  if (to < from) fail('time.interval-reversed', { from, to })
  return Object.freeze({ from, to })
}

export function contains(span: Interval, instant: number): boolean {
  return span.from <= instant && instant < span.to
}

export function isEmpty(span: Interval): boolean {
  return span.from >= span.to
}

/** The part two spans share, or `undefined`. */
export function overlap(left: Interval, right: Interval): Interval | undefined {
  const from = Math.max(left.from, right.from)
  const to = Math.min(left.to, right.to)
  return from < to ? interval(from, to) : undefined
}
