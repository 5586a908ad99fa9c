/** A value as exports carry it: decimals as exact text, instants as ISO 8601 in UTC. */
export type Cell = string | number | boolean | null

/** One column of a sheet, stated once for the table, the CSV and the JSON. */
export interface Column<Row> {
  /** The name in CSV and JSON. */
  readonly field: string
  /** The heading in the table; without it the column is only in exports. */
  readonly header?: string
  /** `decimal` puts the points under one another. */
  readonly align?: 'left' | 'right' | 'decimal'
  /** Names the row: stands again in each part of a table that is too wide for the terminal. Such columns come first. */
  readonly isKey?: true
  readonly value: (row: Row) => Cell
  /** What the table shows where it is not the value itself. */
  readonly shown?: (row: Row) => string
}

/** Rows of one kind, and how their columns are named and shown. */
export interface Sheet<Row> {
  readonly columns: readonly Column<Row>[]
  readonly rows: readonly Row[]
}

/** The rows as plain objects for JSON. */
export function sheetObjects<Row>({ columns, rows }: Sheet<Row>): readonly Readonly<Record<string, Cell>>[] {
  return rows.map((row) => Object.fromEntries(columns.map((column) => [column.field, column.value(row)])))
}
