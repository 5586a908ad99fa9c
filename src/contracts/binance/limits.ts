import { parseInstant } from '../../time/instant.ts'
import { dayMs, minuteMs } from '../../time/units.ts'
import type { FailureKind } from '../failure.ts'
import { binanceServerFailures } from './errors.ts'

/** What one IP may use within a minute by the clock, for all its keys together (facts A1.2). */
export const binanceWeightLimit = Object.freeze({ limit: 6_000, perMs: minuteMs })

/** Orders of one account within a minute (facts A1.2). */
export const binanceOrderLimit = Object.freeze({ limit: 1_200, perMs: minuteMs })

const earlierOrderLimit = Object.freeze({ limit: 2_400, until: parseInstant('2023-09-07') })

/** The limit of orders that was in force at an instant (facts A1.2). */
export function binanceOrderLimitAt(at: number): { readonly limit: number; readonly perMs: number } {
  return at < earlierOrderLimit.until ? { ...binanceOrderLimit, limit: earlierOrderLimit.limit } : binanceOrderLimit
}

/** Carries the weight this IP has used in the present minute; also on refused calls, which cost their full weight (facts A1.2). */
export const binanceUsedWeightHeader = 'X-MBX-USED-WEIGHT-1M'

/** The same figure without its interval; api.binance.com alone sends it too (facts A1.2). */
export const binanceUsedWeightPlainHeader = 'X-MBX-USED-WEIGHT'
export const binanceOrderCountHeader = 'X-MBX-ORDER-COUNT-1M'

/** Whole seconds to wait after 429 and 418. */
export const retryAfterHeader = 'Retry-After'

/** Going on despite 429s bans the IP, for longer each time (facts A1.2). */
export const binanceBan = Object.freeze({ shortestMs: 2 * minuteMs, longestMs: 3 * dayMs })

/** The document's waits before a call that answered 503 is sent again (facts A2.2). */
export const binanceBackoffMs: readonly number[] = Object.freeze([200, 400, 800])

const unknownOutcomeCodes: ReadonlySet<number> = new Set([-1006, -1007, -5041, 51999])
const unavailableCodes: ReadonlySet<number> = new Set([-1001, -1008, -1016, 51998])
const limitedCodes: ReadonlySet<number> = new Set([-1003, -1015])
const unavailableText = binanceServerFailures.unavailable().text

/**
 * What an answer that is not a success means. The code decides before the status; of the 503 texts without a code of
 * their own only `Service Unavailable.` says that nothing was executed. What is not known is taken for unclear.
 */
export function classifyBinanceFailure(status: number, code?: number, text?: string): FailureKind {
  if (status === 418) return 'banned'
  if (status === 429) return 'limited'
  if (code !== undefined) {
    if (limitedCodes.has(code)) return 'limited'
    if (unavailableCodes.has(code)) return 'unavailable'
    if (unknownOutcomeCodes.has(code)) return 'outcome-unknown'
  }
  if (status >= 400 && status < 500) return status === 408 ? 'outcome-unknown' : 'refused'
  return status === 503 && text === unavailableText ? 'unavailable' : 'outcome-unknown'
}
