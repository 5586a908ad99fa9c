import { boundaryAtOrBefore, everyDayAtMidnightUtc } from '../time/boundary.ts'
import { parseInstant } from '../time/instant.ts'
import { dayMs, hourMs } from '../time/units.ts'

const formerHourMs = 8 * hourMs

/**
 * From when the daily charge fell at 00:00 UTC instead of 08:00. The documents do not date the change; the first copies
 * that state 00:00 are of about the turn of 2024 to 2025 (facts A4.1), hence this default.
 */
export const dailyMidnightFromDefault = parseInstant('2025-01-01T00:00:00Z')

/**
 * The first instant strictly after `instant` at which Binance charges negative balances. Every UTC day is charged once:
 * at 00:00 when that lies at or after the change, else at 08:00, whichever instant the change is.
 */
export function nextBinanceCharge(instant: number, dailyMidnightFrom: number = dailyMidnightFromDefault): number {
  const midnight = boundaryAtOrBefore(instant, everyDayAtMidnightUtc)
  const today = chargeOfDay(midnight, dailyMidnightFrom)
  return today > instant ? today : chargeOfDay(midnight + dayMs, dailyMidnightFrom)
}

/**
 * Whether Binance can have charged negative balances at an instant at all: at 00:00 or at 08:00 UTC of some day. Which of the
 * two it was on a day depends on a change that is not dated, so both are possible on each.
 */
export function canBeBinanceCharge(instant: number): boolean {
  const midnight = boundaryAtOrBefore(instant, everyDayAtMidnightUtc)
  return instant === midnight || instant === midnight + formerHourMs
}

function chargeOfDay(midnight: number, dailyMidnightFrom: number): number {
  return midnight >= dailyMidnightFrom ? midnight : midnight + formerHourMs
}
