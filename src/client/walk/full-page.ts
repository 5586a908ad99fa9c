import { fail } from '../../errors/overdraft-error.ts'

/** What a full page tells: only what is newer than its oldest instant is certainly all there. */
export interface FullPage {
  readonly oldest: number
  /** Whether every row of it has the same instant, so that it proves nothing at all about that instant. */
  readonly isTie: boolean
}

/**
 * Reads a full page. What a page leaves out is known only if it is newest first, so any other order is refused.
 * @throws `client.order-unexpected`
 */
export function readFullPage<Row>(rows: readonly Row[], instantOf: (row: Row) => number, endpoint: string, request: string): FullPage {
  const instants = rows.map(instantOf)
  const ordered = instants.every((instant, index) => index === 0 || instant <= (instants[index - 1] ?? instant))
  const oldest = instants.at(-1)
  if (!ordered || oldest === undefined) return fail('client.order-unexpected', { endpoint, request })
  return { oldest, isTie: instants[0] === oldest }
}

export function newestFirst<Row>(rows: Iterable<Row>, instantOf: (row: Row) => number): Row[] {
  return [...rows].sort((left, right) => instantOf(right) - instantOf(left))
}
