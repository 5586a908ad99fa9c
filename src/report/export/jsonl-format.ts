import { isoInstant } from '../../time/instant.ts'
import type { TextFormat } from './export-format.ts'
import { type ExportRow, type ExportTable, endRow, gapRows } from './export-table.ts'
import { cellPrinter } from './text-cells.ts'

/** JSON Lines: one object for each gap, each row, and the end; decimals and instants as strings, so that no digit is lost. */
export function jsonlFormat({ columns }: ExportTable): TextFormat {
  const print = cellPrinter(JSON.stringify, (text) => `"${text}"`, 'null')
  const names = columns.map(({ name }, place) => `${place === 0 ? '{' : ','}${JSON.stringify(name)}:`)
  const lines = (rows: readonly ExportRow[]) => {
    let text = ''
    for (const row of rows) {
      for (let place = 0; place < names.length; place++) text += names[place] + print(row[place] ?? null)
      text += '}\n'
    }
    return text
  }
  return {
    head: (table) => lines(gapRows(table)),
    rows: lines,
    tail: (table) => `${withoutBrace(lines([endRow(table)]))},${coverageFields(table)}}\n`,
  }
}

function withoutBrace(line: string): string {
  return line.slice(0, line.lastIndexOf('}'))
}

function coverageFields({ what, coverage, asOf }: ExportTable): string {
  const { gaps, provenUntil } = coverage
  const fields = {
    what,
    complete: gaps.length === 0 && provenUntil !== undefined,
    provenUntil: provenUntil === undefined ? null : isoInstant(provenUntil),
    asOf: isoInstant(asOf),
  }
  return JSON.stringify(fields).slice(1, -1)
}
