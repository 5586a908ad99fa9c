import type { Interval } from '../time/interval.ts'

/**
 * New rows within what was proven before they came: the proof was wrong, or the exchange showed them later than the
 * settle delay allows for. They are kept like any other; that they came must not go unnoticed.
 *
 * @param proven ascending and joined
 */
export function lateRows<Row>(added: readonly Row[], instantOf: (row: Row) => number, proven: readonly Interval[]): readonly Row[] {
  if (proven.length === 0) return []
  return added.filter((row) => isWithin(proven, instantOf(row)))
}

function isWithin(spans: readonly Interval[], instant: number): boolean {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((spans[middle]?.to ?? 0) <= instant) low = middle + 1
    else high = middle
  }
  const span = spans[low]
  return span !== undefined && span.from <= instant
}
