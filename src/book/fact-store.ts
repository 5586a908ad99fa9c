import type { Kysely } from 'kysely'
import { holdAccount } from './account-store.ts'
import type { BookEngine } from './engines/engine.ts'
import { readRows } from './read-rows.ts'
import type { AccountFact } from './record.ts'
import { rowTable, textField, wholeField } from './tables/row-table.ts'
import type { BookTables } from './tables/tables.ts'

const table = rowTable<AccountFact>(
  'facts',
  { account: textField('account'), name: textField('name'), at: wholeField('at'), value: textField('value') },
  3,
  'at',
)

/** One of the same instant is left as it is. */
export async function recordFact(engine: BookEngine, fact: AccountFact): Promise<void> {
  await engine.write(async (transaction) => {
    await holdAccount(engine, transaction, fact.account)
    await engine.insertNew(transaction, table.writer, [fact])
  })
}

/** The newest at or before an instant. */
export async function readFact(
  db: Kysely<BookTables>,
  account: string,
  name: AccountFact['name'],
  at: number,
): Promise<AccountFact | undefined> {
  const within = { from: Number.MIN_SAFE_INTEGER, to: at + 1 }
  const [newest] = await readRows(db, table, account, { equal: { name }, within, newestFirst: true, limit: 1 })
  return newest
}
