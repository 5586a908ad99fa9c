import { isOverdraftError } from '../errors/overdraft-error.ts'
import { AccountRun, type AccountRunOptions } from './account-run.ts'
import { type LeaseOutcome, takeLease } from './lease.ts'
import type { SyncOutcome } from './sync-outcome.ts'

export interface LeasedRunOptions extends AccountRunOptions {
  /** Unique to this run of this process; shown to others. */
  readonly holder: string
  /** When this run began, epoch ms: what another achieved since then need not be done again. */
  readonly startedAt: number
}

/** Syncs an account unless another run does so at present; then waits for that, and takes what it achieved as its own. */
export async function leasedRun(options: LeasedRunOptions): Promise<SyncOutcome> {
  const { book, account, clock, signal, holder, startedAt, onProgress } = options
  const { label } = account
  const ended = (how: Omit<SyncOutcome, 'account' | 'streams'>): SyncOutcome => {
    const outcome = Object.freeze({ account: label, streams: Object.freeze([]), ...how })
    onProgress?.({ kind: 'done', account: label, outcome })
    return outcome
  }
  let lease: LeaseOutcome
  try {
    const onWaiting = (held: { holder: string; until: number }) =>
      onProgress?.({ kind: 'waiting', account: label, holder: held.holder, until: held.until })
    lease = await takeLease({ book, account: label, holder, clock, signal, onWaiting }, startedAt)
  } catch (error) {
    if (signal?.aborted === true) return ended({ ended: 'stopped' })
    if (!isOverdraftError(error)) throw error
    return ended({ ended: 'failed', error })
  }
  if (lease.kind === 'done-by') return ended({ ended: 'done', doneBy: lease.holder })
  try {
    return await new AccountRun(options).run()
  } finally {
    await lease.drop()
  }
}
