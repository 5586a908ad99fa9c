import type { Kysely } from 'kysely'
import type { Interval } from '../../time/interval.ts'
import type { BookEngine, ColumnValue } from '../engines/engine.ts'
import type { BookTables } from '../tables/tables.ts'
import { ofSpan, readGroups } from './read-groups.ts'
import { sealWriter } from './seal.ts'
import { periodOf, type SealedTable, sealedTables } from './sealed-tables.ts'

type Database = Pick<BookEngine, 'kind' | 'db'>
type AnyTables = Record<string, Record<string, ColumnValue>>

/** Seals rows as they stand: one pass over all of them, a group at a time in memory. */
export async function sealAll(database: Database): Promise<void> {
  for (const sealed of sealedTables) {
    for (const owner of await ownersOf(database.db, sealed)) await sealOwner(database, sealed, owner)
  }
}

/** Seals one owner's rows of one table as they stand, in place of whatever seals there were. */
export async function sealOwner(database: Database, sealed: SealedTable, owner: string): Promise<void> {
  const { db } = database
  await db.deleteFrom('seals').where('kind', '=', sealed.kind).where('owner', '=', owner).execute()
  for await (const span of groupSpans(db, sealed, owner)) {
    const { damaged } = await readGroups(database, sealed, { owner, ...span })
    for (const { period, found } of damaged) {
      const values = sealWriter.values({ kind: sealed.kind, owner, period, ...found })
      const row = Object.fromEntries(sealWriter.columns.map((column, place) => [column, values[place] ?? null]))
      await db
        .insertInto('seals')
        .values(row as never)
        .execute()
    }
  }
}

/** Whoever has rows in a table, or a seal of any. */
export async function ownersOf(db: Kysely<BookTables>, { table, owner, kind }: SealedTable): Promise<readonly string[]> {
  if (owner === undefined) return ['']
  const seals = await db.selectFrom('seals').select('owner').distinct().where('kind', '=', kind).execute()
  const rows = await (db as unknown as Kysely<AnyTables>).selectFrom(table).select(owner).distinct().execute()
  return [...new Set([...seals.map((seal) => seal.owner), ...rows.map((row) => String(row[owner]))])].sort()
}

/**
 * The numbers of all groups that have rows or a seal within a span, one at a time. It steps from one to the next: an instant
 * that was damaged may lie millions of years away.
 */
export async function* groupSpans(
  db: Kysely<BookTables>,
  sealed: SealedTable,
  owner: string,
  within: Interval = wholeTime,
): AsyncGenerator<Interval> {
  const { grouped, kind } = sealed
  if (grouped === undefined) {
    yield { from: 0, to: 1 }
    return
  }
  for (let from = within.from; from < within.to; ) {
    const [row] = await ofSpan(db, sealed, { owner, from, to: within.to })
      .select(({ fn }) => fn.min(grouped.column).as('first'))
      .execute()
    const seal = await db
      .selectFrom('seals')
      .select(({ fn }) => fn.min('period').as('first'))
      .where('kind', '=', kind)
      .where('owner', '=', owner)
      .where('period', '>=', from)
      .where('period', '<', within.to)
      .executeTakeFirst()
    const next = Math.min(
      isNone(row?.['first']) ? within.to : periodOf(sealed, Number(row?.['first'])),
      isNone(seal?.first) ? within.to : Number(seal?.first),
    )
    if (next >= within.to) return
    // Where the order of a damaged tree tells an earlier one again, it goes on all the same.
    const period = Math.max(next, from)
    yield { from: period, to: period + 1 }
    from = period + 1
  }
}

/** So that its ends, as values of the column, are whole numbers that both databases take. */
const wholeTime: Interval = { from: -5_000_000, to: 5_000_000 }

function isNone(value: unknown): value is null | undefined {
  return value === null || value === undefined
}
