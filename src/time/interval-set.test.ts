import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { contains, type Interval, interval, isEmpty, overlap } from './interval.ts'
import { covers, difference, type IntervalSet, intersection, intervalSet, totalMs, union } from './interval-set.ts'

const millisecondsMax = 40
const instants = Array.from({ length: millisecondsMax }, (_, instant) => instant)
const span = fc
  .tuple(fc.nat({ max: millisecondsMax }), fc.nat({ max: millisecondsMax }))
  .map(([one, other]) => interval(Math.min(one, other), Math.max(one, other)))
const spans = fc.array(span, { maxLength: 8 })

/** The naive model: one truth value for each millisecond. */
function bitmap(set: Iterable<Interval>): boolean[] {
  const bits = instants.map(() => false)
  for (const { from, to } of set) for (let instant = from; instant < to; instant++) bits[instant] = true
  return bits
}

function expectCanonical(set: IntervalSet): void {
  for (const [index, part] of set.entries()) {
    expect(part.from).toBeLessThan(part.to)
    // A gap of at least a millisecond: spans that touch are one.
    if (index > 0) expect(part.from).toBeGreaterThan(set[index - 1]!.to)
  }
}

function expectSet(set: IntervalSet, bits: readonly boolean[]): void {
  expectCanonical(set)
  expect(bitmap(set)).toEqual(bits)
}

describe('sets of intervals agree with a model of one bit for each millisecond', () => {
  test('when joined from any spans', () => {
    fc.assert(fc.property(spans, (parts) => expectSet(intervalSet(parts), bitmap(parts))))
  })

  test('in their union, difference and intersection', () => {
    fc.assert(
      fc.property(spans, spans, (left, right) => {
        const [one, other] = [bitmap(left), bitmap(right)]
        expectSet(
          union(left, right),
          one.map((bit, at) => bit || other[at]!),
        )
        const [leftSet, rightSet] = [intervalSet(left), intervalSet(right)]
        expectSet(
          difference(leftSet, rightSet),
          one.map((bit, at) => bit && !other[at]),
        )
        expectSet(
          intersection(leftSet, rightSet),
          one.map((bit, at) => bit && other[at]!),
        )
      }),
      { numRuns: 500 },
    )
  })

  test('in what they cover and how long they are', () => {
    fc.assert(
      fc.property(spans, span, (parts, wanted) => {
        const bits = bitmap(parts)
        expect(covers(intervalSet(parts), wanted)).toBe(instants.filter((at) => contains(wanted, at)).every((at) => bits[at]))
        expect(totalMs(intervalSet(parts))).toBe(bits.filter(Boolean).length)
      }),
    )
  })

  test('in what two spans share', () => {
    fc.assert(
      fc.property(span, span, (left, right) => {
        const shared = instants.filter((at) => contains(left, at) && contains(right, at))
        const found = overlap(left, right)
        expect(found === undefined ? [] : instants.filter((at) => contains(found, at))).toEqual(shared)
      }),
    )
  })
})

test('an interval holds its first instant and not its last', () => {
  const hour = interval(10, 20)
  expect([9, 10, 19, 20].map((instant) => contains(hour, instant))).toEqual([false, true, true, false])
  expect(isEmpty(interval(10, 10))).toBe(true)
  expect(() => interval(20, 10)).toThrow(expect.objectContaining({ code: 'time.interval-reversed' }))
})

test('spans that touch are one span', () => {
  expect(intervalSet([interval(5, 9), interval(0, 5)])).toEqual([{ from: 0, to: 9 }])
})
