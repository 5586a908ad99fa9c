import type { FailureKind } from '../failure.ts'

/** The code of a success. */
export const okxSuccessCode = '0'

const limitedCodes: ReadonlySet<string> = new Set(['50011', '50040', '50061'])
const unavailableCodes: ReadonlySet<string> = new Set(['50001', '50013', '50064'])
// 2: part of a bulk operation was executed; 50004 says itself that its outcome is unclear.
const unknownOutcomeCodes: ReadonlySet<string> = new Set(['2', '50004', '50026'])

/**
 * What an answer whose code is not "0" means; OKX sends some of them with HTTP 200. No ban ladder is documented (facts B2).
 * What is not known is taken for unclear.
 */
export function classifyOkxFailure(status: number, code?: string): FailureKind {
  if (code !== undefined) {
    if (limitedCodes.has(code)) return 'limited'
    if (unavailableCodes.has(code)) return 'unavailable'
    if (unknownOutcomeCodes.has(code)) return 'outcome-unknown'
  }
  if (status === 429) return 'limited'
  if (status >= 500 || status === 408) return 'outcome-unknown'
  // A code with HTTP 200 is a refusal; a 200 without one is not an answer of this exchange.
  return status >= 400 || code !== undefined ? 'refused' : 'outcome-unknown'
}
