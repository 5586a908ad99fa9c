import { type Kysely, type Selectable, sql, type Transaction } from 'kysely'
import { fail } from '../errors/overdraft-error.ts'
import type { BookEngine, TableWriter } from './engines/engine.ts'
import { assertLabel } from './label.ts'
import type { BookAccount } from './record.ts'
import { sealedTables } from './seals/sealed-tables.ts'
import { type AccountTable, type BookTables, numberedTables, tablesOfAccounts } from './tables/tables.ts'

const accountWriter: TableWriter<BookAccount & { readonly number: number }> = {
  table: 'accounts',
  columns: ['account', 'exchange', 'base_url', 'added_at', 'may_repay', 'number'],
  keyLength: 1,
  values: ({ label, exchange, baseUrl, addedAt, mayRepay, number }) => [label, exchange, baseUrl, addedAt, mayRepay ? 1 : 0, number],
}

function accountOfRow(row: Selectable<AccountTable>): BookAccount {
  return Object.freeze({
    label: row.account,
    exchange: row.exchange as BookAccount['exchange'],
    baseUrl: row.base_url,
    addedAt: Number(row.added_at),
    mayRepay: Number(row.may_repay) === 1,
  })
}

/** In the order of their labels. */
export async function readAccounts(db: Kysely<BookTables>): Promise<readonly BookAccount[]> {
  const rows = await db.selectFrom('accounts').selectAll().orderBy('account').execute()
  return rows.map(accountOfRow)
}

/** Any fixed number of our own. */
const addingLock = 0x4f564441

export async function addAccount(engine: BookEngine, account: BookAccount): Promise<void> {
  assertLabel(account.label)
  const known = await engine.write(async (transaction) => {
    // Two that add an account at once take turns, or both would take the same number. SQLite has one writer anyway.
    if (engine.kind === 'postgres') await sql`select pg_advisory_xact_lock(${addingLock})`.execute(transaction)
    const { newest } = await transaction
      .selectFrom('accounts')
      .select(({ fn }) => fn.max('number').as('newest'))
      .executeTakeFirstOrThrow()
    return engine.insertNew(transaction, accountWriter, [{ ...account, number: Number(newest ?? 0) + 1 }])
  })
  if (known.length > 0) fail('book.account-exists', { label: account.label })
}

export async function moveAccount(engine: BookEngine, label: string, baseUrl: string): Promise<void> {
  await engine.write(async (transaction) => {
    await holdAccount(engine, transaction, label)
    await transaction.updateTable('accounts').set({ base_url: baseUrl }).where('account', '=', label).execute()
  })
}

export async function removeAccount(engine: BookEngine, label: string): Promise<void> {
  await engine.write(async (transaction) => {
    const number = await holdAccount(engine, transaction, label)
    const row = await transaction.selectFrom('accounts').selectAll().where('account', '=', label).executeTakeFirstOrThrow()
    await engine.forget(transaction, accountWriter, [{ ...accountOfRow(row), number }])
    await removeSeals(transaction, label, number)
    for (const table of numberedTables) await transaction.deleteFrom(table).where('account_number', '=', number).execute()
    for (const table of tablesOfAccounts) await transaction.deleteFrom(table).where('account', '=', label).execute()
  })
}

/** A number and a label may look alike; what they stand for differs by the kind of the rows. */
async function removeSeals(transaction: Transaction<BookTables>, label: string, number: number): Promise<void> {
  for (const { kind, owner } of sealedTables) {
    if (owner !== 'account' && owner !== 'account_number') continue
    const name = owner === 'account' ? label : String(number)
    for (const table of ['seals', 'set_aside'] as const) {
      await transaction.deleteFrom(table).where('kind', '=', kind).where('owner', '=', name).execute()
    }
  }
}

/**
 * Makes sure the account is there and, until the transaction ends, that nobody else writes to it: the rollups are
 * read, added to and written back. SQLite has one writer anyway. Gives the number of the account.
 * @throws `book.account-unknown`
 */
export async function holdAccount(engine: BookEngine, transaction: Transaction<BookTables>, label: string): Promise<number> {
  const query = transaction.selectFrom('accounts').select('number').where('account', '=', label)
  const row = await (engine.kind === 'postgres' ? query.forUpdate() : query).executeTakeFirst()
  return row === undefined ? failUnknown(transaction, label) : Number(row.number)
}

/** @throws `book.account-unknown` */
export async function accountNumber(db: Kysely<BookTables>, label: string): Promise<number> {
  const row = await db.selectFrom('accounts').select('number').where('account', '=', label).executeTakeFirst()
  return row === undefined ? failUnknown(db, label) : Number(row.number)
}

/** The labels asked for, or every one there is, sorted. @throws `book.account-unknown` */
export async function accountLabels(db: Kysely<BookTables>, asked: readonly string[] | undefined): Promise<readonly string[]> {
  const known = (await db.selectFrom('accounts').select('account').orderBy('account').execute()).map(({ account }) => account)
  if (asked === undefined) return known
  const unknown = asked.find((label) => !known.includes(label))
  if (unknown !== undefined) fail('book.account-unknown', { label: unknown, known })
  return known.filter((label) => asked.includes(label))
}

async function failUnknown(db: Kysely<BookTables>, label: string): Promise<never> {
  const known = (await readAccounts(db)).map((account) => account.label)
  return fail('book.account-unknown', { label, known })
}
