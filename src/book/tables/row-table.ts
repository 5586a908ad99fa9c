import type { Decimal } from '../../decimal/decimal.ts'
import type { ColumnValue, TableWriter } from '../engines/engine.ts'
import { mantissaColumn, optionalDecimalOfColumns } from './decimal-columns.ts'
import type { BookTables } from './tables.ts'

/** A row as the database gives it. */
export type FoundRow = Readonly<Record<string, ColumnValue>>

/** How one field of a record stands in the columns of a table. What is absent is NULL there, and absent again when read. */
interface FieldColumns<Value> {
  readonly columns: readonly string[]
  write(value: Value): readonly ColumnValue[]
  read(row: FoundRow): Value | undefined
}

export function textField<Value extends string>(column: string): FieldColumns<Value> {
  return { columns: [column], write: (value) => [value], read: (row) => (row[column] ?? undefined) as Value | undefined }
}

/** A whole number within 2^53. */
export function wholeField(column: string): FieldColumns<number> {
  return {
    columns: [column],
    write: (value) => [value],
    read: (row) => {
      const value = row[column] ?? undefined
      return value === undefined ? undefined : Number(value)
    },
  }
}

export function decimalField(column: string): FieldColumns<Decimal> {
  const mantissa = `${column}_mantissa`
  const scale = `${column}_scale`
  return {
    columns: [mantissa, scale],
    write: (value) => [mantissaColumn(value), value.scale],
    read: (row) => optionalDecimalOfColumns(row[mantissa] ?? null, row[scale] ?? null) ?? undefined,
  }
}

export type Fields<Row> = { readonly [Name in keyof Row]-?: FieldColumns<NonNullable<Row[Name]>> }

/** A table of plain records: how they are written, read back and put in order. */
export interface RowTable<Row> {
  readonly writer: TableWriter<Row>
  readonly timeColumn: string
  /** The key without the account, time first. */
  readonly order: readonly string[]
  /** The row's values of `order`. */
  placeOf(row: Row): readonly ColumnValue[]
  rowOf(found: FoundRow): Row
}

/**
 * A table whose columns are stated once, for writing and for reading.
 * @param fields in the order of the columns, the key first
 * @param keyLength number of columns of the primary key
 * @param time the field that rows are ordered by; part of the key
 */
export function rowTable<Row extends object>(
  table: keyof BookTables,
  fields: Fields<Row>,
  keyLength: number,
  time: keyof Row,
): RowTable<Row> {
  const entries = Object.entries(fields) as [keyof Row & string, FieldColumns<unknown>][]
  const columns = entries.flatMap(([, field]) => field.columns)
  const [timeColumn = ''] = fields[time].columns
  const key = columns.slice(0, keyLength)
  const order = [timeColumn, ...key.filter((column) => column !== 'account' && column !== timeColumn)]
  const places = order.map((column) => columns.indexOf(column))
  const values = (row: Row) =>
    entries.flatMap(([name, field]) => (row[name] === undefined ? field.columns.map(() => null) : field.write(row[name])))
  return {
    writer: { table, columns, keyLength, values },
    timeColumn,
    order,
    placeOf: (row) => {
      const all = values(row)
      return places.map((place) => all[place] ?? null)
    },
    rowOf: (found) => {
      const read = entries.map(([name, field]) => [name, field.read(found)] as const).filter(([, value]) => value !== undefined)
      return Object.freeze(Object.fromEntries(read)) as Row
    },
  }
}
