import { type Cadence, everyDayAtMidnightUtc, nextBoundary } from '../time/boundary.ts'
import { parseInstant } from '../time/instant.ts'
import { dayMs, hourMs } from '../time/units.ts'

const everyDayAtEightUtc: Cadence = Object.freeze({ everyMs: dayMs, offsetMs: 8 * hourMs })

/**
 * From when the daily charge fell at 00:00 UTC instead of 08:00. The documents do not date the change; the first copies
 * that state 00:00 are of about the turn of 2024 to 2025 (facts A4.1), hence this default.
 */
export const dailyMidnightFromDefault = parseInstant('2025-01-01T00:00:00Z')

/** The first instant strictly after `instant` at which Binance charges negative balances. */
export function nextBinanceCharge(instant: number, dailyMidnightFrom: number = dailyMidnightFromDefault): number {
  const atEight = nextBoundary(instant, everyDayAtEightUtc)
  if (atEight < dailyMidnightFrom) return atEight
  return nextBoundary(Math.max(instant, dailyMidnightFrom - 1), everyDayAtMidnightUtc)
}
