import type { BookAccount, Stream, SyncState } from '../book/record.ts'
import { catalogue, type ErrorCode } from '../errors/catalogue.ts'
import type { OverdraftError } from '../errors/overdraft-error.ts'
import { historyOf } from '../histories/histories.ts'
import { everyDayAtMidnightUtc, everyHour, nextBoundary } from '../time/boundary.ts'
import { parseInstant } from '../time/instant.ts'
import { hourMs, secondMs } from '../time/units.ts'

/** How long after a first failure the next attempt comes. */
export const firstRetryMs = 30 * secondMs
const longestRetryMs = hourMs
/** The exchange's clock is known to about a second. */
const clockSlackMs = 2 * secondMs

/** Failures that trying again never mends. */
const humanCodes: ReadonlySet<string> = new Set<ErrorCode>([
  'client.base-url',
  'client.api-host-missing',
  'client.credentials-malformed',
  'client.wrong-secret',
  'client.wrong-passphrase',
  'client.unknown-key',
  'client.ip-not-allowed',
  'client.no-permission',
  'client.wrong-environment',
  'sync.wrong-client',
  'sync.other-account',
  'sync.account-unknown',
])

/** When an account is tried next. `human`: not before somebody has done what the error says. */
export type NextAttempt = { readonly kind: 'at'; readonly at: number } | { readonly kind: 'human'; readonly remedy: ErrorCode }

/**
 * The state after a failure: the next attempt comes after 30 s, twice as long after each further failure and an hour at
 * most, but never before the end of a ban or a limit that the exchange told.
 * @param stream the one history that failed, while others came: the account is tried again whatever mends it
 */
export function stateAfterFailure(account: string, error: OverdraftError, failuresBefore: number, now: number, stream?: Stream): SyncState {
  const failures = failuresBefore + 1
  const afterMs = Math.min(firstRetryMs * 2 ** Math.min(failures - 1, 20), longestRetryMs)
  const nextAttemptAt = Math.max(now + afterMs, toldUntil(error, now) ?? 0)
  const of = stream === undefined ? '' : `${stream}: `
  return { account, lastErrorAt: now, lastError: `${of}${error.code}: ${error.message}`, failures, nextAttemptAt }
}

/**
 * The state after a success: the next attempt comes when the next charge can be proven.
 * @param serverNow by the exchange's clock, by which charges settle
 */
export function stateAfterSuccess({ label, exchange }: BookAccount, now: number, serverNow: number): SyncState {
  const afterMs = nextProof(exchange, serverNow) - serverNow + clockSlackMs
  return { account: label, lastSuccessAt: now, failures: 0, nextAttemptAt: now + afterMs }
}

/** The earliest instant after `now` at which a charge can be proven that cannot be proven yet: its boundary, settled. */
export function nextProof(exchange: BookAccount['exchange'], now: number): number {
  const settleMs = historyOf(exchange, 'interest')?.settleMs ?? 0
  const cadence = exchange === 'binance' ? everyDayAtMidnightUtc : everyHour
  // Spans are half-open: a proof up to the boundary does not hold the boundary itself.
  return nextBoundary(now - settleMs - 1, cadence) + settleMs + 1
}

/** When an account is to be tried again by what the book knows; one that never was, at once. */
export function nextAttemptOf(state: SyncState | undefined): NextAttempt {
  const failedLast = state?.lastErrorAt !== undefined && state.lastErrorAt >= (state.lastSuccessAt ?? 0)
  const code = failedLast ? errorCodeOf(state.lastError) : undefined
  if (code !== undefined && humanCodes.has(code)) return { kind: 'human', remedy: code }
  return { kind: 'at', at: state?.nextAttemptAt ?? 0 }
}

/** The code at the beginning of a kept error; `undefined` for what no longer is one, or is of one history alone. */
function errorCodeOf(text: string | undefined): ErrorCode | undefined {
  const code = text?.slice(0, text.indexOf(': '))
  return code !== undefined && Object.hasOwn(catalogue, code) ? (code as ErrorCode) : undefined
}

function toldUntil({ code, values }: OverdraftError, now: number): number | undefined {
  if (code === 'client.banned' && typeof values['until'] === 'string') return parseInstant(values['until'])
  if (code === 'client.limited' && typeof values['waitMs'] === 'number') return now + values['waitMs']
  return undefined
}
