import type { Kysely } from 'kysely'
import { sealAll } from '../seals/seal-all.ts'
import type { BookTables } from '../tables/tables.ts'
import { createTable } from './column-types.ts'
import type { Migration } from './migration.ts'

/**
 * What each group of rows adds up to. Rows that are there already are sealed as they stand: what was damaged before cannot be
 * told from what was written.
 */
export const fourthSchema: Migration = {
  number: 4,
  name: 'seals',
  async apply(db, engine) {
    await createTable(
      db,
      engine,
      'seals',
      { kind: 'whole', owner: 'text', period: 'whole' },
      { row_count: 'whole', low: 'whole', high: 'whole', aside: 'whole' },
    )
    await createTable(db, engine, 'set_aside', { kind: 'whole', owner: 'text', period: 'whole', set_at: 'instant' }, { row_text: 'text' })
    await sealAll({ kind: engine, db: db as unknown as Kysely<BookTables> })
  },
}
