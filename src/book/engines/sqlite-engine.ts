import { chmodSync, statSync } from 'node:fs'
import { Kysely, type Transaction } from 'kysely'
import { fail } from '../../errors/overdraft-error.ts'
import { type DatabaseSync, openDatabase, type StatementSync } from '../../sqlite/database.ts'
import { createOwnerOnly } from '../../sqlite/owner-only.ts'
import { asStorageError } from '../../sqlite/storage-error.ts'
import type { BookTables } from '../tables/tables.ts'
import type { BookEngine, ColumnValue, RowSink, TableWriter } from './engine.ts'
import { changedNames } from './schema-names.ts'
import { SqliteDialect } from './sqlite-dialect.ts'
import { accumulateQuery, compileForRows, insertNewQuery, putQuery, type WriterQuery } from './writer-query.ts'

/** "OVDR": marks the file as a book of ours, so that no other program's database is ever written to. */
const applicationId = 0x4f564452

/** Another process's transaction is short; longer than this it is not one of ours, or it is stuck. */
const busyTimeoutMs = 10_000

/** Files up to this size are checked page by page when opened; larger ones would make every command wait. */
const checkedBytesMax = 64 * 2 ** 20
/** Up to this size every index is held against its table as well. */
const indexesCheckedBytesMax = 16 * 2 ** 20

/** Opens or creates the file with mode 0600. @throws `storage.*` */
export function openSqliteEngine(path: string, even?: 'damaged'): BookEngine {
  try {
    keepPrivate(path)
    const database = openDatabase(path, { busyTimeoutMs })
    try {
      assertOurs(database, path, even)
    } catch (error) {
      database.close()
      throw error
    }
    return new SqliteEngine(database, path)
  } catch (error) {
    throw asStorageError(path, error)
  }
}

/** Only the owner reads what is owed; SQLite gives its side files the mode of the main one. */
function keepPrivate(path: string): void {
  if (path === ':memory:') return
  createOwnerOnly(path)
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600)
}

function assertOurs(database: DatabaseSync, path: string, even: 'damaged' | undefined): void {
  // Tables first: another process that is just beginning the same book marks it before it makes them.
  const tables = Number(firstValue(database, 'SELECT count(*) FROM sqlite_master'))
  const found = Number(firstValue(database, 'PRAGMA application_id'))
  if (found === applicationId) {
    if (even !== 'damaged') assertSound(database, path)
    return
  }
  if (found !== 0 || tables !== 0) fail('storage.damaged', { path, reason: 'it is a database of another program' })
  database.exec(`PRAGMA application_id = ${applicationId}`)
}

function assertSound(database: DatabaseSync, path: string): void {
  const changed = firstValue(database, changedNames)
  if (changed !== undefined) fail('storage.damaged', { path, reason: String(changed) })
  const bytes = path === ':memory:' ? 0 : statSync(path).size
  if (bytes > checkedBytesMax) return
  const check = bytes > indexesCheckedBytesMax ? 'quick_check' : 'integrity_check'
  const found = String(firstValue(database, `PRAGMA ${check}(1)`))
  if (found !== 'ok') fail('storage.damaged', { path, reason: found })
}

function firstValue(database: DatabaseSync, sql: string): unknown {
  return Object.values(database.prepare(sql).get() ?? {})[0]
}

/** Binding a row costs about as much as inserting it, and most of that once per statement; an exchange's page is 100 rows. */
const rowsPerStatement = 50

/** How many rows are taken back and tried one by one when any of them was there already. */
const rowsPerAttempt = 500

class SqliteEngine implements BookEngine {
  readonly kind = 'sqlite'
  readonly db: Kysely<BookTables>
  readonly #database: DatabaseSync
  readonly #path: string
  readonly #inserts = new Map<TableWriter<never>, Statements>()
  readonly #puts = new Map<TableWriter<never>, Statements>()
  readonly #sums = new Map<TableWriter<never>, Statements>()

  constructor(database: DatabaseSync, path: string) {
    this.#database = database
    this.#path = path
    this.db = new Kysely<BookTables>({ dialect: new SqliteDialect(database, path) })
  }

