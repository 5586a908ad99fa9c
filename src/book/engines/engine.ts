import type { Kysely, Transaction } from 'kysely'
import type { BookTables } from '../tables/tables.ts'

export type ColumnValue = string | number | bigint | null

/** How things of one kind are written to their table: the columns, and each thing's values in that order. */
export interface TableWriter<Item> {
  readonly table: keyof BookTables
  readonly columns: readonly string[]
  /** The primary key, in the order of `columns`; it stands first there. */
  readonly keyLength: number
  values(item: Item): readonly ColumnValue[]
}

/** Hears the values of rows that are written. */
export interface RowSink {
  /** @param direction 1 for a row that came, -1 for one that went */
  add(values: readonly ColumnValue[], direction: 1 | -1): void
}

/** One of the two databases a book can live in. Queries are kysely's; only what must be fast or differs is here. */
export interface BookEngine {
  readonly kind: 'sqlite' | 'postgres'
  readonly db: Kysely<BookTables>
  /** Runs `work` in one writing transaction, which other writers wait for; what it throws rolls everything back. */
  write<Result>(work: (transaction: Transaction<BookTables>) => Promise<Result>): Promise<Result>
  /** Inserts what is not there yet and gives the positions of the items that were there already, ascending. Only inside `write`. */
  insertNew<Item>(
    transaction: Transaction<BookTables>,
    writer: TableWriter<Item>,
    items: readonly Item[],
    sink?: RowSink | undefined,
  ): Promise<readonly number[]>
  /**
   * Inserts rows, or replaces those with the same key. No key may come twice. Only inside `write`.
   * @param replaced the rows that stood under these keys, as they were read: the seals lose them
   */
  put<Item>(
    transaction: Transaction<BookTables>,
    writer: TableWriter<Item>,
    items: readonly Item[],
    replaced?: readonly Item[],
    sink?: RowSink | undefined,
  ): Promise<void>
  /** Takes rows that are deleted in the same transaction out of the seals. Only inside `write`. */
  forget<Item>(transaction: Transaction<BookTables>, writer: TableWriter<Item>, items: readonly Item[]): Promise<void>
  /** Brings the seals up to date before the transaction ends, so that its own rows can be made sure of. Only inside `write`. */
  settle(transaction: Transaction<BookTables>): Promise<void>
  /** Inserts sums, or adds them to those under the same keys, each but the first modulo 2^32. Only inside `write`. */
  accumulate<Item>(transaction: Transaction<BookTables>, writer: TableWriter<Item>, items: readonly Item[]): Promise<void>
  close(): Promise<void>
}
