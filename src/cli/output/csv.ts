import { csvField } from '../../report/export/csv-field.ts'
import type { Cell, Sheet } from './sheet.ts'

/** RFC 4180 with line feeds: a heading, then a line for each row; null is empty. */
export function printCsv<Row>({ columns, rows }: Sheet<Row>): string {
  const lines = [columns.map((column) => field(column.field)), ...rows.map((row) => columns.map((column) => field(column.value(row))))]
  return lines.map((line) => `${line.join(',')}\n`).join('')
}

function field(cell: Cell): string {
  return csvField(cell === null ? '' : String(cell))
}
