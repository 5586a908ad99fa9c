import type { ErrorCode } from '../errors/catalogue.ts'
import { isOverdraftError, type OverdraftError } from '../errors/overdraft-error.ts'

/**
 * What may fail for one history and succeed for the next: the rest of a sync goes on without it. A key that is refused, a
 * ban or a clock that is off would meet every other request as well, and a book that cannot be written every page.
 */
const passing: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'client.refused',
  'client.no-permission',
  'client.unreachable',
  'client.no-answer',
  'client.unavailable',
  'client.unreadable-reply',
  'client.walk-stuck',
  'contract.wrong-shape',
  'client.api-host-missing',
  'client.cost-over-limit',
])

export function isPassing(error: unknown): error is OverdraftError {
  return isOverdraftError(error) && passing.has(error.code)
}

/** What one endpoint may answer while all others answer as ever. An exchange that is not reached answers nowhere. */
const ofOneEndpoint: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['client.refused', 'client.unreadable-reply', 'contract.wrong-shape'])

export function isOfOneEndpoint(error: unknown): error is OverdraftError {
  return isOverdraftError(error) && ofOneEndpoint.has(error.code)
}
