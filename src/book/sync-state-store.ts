import type { Kysely } from 'kysely'
import { holdAccount } from './account-store.ts'
import type { BookEngine, TableWriter } from './engines/engine.ts'
import type { SyncState } from './record.ts'
import type { BookTables } from './tables/tables.ts'

const stateWriter: TableWriter<SyncState> = {
  table: 'sync_states',
  columns: ['account', 'last_success_at', 'last_error_at', 'last_error', 'failures', 'next_attempt_at'],
  keyLength: 1,
  values: ({ account, lastSuccessAt, lastErrorAt, lastError, failures, nextAttemptAt }) => [
    account,
    lastSuccessAt ?? null,
    lastErrorAt ?? null,
    lastError ?? null,
    failures ?? null,
    nextAttemptAt ?? null,
  ],
}

/** What is given replaces what was known; what is left out stays. */
export async function recordSyncState(engine: BookEngine, state: SyncState): Promise<void> {
  await engine.write(async (transaction) => {
    await holdAccount(engine, transaction, state.account)
    const before = await readSyncState(transaction, state.account)
    const after: SyncState = {
      account: state.account,
      lastSuccessAt: state.lastSuccessAt ?? before?.lastSuccessAt,
      lastErrorAt: state.lastErrorAt ?? before?.lastErrorAt,
      lastError: state.lastError ?? before?.lastError,
      failures: state.failures ?? before?.failures,
      nextAttemptAt: state.nextAttemptAt ?? before?.nextAttemptAt,
    }
    await engine.put(transaction, stateWriter, [after], before === undefined ? [] : [before])
  })
}

export async function readSyncState(db: Kysely<BookTables>, account: string): Promise<SyncState | undefined> {
  const row = await db.selectFrom('sync_states').selectAll().where('account', '=', account).executeTakeFirst()
  if (row === undefined) return undefined
  return Object.freeze({
    account,
    ...(row.last_success_at === null ? {} : { lastSuccessAt: Number(row.last_success_at) }),
    ...(row.last_error_at === null ? {} : { lastErrorAt: Number(row.last_error_at) }),
    ...(row.last_error === null ? {} : { lastError: row.last_error }),
    ...(row.failures === null ? {} : { failures: Number(row.failures) }),
    ...(row.next_attempt_at === null ? {} : { nextAttemptAt: Number(row.next_attempt_at) }),
  })
}
