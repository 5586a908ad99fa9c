import type { AccountRunOptions } from './account-run.ts'
import { syncAll } from './sync-all.ts'
import type { SyncOutcome } from './sync-outcome.ts'

export type SyncAccountOptions = AccountRunOptions & { readonly order?: 'newest-first' }

/**
 * Brings one account's balances, charges and other histories into the book, newest first, asking only for what is not
 * proven yet and for the newest past once more. May be stopped at any moment and run again.
 *
 * @example const outcome = await syncAccount({ book, account, client, clock })
 * @returns how it ended; an error of the exchange, the network or the book is in the outcome, not thrown
 */
export async function syncAccount({ account, client, ...options }: SyncAccountOptions): Promise<SyncOutcome> {
  const [outcome] = await syncAll({ ...options, accounts: [{ account, client }] })
  if (outcome === undefined) throw new Error('a sync of one account gave no outcome')
  return outcome
}
