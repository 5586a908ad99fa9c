import { AccountRun, type AccountRunOptions } from './account-run.ts'
import type { SyncOutcome } from './sync-outcome.ts'

export type SyncAccountOptions = AccountRunOptions & { readonly order?: 'newest-first' }

/**
 * Brings one account's balances, charges and auto-exchange records into the book, newest first, asking only for what
 * is not proven yet and for the newest past once more. May be stopped at any moment and run again.
 *
 * @example const outcome = await syncAccount({ book, account, client, clock })
 * @returns how it ended; an error of the exchange, the network or the book is in the outcome, not thrown
 */
export async function syncAccount(options: SyncAccountOptions): Promise<SyncOutcome> {
  const run = new AccountRun(options)
  await run.run('recent')
  await run.run('older')
  return run.finish()
}
