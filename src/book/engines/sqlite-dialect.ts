import { setTimeout } from 'node:timers/promises'
import {
  CompiledQuery,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  type Kysely,
  type QueryResult,
  SqliteAdapter,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely'
import { isOverdraftError, overdraftError } from '../../errors/overdraft-error.ts'
import type { DatabaseSync, StatementSync } from '../../sqlite/database.ts'
import { asStorageError } from '../../sqlite/storage-error.ts'

const statementsMax = 200

/** Ten seconds: another process's transaction is short; one that takes longer is stuck. */
const lockAttemptsMax = 500
const lockPauseMs = 20

/** The node:sqlite API as kysely asks for it: one connection, lent to one caller at a time. */
export class SqliteDialect implements Dialect {
  readonly #database: DatabaseSync
  readonly #path: string

  constructor(database: DatabaseSync, path: string) {
    this.#database = database
    this.#path = path
  }

  createDriver(): Driver {
    return new SqliteDriver(this.#database, this.#path)
  }

  createQueryCompiler(): SqliteQueryCompiler {
    return new SqliteQueryCompiler()
  }

  createAdapter(): SqliteAdapter {
    return new SqliteAdapter()
  }

  createIntrospector(db: Kysely<unknown>): SqliteIntrospector {
    return new SqliteIntrospector(db)
  }
}

class SqliteDriver implements Driver {
  readonly #connection: SqliteConnection
  readonly #database: DatabaseSync
  #lent: Promise<void> = Promise.resolve()
  #giveBack: () => void = () => undefined

  constructor(database: DatabaseSync, path: string) {
    this.#database = database
    this.#connection = new SqliteConnection(database, path)
  }

  async init(): Promise<void> {}

  async acquireConnection(): Promise<DatabaseConnection> {
    const before = this.#lent
    let giveBack: () => void = () => undefined
    this.#lent = new Promise((resolve) => {
      giveBack = resolve
    })
    await before
    this.#giveBack = giveBack
    return this.#connection
  }

  async releaseConnection(): Promise<void> {
    this.#giveBack()
  }

  /** The write lock is taken at once, so that what a transaction reads cannot change before it writes. */
  async beginTransaction(connection: DatabaseConnection): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        this.#database.exec('PRAGMA busy_timeout = 0')
        await connection.executeQuery(CompiledQuery.raw('begin immediate'))
        return
      } catch (error) {
        if (attempt === lockAttemptsMax || !isOverdraftError(error, 'storage.locked')) throw error
      } finally {
        this.#database.exec(`PRAGMA busy_timeout = ${lockAttemptsMax * lockPauseMs}`)
      }
      // SQLite's own waiting would stop this whole process, and with it whoever in it holds the lock.
      await setTimeout(lockPauseMs)
    }
  }

  async commitTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('commit'))
  }

  async rollbackTransaction(connection: DatabaseConnection): Promise<void> {
    // A full disk may have ended the transaction already; then there is nothing to roll back.
    if (this.#database.isTransaction !== false) await connection.executeQuery(CompiledQuery.raw('rollback'))
  }

  async destroy(): Promise<void> {
    // A transaction under way is ended first: what it was told to write is written.
    await this.#lent
    try {
      // Where statements outlive the connection SQLite does not do this by itself, and the book would stay in its side file.
      this.#database.exec('PRAGMA wal_checkpoint(PASSIVE)')
    } catch {
      // The side file is as durable; the next opening reads it.
    } finally {
      this.#database.close()
    }
  }
}

class SqliteConnection implements DatabaseConnection {
  readonly #database: DatabaseSync
  readonly #path: string
  readonly #statements = new Map<string, StatementSync>()

  constructor(database: DatabaseSync, path: string) {
    this.#database = database
    this.#path = path
  }

  async executeQuery<Row>(query: CompiledQuery): Promise<QueryResult<Row>> {
    try {
      const statement = this.#prepared(query.sql)
      const parameters = query.parameters as never[]
      if (givesRows(query)) return { rows: statement.all(...parameters) as Row[] }
      const { changes } = statement.run(...parameters)
      return { rows: [], numAffectedRows: BigInt(changes) }
    } catch (error) {
      throw asBookError(this.#path, error)
    }
  }

  // biome-ignore lint/correctness/useYield: kysely asks for the method; the book pages instead of streaming.
  async *streamQuery<Row>(): AsyncIterableIterator<QueryResult<Row>> {
    throw new Error('the book reads pages, not streams')
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql)
    if (known !== undefined) return known
    const statement = this.#database.prepare(sql)
    statement.setReadBigInts(true)
    const oldest = this.#statements.keys().next().value
    if (this.#statements.size >= statementsMax && oldest !== undefined) this.#statements.delete(oldest)
    this.#statements.set(sql, statement)
    return statement
  }
}

/** The schema is ours: what SQLite misses of it, or cannot read, is damage. */
function asBookError(path: string, error: unknown): unknown {
  const known = asStorageError(path, error)
  if (isOverdraftError(known) || !(error instanceof Error)) return known
  return schemaRe.test(error.message) ? overdraftError('storage.damaged', { path, reason: error.message }, error) : known
}

const schemaRe =
  /no such (?:table|column|index|collation|function)|has no column|unsupported file format|corrupt|unrecognized token|syntax error/i

const readingRe = /^\s*(select|pragma|with)\b/i

function givesRows({ query, sql }: CompiledQuery): boolean {
  if (query.kind === 'SelectQueryNode') return true
  if (query.kind === 'RawNode') return readingRe.test(sql)
  return 'returning' in query && query.returning !== undefined
}
