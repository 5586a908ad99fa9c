import type { Kysely } from 'kysely'
import type { Interval } from '../time/interval.ts'
import type { ColumnValue } from './engines/engine.ts'
import type { FoundRow, RowTable } from './tables/row-table.ts'
import type { BookTables } from './tables/tables.ts'

/** Which rows of an account are read at once. */
export interface RowPage<Row> {
  /** Columns and what they must hold; `undefined` for whatever. */
  readonly equal?: Readonly<Record<string, string | undefined>> | undefined
  readonly within?: Interval | undefined
  /** Only rows of these instants. */
  readonly instants?: readonly number[] | undefined
  readonly newestFirst?: boolean | undefined
  readonly limit?: number | undefined
  /** Only rows beyond this one, in the direction read. */
  readonly beyond?: Row | undefined
}

type AnyTables = Record<string, Record<string, ColumnValue>>

/** One page of an account's rows, ordered by instant, then by the rest of the key. */
export async function readRows<Row>(
  db: Kysely<BookTables>,
  table: RowTable<Row>,
  account: string,
  page: RowPage<Row>,
): Promise<readonly Row[]> {
  const { equal = {}, within, instants, newestFirst = false, limit, beyond } = page
  const { timeColumn, order } = table
  const tables = db as unknown as Kysely<AnyTables>
  let query = tables.selectFrom(table.writer.table).selectAll().where('account', '=', account)
  for (const [column, value] of Object.entries(equal)) if (value !== undefined) query = query.where(column, '=', value)
  if (within !== undefined) query = query.where(timeColumn, '>=', within.from).where(timeColumn, '<', within.to)
  if (instants !== undefined) query = query.where(timeColumn, 'in', instants)
  if (beyond !== undefined) {
    const place = table.placeOf(beyond)
    // The first condition follows from the second; it is what a planner finds an index by.
    query = query
      .where(timeColumn, newestFirst ? '<=' : '>=', place[0] ?? null)
      .where(({ refTuple, tuple, eb }) =>
        eb(refTuple(...(order as [string, string])), newestFirst ? '<' : '>', tuple(...(place as [ColumnValue, ColumnValue]))),
      )
  }
  for (const column of order) query = query.orderBy(column, newestFirst ? 'desc' : 'asc')
  if (limit !== undefined) query = query.limit(limit)
  const rows = await query.execute()
  return rows.map((row) => table.rowOf(row as FoundRow))
}

const pageRows = 1_000

/** All of them, page by page. */
export async function* everyRow<Row>(read: (page: RowPage<Row>) => Promise<readonly Row[]>, asked: RowPage<Row>): AsyncGenerator<Row> {
  for (let beyond: Row | undefined; ; ) {
    const rows = await read({ ...asked, limit: pageRows, beyond })
    yield* rows
    if (rows.length < pageRows) return
    beyond = rows.at(-1)
  }
}
