import { chmodSync, closeSync, openSync, statSync } from 'node:fs'
import { Kysely, type Transaction } from 'kysely'
import { fail } from '../../errors/overdraft-error.ts'
import { type DatabaseSync, openDatabase, type StatementSync } from '../../sqlite/database.ts'
import { asStorageError } from '../../sqlite/storage-error.ts'
import type { BookTables } from '../tables/tables.ts'
import type { BookEngine, TableWriter } from './engine.ts'
import { SqliteDialect } from './sqlite-dialect.ts'
import { compileForOneRow, insertNewQuery, putQuery } from './writer-query.ts'

/** "OVDR": marks the file as a book of ours, so that no other program's database is ever written to. */
const applicationId = 0x4f564452

/** Another process's transaction is short; longer than this it is not one of ours, or it is stuck. */
const busyTimeoutMs = 10_000

/** Files up to this size are checked page by page when opened; larger ones would make every command wait. */
const checkedBytesMax = 64 * 2 ** 20

/** Opens or creates the file with mode 0600. @throws `storage.*` */
export function openSqliteEngine(path: string): BookEngine {
  try {
    keepPrivate(path)
    const database = openDatabase(path, { busyTimeoutMs })
    try {
      assertOurs(database, path)
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
  closeSync(openSync(path, 'a', 0o600))
  if ((statSync(path).mode & 0o077) !== 0) chmodSync(path, 0o600)
}

function assertOurs(database: DatabaseSync, path: string): void {
  const found = Number(firstValue(database, 'PRAGMA application_id'))
  if (found === applicationId) {
    assertSound(database, path)
    return
  }
  const tables = Number(firstValue(database, 'SELECT count(*) FROM sqlite_master'))
  if (found !== 0 || tables !== 0) fail('storage.damaged', { path, reason: 'it is a database of another program' })
  database.exec(`PRAGMA application_id = ${applicationId}`)
}

function assertSound(database: DatabaseSync, path: string): void {
  if (path !== ':memory:' && statSync(path).size > checkedBytesMax) return
  const found = String(firstValue(database, 'PRAGMA quick_check(1)'))
  if (found !== 'ok') fail('storage.damaged', { path, reason: found })
}

function firstValue(database: DatabaseSync, sql: string): unknown {
  return Object.values(database.prepare(sql).get() ?? {})[0]
}

class SqliteEngine implements BookEngine {
  readonly kind = 'sqlite'
  readonly db: Kysely<BookTables>
  readonly #database: DatabaseSync
  readonly #path: string
  readonly #inserts = new Map<TableWriter<never>, StatementSync>()
  readonly #puts = new Map<TableWriter<never>, StatementSync>()

  constructor(database: DatabaseSync, path: string) {
    this.#database = database
    this.#path = path
    this.db = new Kysely<BookTables>({ dialect: new SqliteDialect(database, path) })
  }

  write<Result>(work: (transaction: Transaction<BookTables>) => Promise<Result>): Promise<Result> {
    return this.db.transaction().execute(work)
  }

  // A loop over one prepared statement is as fast as many rows in one statement here, and tells row by row what was known.
  async insertNew<Item>(
    _transaction: Transaction<BookTables>,
    writer: TableWriter<Item>,
    items: readonly Item[],
  ): Promise<readonly number[]> {
    const statement = this.#prepared(this.#inserts, writer, insertNewQuery)
    const known: number[] = []
    try {
      for (const [position, item] of items.entries()) {
        if (statement.run(...writer.values(item)).changes === 0) known.push(position)
      }
    } catch (error) {
      throw asStorageError(this.#path, error)
    }
    return known
  }

  async put<Item>(_transaction: Transaction<BookTables>, writer: TableWriter<Item>, items: readonly Item[]): Promise<void> {
    const statement = this.#prepared(this.#puts, writer, putQuery)
    try {
      for (const item of items) statement.run(...writer.values(item))
    } catch (error) {
      throw asStorageError(this.#path, error)
    }
  }

  async close(): Promise<void> {
    await this.db.destroy()
  }

  #prepared<Item>(
    statements: Map<TableWriter<never>, StatementSync>,
    writer: TableWriter<Item>,
    build: typeof insertNewQuery | typeof putQuery,
  ): StatementSync {
    const known = statements.get(writer)
    if (known !== undefined) return known
    const statement = this.#database.prepare(compileForOneRow(this.db, writer, build).sql)
    statements.set(writer, statement)
    return statement
  }
}
