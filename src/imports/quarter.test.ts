import { describe, expect, test } from 'vitest'
import { isoInstant } from '../time/instant.ts'
import { QuarterRows, quarterOfBills } from './quarter.ts'

const now = Date.UTC(2026, 6, 1)
const shown = (text: string) => {
  const { name, utc, hongKong } = quarterOfBills(text, now)
  return [name, ...[utc.from, utc.to, hongKong.from, hongKong.to].map((at) => isoInstant(at).slice(0, 13))]
}

describe('a quarter', () => {
  test('is of three months, by either calendar, and the last one ends with the year', () => {
    expect(shown('2025-Q3')).toEqual(['2025-Q3', '2025-07-01T00', '2025-10-01T00', '2025-06-30T16', '2025-09-30T16'])
    expect(shown('2025q4')).toEqual(['2025-Q4', '2025-10-01T00', '2026-01-01T00', '2025-09-30T16', '2025-12-31T16'])
  })

  test('begins where the exchange begins to give files', () => {
    expect(shown('2021-Q1').slice(1, 3)).toEqual(['2021-02-01T00', '2021-04-01T00'])
    expect(() => quarterOfBills('2020-Q4', now)).toThrow('ended before 2021-02-01')
  })

  test('is given once it is over, in UTC', () => {
    expect(shown('2026-Q2')[0]).toBe('2026-Q2')
    expect(() => quarterOfBills('2026-Q2', now - 1)).toThrow('the quarter "2026-Q2" is not over')
  })

  test.each(['', '2025', '2025-Q5', 'Q3', '25-Q3', '2025-07', '2025-Q3 '])('is not written %j', (text) => {
    expect(() => quarterOfBills(text, now)).toThrow('is not a quarter')
  })
})

describe('what a file speaks for', () => {
  const quarter = quarterOfBills('2025-Q3', now)
  const spanOf = (...instants: readonly string[]) => {
    const rows = new QuarterRows(quarter)
    for (const instant of instants) rows.take(Date.parse(instant))
    return rows.span === undefined ? undefined : [rows.span.from, rows.span.to].map((at) => isoInstant(at).slice(0, 13))
  }

  test('is what both calendars have in common, until a row tells which it is', () => {
    expect(spanOf('2025-07-01T00:00Z', '2025-09-30T15:59Z')).toEqual(['2025-07-01T00', '2025-09-30T16'])
    expect(spanOf('2025-08-01T00:00Z', '2025-09-30T16:00Z')).toEqual(['2025-07-01T00', '2025-10-01T00'])
    expect(spanOf('2025-06-30T23:59Z')).toEqual(['2025-06-30T16', '2025-09-30T16'])
  })

  test('is nothing where rows reach beyond either', () => {
    expect(spanOf('2025-06-30T16:00Z', '2025-09-30T23:59Z')).toBeUndefined()
  })
})
