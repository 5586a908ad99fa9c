import { fail } from '../errors/overdraft-error.ts'

const isoRe = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?Z?)?$/
// Fewer digits are a year, a day written together, or epoch seconds: read as milliseconds they would all mean 1970.
const epochMsRe = /^(?:0|\d{12,15})$/

/**
 * Reads an ISO date or instant (UTC, also where the `Z` is left out) or epoch milliseconds.
 * @throws `time.malformed`
 */
export function parseInstant(text: string): number {
  return readInstant(text) ?? fail('time.malformed', { text })
}

/** As `parseInstant`, but `undefined` when the text is not an instant. */
export function readInstant(text: string): number | undefined {
  if (epochMsRe.test(text)) return Number(text)
  if (!isoRe.test(text)) return undefined
  const zoned = text.length === 10 || text.endsWith('Z') ? text : `${text}Z`
  const instant = Date.parse(zoned)
  // A day that does not exist (2026-02-30) is refused, not moved to the next month; and so is the hour 24.
  if (Number.isNaN(instant) || isoInstant(instant).slice(0, 10) !== text.slice(0, 10)) return undefined
  return instant
}

/** The instant as ISO 8601 in UTC with milliseconds, `2026-01-31T08:00:00.000Z`. */
export function isoInstant(instant: number): string {
  return new Date(instant).toISOString()
}

/** The UTC day of an instant, `2026-01-31`. */
export function isoDay(instant: number): string {
  return isoInstant(instant).slice(0, 10)
}

/** The UTC month of an instant, `2026-01`. */
export function isoMonth(instant: number): string {
  return isoInstant(instant).slice(0, 7)
}
