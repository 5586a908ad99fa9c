import { CompiledQuery, Kysely, PostgresDialect, type Transaction } from 'kysely'
import { Pool } from 'pg'
import type { BookTables } from '../tables/tables.ts'
import type { BookEngine, ColumnValue, RowSink, TableWriter } from './engine.ts'
import { asPostgresError, printableServer } from './postgres-error.ts'
import { accumulateQuery, compileForRows, insertNewQuery, putQuery, type WriterQuery } from './writer-query.ts'

/** PostgreSQL takes at most 65,535 parameters in one statement; fewer rows than that are not slower. */
const rowsPerStatement = 500
const connectionsMax = 8

/** @throws `book.address-malformed` */
export function openPostgresEngine(url: string, schema: string | undefined): BookEngine {
  const server = printableServer(url)
  const pool = new Pool({ connectionString: url, max: connectionsMax, application_name: 'overdraft' })
  // A connection that breaks while idle is replaced by the pool; the next query tells if the server is gone.
  pool.on('error', () => undefined)
  return new PostgresEngine(pool, server, schema)
}

class PostgresEngine implements BookEngine {
  readonly kind = 'postgres'
  readonly db: Kysely<BookTables>
  readonly #root: Kysely<BookTables>
  readonly #inserts = new Map<TableWriter<never>, string>()
  readonly #puts = new Map<TableWriter<never>, string>()
  readonly #sums = new Map<TableWriter<never>, string>()

  constructor(pool: Pool, server: string, schema: string | undefined) {
    this.#root = new Kysely<BookTables>({ dialect: new PostgresDialect({ pool: errorsNamed(pool, server) }) })
    this.db = schema === undefined ? this.#root : this.#root.withSchema(schema)
  }

  write<Result>(work: (transaction: Transaction<BookTables>) => Promise<Result>): Promise<Result> {
    return this.db.transaction().execute(work)
  }

  async insertNew<Item>(
    transaction: Transaction<BookTables>,
    writer: TableWriter<Item>,
    items: readonly Item[],
    sink?: RowSink | undefined,
  ): Promise<readonly number[]> {
    const keyColumns = writer.columns.slice(0, writer.keyLength)
    const known: number[] = []
    for (let from = 0; from < items.length; from += rowsPerStatement) {
      const rows = items.slice(from, from + rowsPerStatement).map((item) => writer.values(item))
      const inserted = await transaction.executeQuery(this.#query(this.#inserts, writer, insertNewTellingKeys, rows))
      const fresh = new Set(
        inserted.rows.map((row) => keyText(keyColumns.map((column) => (row as Record<string, ColumnValue>)[column] ?? null))),
      )
      // A key that comes twice in one chunk is inserted once: the second item finds it taken.
      rows.forEach((row, index) => {
        if (fresh.delete(keyText(row.slice(0, writer.keyLength)))) sink?.add(row, 1)
        else known.push(from + index)
      })
    }
    return known
  }

  async put<Item>(
    transaction: Transaction<BookTables>,
    writer: TableWriter<Item>,
    items: readonly Item[],
    _replaced?: readonly Item[],
    sink?: RowSink | undefined,
  ): Promise<void> {
    for (let from = 0; from < items.length; from += rowsPerStatement) {
      const rows = items.slice(from, from + rowsPerStatement).map((item) => writer.values(item))
      if (sink !== undefined) for (const row of rows) sink.add(row, 1)
      await transaction.executeQuery(this.#query(this.#puts, writer, putQuery, rows))
    }
  }

  async forget(): Promise<void> {}

  async settle(): Promise<void> {}

  readonly accumulate = async <Item>(
    transaction: Transaction<BookTables>,
    writer: TableWriter<Item>,
    items: readonly Item[],
  ): Promise<void> => {
    for (let from = 0; from < items.length; from += rowsPerStatement) {
      const rows = items.slice(from, from + rowsPerStatement).map((item) => writer.values(item))
      await transaction.executeQuery(this.#query(this.#sums, writer, accumulateQuery, rows))
    }
  }

  /** Building the text of a full statement costs more than anything else here, and it is always the same. */
  #query<Item>(
    kept: Map<TableWriter<never>, string>,
    writer: TableWriter<Item>,
    build: WriterQuery,
    rows: readonly (readonly ColumnValue[])[],
  ): CompiledQuery {
    if (rows.length < rowsPerStatement) return build(this.db, writer, rows).compile()
    const sql = kept.get(writer) ?? compileForRows(this.db, writer, build, rowsPerStatement).sql
    kept.set(writer, sql)
    return CompiledQuery.raw(sql, rows.flat())
  }

  async close(): Promise<void> {
    await this.#root.destroy()
  }
}

/** As `insertNewQuery`, giving back the keys of the rows that were not there yet. */
function insertNewTellingKeys<Item>(db: Kysely<BookTables>, writer: TableWriter<Item>, rows: readonly (readonly ColumnValue[])[]) {
  return insertNewQuery(db, writer, rows).returning(writer.columns.slice(0, writer.keyLength) as never)
}

function keyText(key: readonly ColumnValue[]): string {
  return JSON.stringify(key.map(String))
}

/** The pool as kysely uses it, with the server's errors turned into ours where they are first seen. */
function errorsNamed(pool: Pool, server: string) {
  return {
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect().catch((error: unknown) => {
        throw asPostgresError(server, error)
      })
      return {
        release: () => client.release(),
        query: async (sql: string, parameters: readonly unknown[]) => {
          try {
            return await client.query(sql, parameters as unknown[])
          } catch (error) {
            throw asPostgresError(server, error)
          }
        },
      } as never
    },
  }
}
