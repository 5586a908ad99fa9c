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
  /** Rows of the book that the exchange no longer tells: kept, one sentence each. */
  readonly vanished: readonly string[]
  /** What of this sync could not be proven although it was asked for again, or is contradicted: one sentence each. */
  readonly unproven: readonly string[]
  /** Share of the wanted and settled history that is proven, 0 to 1. */
  readonly provenFraction: number
  /** `failed` where its own requests failed, or the whole account did. */
  readonly ended: 'done' | 'stopped' | 'failed'
  /** What went wrong with some of its requests; the others were made. */
  readonly error?: OverdraftError | undefined
}

/** How the sync of one account ended. */
export interface SyncOutcome {
  readonly account: string
  /** `stopped` by the signal; what was fetched before is kept in every case. */
  readonly ended: 'done' | 'stopped' | 'failed'
  readonly streams: readonly StreamOutcome[]
  /** Another run that did it meanwhile, where this one asked for nothing. */
  readonly doneBy?: string | undefined
  /** Only when it failed. */
  readonly error?: OverdraftError | undefined
}
