import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boundariesCrossed, boundaryAtOrBefore, everyDayAtMidnightUtc, everyHour, nextBoundary } from './boundary.ts'
import { isoInstant } from './instant.ts'
import { dayMs, hourMs } from './units.ts'

const midnight = Date.UTC(2026, 0, 31)

test('the day’s boundary is midnight UTC, the hour’s the full hour', () => {
  expect(nextBoundary(midnight - 1, everyDayAtMidnightUtc)).toBe(midnight)
  expect(nextBoundary(midnight, everyDayAtMidnightUtc)).toBe(midnight + dayMs)
  expect(boundaryAtOrBefore(midnight, everyDayAtMidnightUtc)).toBe(midnight)
  expect(boundaryAtOrBefore(midnight + hourMs - 1, everyHour)).toBe(midnight)
})

test.each([
  [1_637_312_400_000, '2021-11-19T09:00:00.000Z'],
  [1_637_049_600_000, '2021-11-16T08:00:00.000Z'],
  [1_729_490_400_000, '2024-10-21T06:00:00.000Z'],
])('the instants %i of OKX’s examples are full hours', (instant, iso) => {
  expect(isoInstant(instant)).toBe(iso)
  expect(boundaryAtOrBefore(instant, everyHour)).toBe(instant)
})

test('a boundary the clock stands on has been crossed already, and one it reaches is crossed', () => {
  expect([...boundariesCrossed(midnight, midnight + 2 * hourMs, everyHour)]).toEqual([midnight + hourMs, midnight + 2 * hourMs])
  expect([...boundariesCrossed(midnight, midnight + hourMs - 1, everyHour)]).toEqual([])
})

test('a cadence may be shifted, as the daily charge at 08:00 UTC was', () => {
  const atEight = { everyMs: dayMs, offsetMs: 8 * hourMs }
  expect(nextBoundary(midnight, atEight)).toBe(midnight + 8 * hourMs)
  expect(boundaryAtOrBefore(midnight, atEight)).toBe(midnight - 16 * hourMs)
})

test('the boundaries crossed are every one in the span, in order, whatever the steps in which it is gone', () => {
  const cadence = fc.record({ everyMs: fc.integer({ min: 1, max: 50 }), offsetMs: fc.integer({ min: -60, max: 60 }) })
  const instant = fc.integer({ min: -200, max: 200 })
  fc.assert(
    fc.property(cadence, instant, fc.nat({ max: 150 }), fc.nat({ max: 150 }), (every, from, first, second) => {
      const expected: number[] = []
      for (let at = from + 1; at <= from + first + second; at++) {
        // Adding many periods keeps the remainder positive.
        if ((at - every.offsetMs + 1_000 * every.everyMs) % every.everyMs === 0) expected.push(at)
      }
      expect([...boundariesCrossed(from, from + first + second, every)]).toEqual(expected)
      expect([...boundariesCrossed(from, from + first, every), ...boundariesCrossed(from + first, from + first + second, every)]).toEqual(
        expected,
      )
    }),
  )
})
