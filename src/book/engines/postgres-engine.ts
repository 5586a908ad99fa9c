import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import { Pool } from 'pg'
import type { BookTables } from '../tables/tables.ts'
import type { BookEngine, ColumnValue, TableWriter } from './engine.ts'
import { asPostgresError, printableServer } from './postgres-error.ts'
import { insertNewQuery, putQuery } from './writer-query.ts'

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
  ): Promise<readonly number[]> {
    const keyColumns = writer.columns.slice(0, writer.keyLength)
    const known: number[] = []
    for (let from = 0; from < items.length; from += rowsPerStatement) {
      const rows = items.slice(from, from + rowsPerStatement).map((item) => writer.values(item))
      const inserted = await insertNewQuery(transaction, writer, rows)
        .returning(keyColumns as never)
        .execute()
      const fresh = new Set(
        inserted.map((row) => keyText(keyColumns.map((column) => (row as Record<string, ColumnValue>)[column] ?? null))),
      )
      // A key that comes twice in one chunk is inserted once: the second item finds it taken.
      rows.forEach((row, index) => {
        if (!fresh.delete(keyText(row.slice(0, writer.keyLength)))) known.push(from + index)
      })
    }
    return known
  }

  async put<Item>(transaction: Transaction<BookTables>, writer: TableWriter<Item>, items: readonly Item[]): Promise<void> {
    for (let from = 0; from < items.length; from += rowsPerStatement) {
      const rows = items.slice(from, from + rowsPerStatement).map((item) => writer.values(item))
      await putQuery(transaction, writer, rows).execute()
    }
  }

  async close(): Promise<void> {
    await this.#root.destroy()
  }
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
