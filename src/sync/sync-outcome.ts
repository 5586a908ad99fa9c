import type { Stream } from '../book/record.ts'
import type { OverdraftError } from '../errors/overdraft-error.ts'

export interface StreamOutcome {
  readonly stream: Stream
  readonly pages: number
  readonly rows: number
  /** Rows that were new. */
  readonly added: number
  /** Rows that came again with other content: kept as they were, one sentence each. */
  readonly changed: readonly string[]
  /** New rows where the book had proof that there were no others: one sentence each. */
  readonly late: readonly string[]
  /** Share of the wanted and settled history that is proven, 0 to 1. */
  readonly provenFraction: number
}

/** How the sync of one account ended. */
export interface SyncOutcome {
  readonly account: string
  /** `stopped` by the signal; what was fetched before is kept in every case. */
  readonly ended: 'done' | 'stopped' | 'failed'
  readonly streams: readonly StreamOutcome[]
  /** Only when it failed. */
  readonly error?: OverdraftError | undefined
}
