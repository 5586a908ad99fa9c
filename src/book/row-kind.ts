import type { Transaction } from 'kysely'
import type { Field } from './differences.ts'
import type { BookEngine } from './engines/engine.ts'
import type { OrderedKind } from './ordered-rows.ts'
import { parted } from './parted.ts'
import { type RowPage, readRows } from './read-rows.ts'
import type { Stream } from './record.ts'
import type { RowTable } from './tables/row-table.ts'
import type { BookTables } from './tables/tables.ts'

/** What every row of a stream has. */
export interface KeptRow {
  readonly account: string
  readonly receivedAt: number
}

/** How the rows of one kind of history are kept, named and compared. */
export interface RowKind<Row extends KeptRow> extends OrderedKind<Row> {
  /** What one is called. */
  readonly noun: string
  /** The same for two rows of an account only where one is the other come again. */
  keyOf(row: Row): string
  /** The key in words, without what is empty. */
  nameOf(row: Row): readonly string[]
  streamOf(row: Row): Stream
  /** What the rows of a stream have in common, or `undefined` where they are not of this kind. */
  commonOf(stream: Stream): RowPage<Row>['equal'] | undefined
  /** What may not change, as it is compared with another telling of the same row. */
  fieldsOf(row: Row, other: Row): readonly Field[]
  /** Adds what is new, with whatever is kept beside it. */
  insert(
    engine: BookEngine,
    transaction: Transaction<BookTables>,
    account: string,
    rows: readonly Row[],
  ): Promise<{ readonly added: readonly Row[]; readonly again: readonly Row[] }>
}

/** What a kind takes from its table where nothing is kept beside the rows. */
export function keptInTable<Row extends KeptRow>(table: RowTable<Row>): Pick<RowKind<Row>, 'keyOf' | 'insert' | 'read'> {
  return {
    keyOf: (row) => JSON.stringify(table.placeOf(row)),
    insert: async (engine, transaction, _account, rows) => parted(rows, await engine.insertNew(transaction, table.writer, rows)),
    read: (db, account, page) => readRows(db, table, account, page),
  }
}
