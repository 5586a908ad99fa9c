import { readHttpDate } from '../time/http-date.ts'

export const attemptsMax = 4

/** The waits the exchanges' documents advise begin so (facts A2.2: 200, 400, 800 ms). */
const firstBackoffMs = 200
const backoffMaxMs = 5_000
const secondsRe = /^\d{1,7}$/

/** How long to wait after the `attempt`-th failure (from 1): doubling, bounded, and spread so that clients do not return together. */
export function backoffMs(attempt: number, random: () => number): number {
  const fullMs = Math.min(firstBackoffMs * 2 ** (attempt - 1), backoffMaxMs)
  return Math.round(fullMs * (0.5 + random() / 2))
}

/** A `Retry-After` header, whole seconds or a date, as ms from `now` of the exchange's clock. */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined
  if (secondsRe.test(header)) return Number(header) * 1_000
  const at = readHttpDate(header)
  return at === undefined ? undefined : Math.max(at - now, 0)
}
