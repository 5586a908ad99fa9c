import { strip } from '../../../src/decimal/arithmetic.ts'
import { type Decimal, parseDecimal, toText } from '../../../src/decimal/decimal.ts'

/** A row with every amount and instant as plain text, so that rows of different clients can be compared. */
export type ComparableRow = Readonly<Record<string, string>>

/** The value alone: `"10.00"`, `10` and `"10"` are one. Other text stays as it is. */
export function plain(value: unknown): string {
  const text = String(value)
  const parsed = parseDecimal(text)
  return parsed === undefined ? text : plainDecimal(parsed)
}

export function plainDecimal(value: Decimal): string {
  return toText(strip(value))
}

/**
 * What a client handed over, in comparable form. A number has become a JavaScript float in the client: its shortest
 * text is the wire's as long as it has at most 15 digits, which every number the venue sends here has.
 */
export function comparable(row: unknown, fields?: readonly string[]): ComparableRow {
  if (row === null || typeof row !== 'object') throw new Error(`not a row: ${JSON.stringify(row)}`)
  const entries = Object.entries(row).filter(([name]) => fields === undefined || fields.includes(name))
  return Object.fromEntries(entries.map(([name, value]) => [name, plain(value)]))
}

export function comparableRows(rows: readonly unknown[], fields?: readonly string[]): readonly ComparableRow[] {
  return rows.map((row) => comparable(row, fields))
}

/** The first of rows that must be there. */
export function first<Row>(rows: readonly Row[]): Row {
  const [row] = rows
  if (row === undefined) throw new Error('there are no rows')
  return row
}

export function listOf(value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(value)) throw new Error(`not a list: ${JSON.stringify(value)}`)
  return value
}

/** Reads again when the state has moved meanwhile, as it does when an hour or a day passes during the test. */
export async function whileNothingMoves<Value>(state: () => unknown, read: () => Promise<Value>): Promise<Value> {
  for (;;) {
    const before = JSON.stringify(state(), bigintAsText)
    const value = await read()
    if (JSON.stringify(state(), bigintAsText) === before) return value
  }
}

function bigintAsText(_name: string, value: unknown): unknown {
  return typeof value === 'bigint' ? String(value) : value
}
