import type { Book } from '../book/book-interface.ts'
import type { SyncLease } from '../book/record.ts'
import type { Clock } from '../time/clock.ts'
import { minuteMs, secondMs } from '../time/units.ts'
import { isHolderGone } from './lease-holder.ts'

/** How long the lease of a run that crashed keeps others away. */
export const leaseMs = 2 * minuteMs
/** Who waits looks this often whether the other has ended. */
const lookAgainMs = 2 * secondMs

export interface LeaseOptions {
  readonly book: Book
  readonly account: string
  readonly holder: string
  readonly clock: Clock
  readonly signal?: AbortSignal | undefined
  /** Told once for each run that is waited for. */
  readonly onWaiting: (lease: SyncLease) => void
}

/** `done-by`: another run held it and succeeded since `since`, so that nothing is left to do. */
export type LeaseOutcome = { readonly kind: 'held'; drop(): Promise<void> } | { readonly kind: 'done-by'; readonly holder: string }

/**
 * Takes the lease of an account and prolongs it until it is dropped. Where another run holds it, waits until that run has
 * ended. One that crashed is not waited for where that can be seen from here; else until its lease has run out.
 *
 * @param since a success of the other run at or after this instant, epoch ms, counts as this run's own
 * @throws `book.account-unknown`, the signal's reason
 */
export async function takeLease(options: LeaseOptions, since: number): Promise<LeaseOutcome> {
  const { book, account, holder, clock, signal, onWaiting } = options
  let waitedFor: string | undefined
  for (;;) {
    signal?.throwIfAborted()
    const now = clock.now()
    const lease = await book.takeLease({ account, holder, until: now + leaseMs }, now)
    if (lease.holder === holder) {
      if (waitedFor !== undefined && ((await book.syncState(account))?.lastSuccessAt ?? 0) >= since) {
        await book.dropLease(account, holder)
        return { kind: 'done-by', holder: waitedFor }
      }
      return { kind: 'held', drop: keepLease(options) }
    }
    if (isHolderGone(lease.holder)) {
      await book.dropLease(account, lease.holder)
      continue
    }
    if (waitedFor !== lease.holder) onWaiting(lease)
    waitedFor = lease.holder
    await clock.wait(Math.max(Math.min(lookAgainMs, lease.until - now), 1), signal)
  }
}

/** Prolongs a lease now and then; what is given ends that and gives the lease back. */
function keepLease({ book, account, holder, clock }: LeaseOptions): () => Promise<void> {
  const ending = new AbortController()
  const prolonging = (async () => {
    for (;;) {
      await clock.wait(leaseMs / 4, ending.signal, { background: true })
      const now = clock.now()
      // Taken by another while this process slept: rows have natural keys, so that both may go on.
      await book.takeLease({ account, holder, until: now + leaseMs }, now)
    }
  })().catch(() => undefined)
  return async () => {
    ending.abort()
    await prolonging
    // A book that cannot be written cannot take it back either: it runs out.
    await book.dropLease(account, holder).catch(() => undefined)
  }
}
