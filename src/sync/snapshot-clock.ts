import type { Book } from '../book/book-interface.ts'
import type { History } from '../histories/history.ts'
import { dayMs, minuteMs } from '../time/units.ts'
import type { SyncClient } from './sync-client.ts'

/** How far off the instant of a snapshot may be. */
export const snapshotSlackMs = minuteMs

/**
 * Keeps a fact where the exchange's clock and ours disagree: one of them is wrong, and where it is the exchange's, a snapshot is
 * not of when it says. It tells what was owed all the same, but is no witness of what came before and after it.
 */
export async function noteClocks(book: Book, account: string, client: SyncClient, takenAt: number): Promise<void> {
  const aheadMs = takenAt - client.clock.now()
  if (Math.abs(aheadMs) <= snapshotSlackMs) return
  await book.recordFact({ account, name: 'clock-ahead', at: takenAt, value: String(aheadMs) })
}

/** Whether the snapshots of an instant are of that instant. */
export async function isDated(book: Book, account: string, takenAt: number): Promise<boolean> {
  return (await book.fact(account, 'clock-ahead', takenAt))?.at !== takenAt
}

/** An exchange whose clock is further ahead than this is not to be believed; where it seems so, ours was behind. */
const creditableMs = dayMs

/**
 * Takes back what an exchange proved whose clock went ahead of ours, once both agree again: nobody could know the rows of a
 * time that had not come. Where they disagree, one of them is wrong still, and nothing tells which.
 */
export async function withdrawFuture(book: Book, account: string, client: SyncClient, { stream, settleMs }: History): Promise<void> {
  if (Math.abs(client.serverNow() - client.clock.now()) > snapshotSlackMs) return
  const ahead = { least: snapshotSlackMs - settleMs, most: creditableMs - settleMs }
  for (const span of await book.provenAhead(account, stream, ahead)) await book.withdrawProof(account, stream, span)
}
