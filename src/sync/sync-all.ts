import type { Book } from '../book/book-interface.ts'
import type { BookAccount } from '../book/record.ts'
import type { Clock } from '../time/clock.ts'
import { holderName } from './lease-holder.ts'
import { leasedRun } from './leased-run.ts'
import { LeftOver } from './left-over.ts'
import { PageGate } from './page-gate.ts'
import { readHeadroom } from './plan-input.ts'
import { byHeadroom } from './plan-sync.ts'
import type { SyncClient } from './sync-client.ts'
import type { SyncOutcome } from './sync-outcome.ts'
import type { SyncProgress } from './sync-progress.ts'

export interface SyncMember {
  readonly account: BookAccount
  readonly client: SyncClient
}

export interface SyncAllOptions {
  readonly book: Book
  readonly accounts: readonly SyncMember[]
  readonly clock: Clock
  /** As in `syncAccount`. */
  readonly since?: number | undefined
  readonly signal?: AbortSignal | undefined
  /** How this run names itself to others that want the same accounts; unique. Default: `holderName`. */
  readonly holder?: string | undefined
  readonly onProgress?: ((progress: SyncProgress) => void) | undefined
  /** Called once the newest month of every account is there, as far as it could be had. */
  readonly onRecentDone?: (() => void) | undefined
}

/** The cheapest page costs 10 of the 6000 a minute that all accounts share: more are under way only where each takes longer than 1.6 s. */
const binanceWalksAtOnce = 16

/**
 * Syncs many accounts side by side, those whose debts are nearest to auto-exchange first. What they ask for is let through
 * by the budgets they share, the most urgent first over all accounts: balances, today, the newest month, then what is
 * older. An account that fails or is slow does not hold up the others; one that another run syncs is waited for.
 *
 * @returns one outcome for each account, in the order given
 */
export async function syncAll(options: SyncAllOptions): Promise<readonly SyncOutcome[]> {
  const { book, clock, since, signal, accounts, holder = holderName() } = options
  const startedAt = clock.now()
  const onProgress = following(options)
  const outcomes = new Map<SyncMember, SyncOutcome>()
  // One each: what waits for the one limit of all Binance accounts must not keep OKX accounts out.
  const gates = { binance: new PageGate(binanceWalksAtOnce), okx: new PageGate() }
  const runs = (await nearestFirst(book, accounts)).map(async (member) => {
    outcomes.set(
      member,
      await leasedRun({ book, clock, since, signal, holder, startedAt, onProgress, gate: gates[member.account.exchange], ...member }),
    )
  })
  // What one throws is a mistake of ours; it is told once all have ended and given their leases back.
  const settled = await Promise.allSettled(runs)
  for (const run of settled) if (run.status === 'rejected') throw run.reason
  return Object.freeze(accounts.flatMap((member) => outcomes.get(member) ?? []))
}

/** Order decides who asks first where all are equally urgent. */
async function nearestFirst(book: Book, members: readonly SyncMember[]): Promise<readonly SyncMember[]> {
  if (members.length < 2) return members
  const placed: { readonly member: SyncMember; readonly headroom: number | undefined }[] = []
  for (const member of members) {
    // A book that cannot be read fails every account by itself.
    placed.push({ member, headroom: await readHeadroom(book, member.account).catch(() => undefined) })
  }
  return byHeadroom(placed).map(({ member }) => member)
}

/** Tells what the runs tell, what is left of all of them, and once that the newest month is there. */
function following({ accounts, onProgress, onRecentDone }: SyncAllOptions): (progress: SyncProgress) => void {
  const left = new LeftOver(accounts.map(({ account }) => account))
  const awaited = new Set(accounts.map(({ account }) => account.label))
  return (progress) => {
    onProgress?.(progress)
    if (progress.kind === 'stream-left') {
      left.take(progress.account, progress.stream, progress.requests)
      onProgress?.({ kind: 'left', requests: left.requests, durationMs: left.durationMs })
    }
    const hasRecent = progress.kind === 'done' || (progress.kind === 'phase-done' && progress.phase === 'recent')
    if (hasRecent && awaited.delete(progress.account) && awaited.size === 0) onRecentDone?.()
  }
}
