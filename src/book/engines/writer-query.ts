import { type CompiledQuery, type InsertQueryBuilder, type InsertResult, type Kysely, sql } from 'kysely'
import type { BookTables } from '../tables/tables.ts'
import type { ColumnValue, TableWriter } from './engine.ts'

type AnyTables = Record<string, Record<string, ColumnValue>>
type AnyInsert = InsertQueryBuilder<AnyTables, string, InsertResult>

/** An insert of `rows` into a table known only at run time. */
function insertInto<Item>(db: Kysely<BookTables>, writer: TableWriter<Item>, rows: readonly (readonly ColumnValue[])[]): AnyInsert {
  const { table, columns } = writer
  const tables = db as unknown as Kysely<AnyTables>
  return tables
    .insertInto(table)
    .values(rows.map((row) => Object.fromEntries(columns.map((column, index) => [column, row[index] ?? null]))))
}

/** Inserts the rows whose key is not there yet. */
export function insertNewQuery<Item>(
  db: Kysely<BookTables>,
  writer: TableWriter<Item>,
  rows: readonly (readonly ColumnValue[])[],
): AnyInsert {
  return insertInto(db, writer, rows).onConflict((conflict) => conflict.doNothing())
}

/** Inserts the rows, or replaces what stands under their key. */
export function putQuery<Item>(db: Kysely<BookTables>, writer: TableWriter<Item>, rows: readonly (readonly ColumnValue[])[]): AnyInsert {
  const key = writer.columns.slice(0, writer.keyLength)
  const replaced = Object.fromEntries(writer.columns.slice(writer.keyLength).map((column) => [column, sql.ref(`excluded.${column}`)]))
  return insertInto(db, writer, rows).onConflict((conflict) => conflict.columns(key).doUpdateSet(replaced as never))
}

/** Inserts sums, or adds them to what stands under their key: the first as it is, each other modulo 2^32. */
export function accumulateQuery<Item>(
  db: Kysely<BookTables>,
  writer: TableWriter<Item>,
  rows: readonly (readonly ColumnValue[])[],
): AnyInsert {
  const { table, columns, keyLength } = writer
  const added = columns.slice(keyLength).map((column, place) => {
    const sum = `${table}.${column} + excluded.${column}`
    return [column, sql.raw(place === 0 ? sum : `(${sum}) & 4294967295`)]
  })
  const key = columns.slice(0, keyLength)
  return insertInto(db, writer, rows).onConflict((conflict) => conflict.columns(key).doUpdateSet(Object.fromEntries(added) as never))
}

/** One of the inserts of this file, or one made from it. */
export type WriterQuery = <Item>(
  db: Kysely<BookTables>,
  writer: TableWriter<Item>,
  rows: readonly (readonly ColumnValue[])[],
) => { compile(): CompiledQuery }

/** The same insert for a number of rows, as text to prepare once. */
export function compileForRows<Item>(db: Kysely<BookTables>, writer: TableWriter<Item>, build: WriterQuery, rows: number): CompiledQuery {
  const unbound = writer.columns.map(() => null)
  return build(
    db,
    writer,
    Array.from({ length: rows }, () => unbound),
  ).compile()
}
