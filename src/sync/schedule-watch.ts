import type { NextAttempt } from './schedule.ts'
import { firstRetryMs, nextAttemptOf } from './schedule.ts'
import { type SyncAllOptions, type SyncMember, syncAll } from './sync-all.ts'
import type { SyncOutcome } from './sync-outcome.ts'

export interface WatchOptions extends SyncAllOptions {
  readonly onRound: (outcomes: readonly SyncOutcome[]) => Promise<void> | void
  /** Told before each wait: when it goes on, epoch ms. */
  readonly onPause: (until: number) => void
}

/**
 * Syncs all accounts, then each again whenever something new can be proven of it, or it failed and may be tried again.
 * Ends with the signal, or when no account is left that trying again could help.
 */
export async function watchAll(options: WatchOptions): Promise<void> {
  const { accounts, clock, signal, onRound, onPause } = options
  const triedAt = new Map<SyncMember, number>()
  const roundOf = async (members: readonly SyncMember[]): Promise<void> => {
    for (const member of members) triedAt.set(member, clock.now())
    await onRound(await syncAll({ ...options, accounts: members }))
  }
  await roundOf(accounts)
  while (signal?.aborted !== true) {
    const attempts = await attemptsOf(options, triedAt)
    const due = attempts.filter(({ at }) => at <= clock.now()).map(({ member }) => member)
    if (due.length > 0) {
      await roundOf(due)
      continue
    }
    if (attempts.length === 0) return
    const next = Math.min(...attempts.map(({ at }) => at))
    onPause(next)
    await clock.wait(next - clock.now(), signal).catch(() => undefined)
  }
}

/** When each account is tried again; those that need somebody's help are left out. */
async function attemptsOf({ book, accounts }: WatchOptions, triedAt: ReadonlyMap<SyncMember, number>) {
  const attempts: { readonly member: SyncMember; readonly at: number }[] = []
  for (const member of accounts) {
    const next: NextAttempt = nextAttemptOf(await book.syncState(member.account.label))
    // What could not be noted, because the book could not be written, must not be tried without end.
    const soonest = (triedAt.get(member) ?? 0) + firstRetryMs
    if (next.kind === 'at') attempts.push({ member, at: Math.max(next.at, soonest) })
  }
  return attempts
}
