import { type Interval, interval, isEmpty, overlap } from './interval.ts'

/** Spans in ascending order that neither touch nor overlap. */
export type IntervalSet = readonly Interval[]

/** Any spans as a set: sorted, empty ones dropped, touching and overlapping ones joined. */
export function intervalSet(spans: Iterable<Interval>): IntervalSet {
  const sorted = [...spans].filter((span) => !isEmpty(span)).sort((left, right) => left.from - right.from)
  const joined: Interval[] = []
  for (const span of sorted) {
    const last = joined.at(-1)
    if (last !== undefined && span.from <= last.to) joined[joined.length - 1] = interval(last.from, Math.max(last.to, span.to))
    else joined.push(interval(span.from, span.to))
  }
  return Object.freeze(joined)
}

export function union(left: Iterable<Interval>, right: Iterable<Interval>): IntervalSet {
  return intervalSet([...left, ...right])
}

/** What of `whole` is not in `taken`: the gaps. */
export function difference(whole: IntervalSet, taken: IntervalSet): IntervalSet {
  const left: Interval[] = []
  for (const span of whole) {
    let from = span.from
    for (const hole of taken) {
      if (hole.to <= from || hole.from >= span.to) continue
      if (hole.from > from) left.push(interval(from, hole.from))
      from = Math.max(from, hole.to)
    }
    if (from < span.to) left.push(interval(from, span.to))
  }
  return intervalSet(left)
}

export function intersection(left: IntervalSet, right: IntervalSet): IntervalSet {
  return intervalSet(left.flatMap((span) => right.flatMap((other) => overlap(span, other) ?? [])))
}

/** Whether every instant of `span` is in the set. */
export function covers(set: IntervalSet, span: Interval): boolean {
  return difference(intervalSet([span]), set).length === 0
}

/** Milliseconds in the set. */
export function totalMs(set: IntervalSet): number {
  return set.reduce((total, span) => total + (span.to - span.from), 0)
}
