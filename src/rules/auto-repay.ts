import { nextBoundary } from '../time/boundary.ts'
import { parseInstant } from '../time/instant.ts'
import { dayMs, hourMs } from '../time/units.ts'

/** The switch and the repayment came together, 2023-07-18 (facts A3.4); the hour is not known. */
export const autoRepayFrom = parseInstant('2023-07-18T00:00:00Z')

/** From here on the switch may be set only so often a day (facts A6); the hour is not known. */
export const repaySwitchLimitFrom = parseInstant('2024-11-01T00:00:00Z')

/**
 * When Auto Repay runs, in milliseconds of the UTC day. The documents say twice within the two hours before the charge of
 * 00:00 UTC, and not at which minutes (facts A4.4): the first moment of each hour is taken.
 */
export const autoRepayRunsAtDefault: readonly number[] = Object.freeze([22 * hourMs, 23 * hourMs])

/** The first run of Auto Repay strictly after `instant`; none was before the switch came. */
export function nextAutoRepay(instant: number, runsAt: readonly number[] = autoRepayRunsAtDefault): number {
  const after = Math.max(instant, autoRepayFrom - 1)
  return Math.min(...runsAt.map((offsetMs) => nextBoundary(after, { everyMs: dayMs, offsetMs })))
}
