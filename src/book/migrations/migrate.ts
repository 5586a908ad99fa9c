import { type Kysely, sql } from 'kysely'
import { fail } from '../../errors/overdraft-error.ts'
import type { BookEngine } from '../engines/engine.ts'
import { firstSchema } from './0001-first-schema.ts'
import { secondSchema } from './0002-witnesses.ts'
import { thirdSchema } from './0003-numbered-series.ts'
import { fourthSchema } from './0004-seals.ts'
import type { Migration } from './migration.ts'

const migrations: readonly Migration[] = [firstSchema, secondSchema, thirdSchema, fourthSchema]

/** The newest schema this Overdraft knows. */
export const knownSchema = migrations.length

interface MigrationTables {
  migrations: { number: number; name: string; applied_at: number }
}

/** Any fixed number: two processes that open a new database at once take turns. */
const lockNumber = 0x4f564452

/**
 * Brings the schema up to date in one transaction.
 * @param name the file or server, for the error text
 * @param known all of them, unless an older book is wanted
 * @throws `storage.newer`
 */
export async function migrate(engine: BookEngine, name: string, now: number, known = migrations): Promise<void> {
  await engine.write(async (transaction) => {
    const db = transaction as unknown as Kysely<MigrationTables>
    if (engine.kind === 'postgres') await sql`select pg_advisory_xact_lock(${lockNumber})`.execute(db)
    await db.schema
      .createTable('migrations')
      .ifNotExists()
      .addColumn('number', 'integer', (column) => column.primaryKey())
      .addColumn('name', 'text', (column) => column.notNull())
      .addColumn('applied_at', 'bigint', (column) => column.notNull())
      .execute()
    const { found } = await db
      .selectFrom('migrations')
      .select((query) => query.fn.max('number').as('found'))
      .executeTakeFirstOrThrow()
    const applied = Number(found ?? 0)
    if (applied > knownSchema) fail('storage.newer', { path: name, found: applied, known: knownSchema })
    for (const migration of known.filter(({ number }) => number > applied)) {
      await migration.apply(transaction as unknown as Kysely<never>, engine.kind)
      await db.insertInto('migrations').values({ number: migration.number, name: migration.name, applied_at: now }).execute()
    }
  })
}