  write<Result>(work: (transaction: Transaction<BookTables>) => Promise<Result>): Promise<Result> {
    return this.db.transaction().execute(work)
  }

  async insertNew<Item>(
    _transaction: Transaction<BookTables>,
    writer: TableWriter<Item>,
    items: readonly Item[],
    sink?: RowSink | undefined,
  ): Promise<readonly number[]> {
    const statements = this.#prepared(this.#inserts, writer, insertNewQuery)
    const known: number[] = []
    try {
      for (let from = 0; from < items.length; from += rowsPerAttempt) {
        const attempted = items.slice(from, from + rowsPerAttempt)
        if (this.#insertIfAllNew(statements, writer, attempted, sink)) continue
        for (const [position, item] of attempted.entries()) {
          const values = writer.values(item)
          if (statements.one.run(...values).changes === 0) known.push(from + position)
          else sink?.add(values, 1)
        }
      }
    } catch (error) {
      throw asStorageError(this.#path, error)
    }
    return known
  }

  async put<Item>(
    _transaction: Transaction<BookTables>,
    writer: TableWriter<Item>,
    items: readonly Item[],
    _replaced?: readonly Item[],
    sink?: RowSink | undefined,
  ): Promise<void> {
    try {
      runAll(this.#prepared(this.#puts, writer, putQuery), writer, items, sink)
    } catch (error) {
      throw asStorageError(this.#path, error)
    }
  }

  async forget(): Promise<void> {}

  async settle(): Promise<void> {}

  readonly accumulate = async <Item>(
    _transaction: Transaction<BookTables>,
    writer: TableWriter<Item>,
    items: readonly Item[],
  ): Promise<void> => {
    try {
      runAll(this.#prepared(this.#sums, writer, accumulateQuery), writer, items)
    } catch (error) {
      throw asStorageError(this.#path, error)
    }
  }

  async close(): Promise<void> {
    await this.db.destroy()
  }

  /** Many rows in one statement do not tell which of them were known, so one that was undoes them all. */
  #insertIfAllNew<Item>(statements: Statements, writer: TableWriter<Item>, items: readonly Item[], sink: RowSink | undefined): boolean {
    if (items.length < rowsPerStatement) return false
    this.#database.exec('SAVEPOINT attempt')
    const areNew = runAll(statements, writer, items, sink) === items.length
    if (!areNew) {
      this.#database.exec('ROLLBACK TO attempt')
      // Seldom: most pages are all new. What was heard of them is taken back.
      if (sink !== undefined) for (const item of items) sink.add(writer.values(item), -1)
    }
    this.#database.exec('RELEASE attempt')
    return areNew
  }

  #prepared<Item>(known: Map<TableWriter<never>, Statements>, writer: TableWriter<Item>, build: WriterQuery): Statements {
    const before = known.get(writer)
    if (before !== undefined) return before
    const prepare = (rows: number) => this.#database.prepare(compileForRows(this.db, writer, build, rows).sql)
    const statements = { one: prepare(1), many: prepare(rowsPerStatement) }
    known.set(writer, statements)
    return statements
  }
}

/** One insert, prepared for a single row and for `rowsPerStatement` of them. */
interface Statements {
  readonly one: StatementSync
  readonly many: StatementSync
}

/** Writes every item; gives how many rows that changed. */
function runAll<Item>({ one, many }: Statements, writer: TableWriter<Item>, items: readonly Item[], sink?: RowSink | undefined): number {
  const width = writer.columns.length
  // Filled again for each statement: a new array that grows by rows costs a tenth of the whole.
  const values = new Array<ColumnValue>(items.length < rowsPerStatement ? 0 : rowsPerStatement * width)
  let changes = 0
  let from = 0
  for (; from + rowsPerStatement <= items.length; from += rowsPerStatement) {
    for (let index = 0; index < rowsPerStatement; index++) {
      const row = writer.values(items[from + index] as Item)
      sink?.add(row, 1)
      for (let column = 0; column < width; column++) values[index * width + column] = row[column] as ColumnValue
    }
    changes += Number(many.run(...values).changes)
  }
  for (const item of items.slice(from)) {
    const row = writer.values(item)
    sink?.add(row, 1)
    changes += Number(one.run(...row).changes)
  }
  return changes
}
