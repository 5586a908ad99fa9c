import { HTTPException } from 'hono/http-exception'
import { isOverdraftError, type OverdraftError, overdraftError } from '../../../errors/overdraft-error.ts'

const statuses: Readonly<Record<string, number>> = {
  'venue.token-refused': 401,
  'venue.host-refused': 403,
  'venue.origin-refused': 403,
  'venue.account-unknown': 404,
  'venue.key-unknown': 404,
  'venue.admin-path-unknown': 404,
  'venue.fault-rule-unknown': 404,
  'venue.snapshot-unknown': 404,
  'venue.snapshot-taken': 409,
  'venue.snapshots-too-many': 409,
  'venue.already-there': 409,
  'venue.fault-rule-taken': 409,
  'venue.fault-rules-too-many': 409,
  'venue.id-taken': 409,
  'venue.insufficient': 409,
  'venue.nothing-owed': 409,
  'venue.wrong-exchange': 409,
  'venue.too-often': 409,
  'venue.borrow-limit': 409,
  'venue.pool-empty': 409,
  'venue.withdrawal-limit': 409,
  'venue.repayment-uncovered': 409,
  'venue.bankruptcy-none': 409,
  'venue.bankruptcy-uncovered': 409,
  'time.clock-backwards': 409,
  'venue.body-too-large': 413,
}

/** An error as the admin face answers it, and whether it is a fault of the venue rather than of its caller. */
export interface AdminError {
  readonly status: number
  readonly error: OverdraftError
  readonly isFault: boolean
}

export function adminError(thrown: unknown): AdminError {
  if (isOverdraftError(thrown)) {
    const isFault = thrown.exit === 'storage' || thrown.exit === 'internal'
    return { status: statuses[thrown.code] ?? (isFault ? 503 : 400), error: thrown, isFault }
  }
  if (thrown instanceof HTTPException) {
    const { status, message } = thrown
    const problem = status === 415 ? 'the body is not sent as JSON; give the header Content-Type: application/json' : message
    return { status, error: overdraftError('venue.admin-malformed', { problems: [problem] }), isFault: false }
  }
  return {
    status: 500,
    error: overdraftError('venue.fault', { reason: thrown instanceof Error ? thrown.message : String(thrown) }, thrown),
    isFault: true,
  }
}
