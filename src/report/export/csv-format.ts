import { csvField } from './csv-field.ts'
import type { TextFormat } from './export-format.ts'
import { type ExportRow, endRow, gapRows } from './export-table.ts'
import { cellPrinter } from './text-cells.ts'

/** RFC 4180 with line feeds: a heading, the gaps, the rows, and a last line `end`. */
export function csvFormat(): TextFormat {
  const print = cellPrinter(csvField, (text) => text, '')
  const lines = (rows: readonly ExportRow[]) => {
    let text = ''
    for (const row of rows) {
      text += print(row[0] ?? null)
      for (let place = 1; place < row.length; place++) text += `,${print(row[place] ?? null)}`
      text += '\n'
    }
    return text
  }
  return {
    head: (table) => `${table.columns.map(({ name }) => csvField(name)).join(',')}\n${lines(gapRows(table))}`,
    rows: lines,
    tail: (table) => lines([endRow(table)]),
  }
}
