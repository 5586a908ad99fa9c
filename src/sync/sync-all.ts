import type { Book } from '../book/book-interface.ts'
import type { BookAccount } from '../book/record.ts'
import type { Clock } from '../time/clock.ts'
import { AccountRun } from './account-run.ts'
import type { SyncClient } from './sync-client.ts'
import type { SyncOutcome } from './sync-outcome.ts'
import type { SyncPhase, SyncProgress } from './sync-progress.ts'

export interface SyncAllOptions {
  readonly book: Book
  readonly accounts: readonly { readonly account: BookAccount; readonly client: SyncClient }[]
  readonly clock: Clock
  /** As in `syncAccount`. */
  readonly since?: number | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: SyncProgress) => void) | undefined
  /** Called once the newest month of every account is there, as far as it could be had. */
  readonly onRecentDone?: (() => void) | undefined
}

/** Budgets are what limits a sync; more than this at once would only hold more in memory. */
const accountsAtOnce = 8

/**
 * Syncs many accounts side by side: the newest month of all of them first, then what is older. An account that fails
 * does not hold up the others.
 *
 * @returns one outcome for each account, in the order given
 */
export async function syncAll(options: SyncAllOptions): Promise<readonly SyncOutcome[]> {
  const { book, clock, since, signal, onProgress, onRecentDone } = options
  const runs = options.accounts.map(({ account, client }) => new AccountRun({ book, account, client, clock, since, signal, onProgress }))
  const phase = (name: SyncPhase) => sideBySide(runs, (run) => run.run(name))
  await phase('recent')
  onRecentDone?.()
  await phase('older')
  const outcomes: SyncOutcome[] = []
  for (const run of runs) outcomes.push(await run.finish())
  return Object.freeze(outcomes)
}

/** Works through all items, a few at once. What one throws is thrown when all have ended. */
async function sideBySide<Item>(items: readonly Item[], work: (item: Item) => Promise<void>): Promise<void> {
  const waiting = [...items]
  const thrown: unknown[] = []
  const worker = async () => {
    for (let item = waiting.shift(); item !== undefined; item = waiting.shift()) {
      try {
        await work(item)
      } catch (error) {
        thrown.push(error)
      }
    }
  }
  await Promise.all(Array.from({ length: Math.min(accountsAtOnce, items.length) }, worker))
  if (thrown.length > 0) throw thrown[0]
}
