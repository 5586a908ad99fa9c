import { sql } from 'kysely'
import type { Clock } from '../time/clock.ts'
import type { Book } from './book-interface.ts'
import type { BookEngine } from './engines/engine.ts'
import { openPostgresEngine } from './engines/postgres-engine.ts'
import { printableServer } from './engines/postgres-error.ts'
import { openSqliteEngine } from './engines/sqlite-engine.ts'
import { migrate } from './migrations/migrate.ts'
import { sealedEngine } from './seals/sealed-engine.ts'
import { storedBook } from './stored-book.ts'

/** A file (`:memory:` keeps it in memory), or a PostgreSQL database, in a schema of its own if wished. */
export type BookTarget =
  | { readonly kind: 'sqlite'; readonly path: string }
  | { readonly kind: 'postgres'; readonly url: string; readonly schema?: string }

export interface OpenOptions {
  readonly clock: Clock
  /** `damaged` opens a file whose pages SQLite finds wrong as well, to check or repair it. */
  readonly even?: 'damaged' | undefined
}

/**
 * Opens the book, creating it when it is not there, and brings its schema up to date. The folder of a file must exist.
 *
 * @example const book = await openBook({ kind: 'sqlite', path: 'book.db' }, { clock: systemClock })
 * @throws `storage.damaged`, `storage.newer`, `storage.unwritable`, `storage.locked`, `storage.full`,
 *   `book.address-malformed`, `book.server-unreachable`
 */
export async function openBook(target: BookTarget, options: OpenOptions): Promise<Book> {
  const engine = target.kind === 'sqlite' ? openSqliteEngine(target.path, options.even) : openPostgresEngine(target.url, target.schema)
  try {
    if (target.kind === 'postgres' && target.schema !== undefined) await createSchema(engine, target.schema)
    const name = target.kind === 'sqlite' ? target.path : printableServer(target.url)
    await migrate(engine, name, options.clock.now())
    return storedBook(sealedEngine(engine), name)
  } catch (error) {
    await engine.close()
    throw error
  }
}

async function createSchema(engine: BookEngine, schema: string): Promise<void> {
  await sql`create schema if not exists ${sql.id(schema)}`.execute(engine.db)
}
