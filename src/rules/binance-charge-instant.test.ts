import { describe, expect, it } from 'vitest'
import { isoDay, isoInstant, parseInstant } from '../time/instant.ts'
import { dayMs, minuteMs } from '../time/units.ts'
import { nextBinanceCharge } from './binance-charge-instant.ts'

const next = (after: string) => isoInstant(nextBinanceCharge(parseInstant(after)))

describe('rule: negative-balance-charge-instant', () => {
  it('is 08:00 UTC in 2022', () => {
    expect(next('2022-12-05T07:59:59.999Z')).toBe('2022-12-05T08:00:00.000Z')
    expect(next('2022-12-05T08:00:00Z')).toBe('2022-12-06T08:00:00.000Z')
  })

  it('is the instant of the example, 1670227200000 (document 000)', () => {
    expect(nextBinanceCharge(1_670_227_200_000 - 1)).toBe(1_670_227_200_000)
    expect(isoInstant(1_670_227_200_000)).toBe('2022-12-05T08:00:00.000Z')
  })

  it('is 00:00 UTC from the turn of 2025 on, with no day left out and none charged twice', () => {
    expect(next('2024-12-31T07:00:00Z')).toBe('2024-12-31T08:00:00.000Z')
    expect(next('2024-12-31T08:00:00Z')).toBe('2025-01-01T00:00:00.000Z')
    expect(next('2025-01-01T00:00:00Z')).toBe('2025-01-02T00:00:00.000Z')
  })

  it('is once on every UTC day, whichever instant the change is', () => {
    const day = parseInstant('2024-06-10')
    for (let minute = 0; minute < 24 * 60; minute += 30) {
      const from = day + minute * minuteMs
      const charged: string[] = []
      for (let at = nextBinanceCharge(day - 3 * dayMs - 1, from); at < day + 3 * dayMs; at = nextBinanceCharge(at, from))
        charged.push(isoDay(at))
      expect(charged).toEqual(['2024-06-07', '2024-06-08', '2024-06-09', '2024-06-10', '2024-06-11', '2024-06-12'])
    }
  })

  it('follows the date of the change that is asked for', () => {
    const from = parseInstant('2024-06-10T12:00:00Z')
    expect(isoInstant(nextBinanceCharge(parseInstant('2024-06-10T08:00:00Z'), from))).toBe('2024-06-11T00:00:00.000Z')
  })
})
