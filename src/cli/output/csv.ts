import type { Cell, Sheet } from './sheet.ts'

const needsQuotesRe = /[",\r\n]/
const looksLikeFormulaRe = /^[=+@\t\r]|^-(?![\d.])/

/** RFC 4180 with line feeds: a heading, then a line for each row; null is empty. */
export function printCsv<Row>({ columns, rows }: Sheet<Row>): string {
  const lines = [columns.map((column) => field(column.field)), ...rows.map((row) => columns.map((column) => field(column.value(row))))]
  return lines.map((line) => `${line.join(',')}\n`).join('')
}

function field(cell: Cell): string {
  const text = cell === null ? '' : String(cell)
  // A spreadsheet would run text from outside that begins like a formula.
  const safe = looksLikeFormulaRe.test(text) ? `'${text}` : text
  return needsQuotesRe.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
