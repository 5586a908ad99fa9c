/** From when until when something documented holds, in epoch ms UTC; a bound that no document gives is left out. */
export interface Lifetime {
  /** The first instant at which it holds. */
  readonly since?: number
  /** The first instant at which it holds no more. */
  readonly until?: number
}

/**
 * How the dates of a change log are taken: by the clock; `latest`, as if everything announced so far had happened; or
 * `all`, whatever ever held.
 */
export type ChangeLogReading = 'by-date' | 'latest' | 'all'

/** Whether something with this lifetime holds at `at`. */
export function isInForce({ since, until }: Lifetime, at: number, reading: ChangeLogReading): boolean {
  switch (reading) {
    case 'by-date':
      return (since === undefined || at >= since) && (until === undefined || at < until)
    case 'latest':
      return until === undefined
    case 'all':
      return true
  }
}
