import { describe, expect, test } from 'vitest'
import { decimal, toText } from '../decimal/decimal.ts'
import { everyDayAtMidnightUtc, everyHour } from '../time/boundary.ts'
import { parseInstant } from '../time/instant.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { amountsWithin, rateRange, rateSeries, windowsMin } from './rate-range.ts'

const day = parseInstant('2026-03-10')
const ratesOf = (count: number, rate: (index: number) => bigint) => Array.from({ length: count }, (_, index) => rate(index))

describe('the rate of each period', () => {
  const rate = (at: number, text: string) => ({ at, rateDaily: decimal(text) })

  test('is what was charged at its boundary, else what was published and in force, else not known', () => {
    const charged = [rate(day + 2 * dayMs, '0.0005')]
    const published = [rate(day + dayMs, '0.0003'), rate(day + 3 * dayMs + hourMs, '0.0004')]
    const series = rateSeries({ charged, published }, everyDayAtMidnightUtc, day - dayMs, day + 4 * dayMs)
    expect(series).toEqual([undefined, 3n, 5n, 3n, 4n])
  })

  test('is told at one scale, however finely each was printed', () => {
    const charged = [rate(day + hourMs, '0.1'), rate(day + 2 * hourMs, '0.125')]
    expect(rateSeries({ charged, published: [] }, everyHour, day, day + 2 * hourMs)).toEqual([100n, 125n])
  })
})

describe('a range', () => {
  test('of a rate that never moved is the amount itself', () => {
    const range = rateRange(
      ratesOf(30, () => 7n),
      { distance: 1, length: 7 },
    )!
    expect([range.windows, toText(range.low), toText(range.high)]).toEqual([23, '1.000000000', '1.000000000'])
    expect(amountsWithin(decimal('0.12345678'), range)).toEqual({ low: decimal('0.12345678'), high: decimal('0.12345678') })
  })

  test('is how the mean of what followed stood to the rate before it', () => {
    // Rises by one a day from 10: from 10 the two days that follow are 11 and 12.
    const range = rateRange(
      ratesOf(20, (index) => BigInt(10 + index)),
      { distance: 1, length: 2 },
    )!
    expect(toText(range.highest)).toBe('1.150000000')
    expect(toText(range.lowest)).toBe('1.055555555')
    expect(range.windows).toBe(18)
  })

  test('looks as far ahead as the charge lies beyond the newest known rate', () => {
    const doubling = ratesOf(16, (index) => 2n ** BigInt(index))
    expect(toText(rateRange(doubling, { distance: 3, length: 1 })!.lowest)).toBe('8.000000000')
  })

  test('leaves out a twentieth at either end', () => {
    const series = ratesOf(101, (index) => (index === 50 ? 1000n : 10n))
    const range = rateRange(series, { distance: 1, length: 1 })!
    expect([toText(range.low), toText(range.high), toText(range.highest)]).toEqual(['1.000000000', '1.000000000', '100.000000000'])
  })

  test('is not told from fewer than ten windows, from windows with unknown rates, or from a rate of zero', () => {
    expect(
      rateRange(
        ratesOf(windowsMin, () => 1n),
        { distance: 1, length: 1 },
      ),
    ).toBeUndefined()
    expect(
      rateRange(
        ratesOf(windowsMin + 1, () => 1n),
        { distance: 1, length: 1 },
      )?.windows,
    ).toBe(windowsMin)
    expect(
      rateRange(
        ratesOf(50, () => 0n),
        { distance: 1, length: 1 },
      ),
    ).toBeUndefined()
    const holed = Array.from({ length: 60 }, (_, index) => (index % 3 === 2 ? undefined : 1n))
    expect(rateRange(holed, { distance: 1, length: 2 })?.windows).toBeUndefined()
  })

  test('is never narrower than the amount at the rate of today', () => {
    const range = { windows: 10, low: decimal('1.5'), high: decimal('2'), lowest: decimal('1.5'), highest: decimal('2') }
    const { low, high } = amountsWithin(decimal('10.01'), range)
    expect([toText(low), toText(high)]).toEqual(['10.01', '20.02'])
  })
})
