import type { Book } from '../../book/book-interface.ts'
import { fail } from '../../errors/overdraft-error.ts'
import type { AnswerCoverage } from '../answer-coverage.ts'
import { chargeColumns, chargePieces, type RowsQuestion } from './charges-table.ts'
import { csvFormat } from './csv-format.ts'
import type { ExportFormat, ExportSink, TextFormat } from './export-format.ts'
import type { Exported, ExportTable } from './export-table.ts'
import { jsonlFormat } from './jsonl-format.ts'
import type { LedgerPer } from './ledger-entries.ts'
import {
  balanceColumns,
  balancePieces,
  exchangeColumns,
  exchangePieces,
  findingColumns,
  findingPieces,
  movementColumns,
  movementPieces,
} from './other-tables.ts'
import { writeLedger } from './write-ledger.ts'
import { writeParquet } from './write-parquet.ts'

export interface ExportQuestion extends RowsQuestion {
  readonly what: Exported
  readonly format: ExportFormat
  /** Of beancount and hledger: a transaction for each charge, or for each day. */
  readonly per: LedgerPer
  /** What the rows can vouch for. */
  readonly coverage: AnswerCoverage
  readonly asOf: number
  /** Ends it between two pieces. */
  readonly signal?: AbortSignal | undefined
}

export interface ExportOutcome {
  /** Rows, or transactions of a ledger; gaps and the end not counted. */
  readonly rows: number
}

/** Text is handed on in pieces of about this many characters. */
const pieceLength = 256 * 1024

/** Writes an export; memory does not grow with the history. @throws `report.ledger-of-charges-only`, `report.book-changed`, what the sink throws */
export async function writeExport(book: Book, question: ExportQuestion, sink: ExportSink): Promise<ExportOutcome> {
  const table = exportTable(book, question)
  const { format, what, per, within } = question
  switch (format) {
    case 'csv':
      return { rows: await writeText(table, csvFormat(), sink) }
    case 'jsonl':
      return { rows: await writeText(table, jsonlFormat(table), sink) }
    case 'parquet':
      return { rows: await writeParquet(table, sink) }
    case 'beancount':
    case 'hledger':
      if (what !== 'charges') return fail('report.ledger-of-charges-only', { format, what })
      return { rows: await writeLedger(book, table, { format, per, within }, sink) }
  }
}

async function writeText(table: ExportTable, format: TextFormat, sink: ExportSink): Promise<number> {
  let text = format.head(table)
  let rows = 0
  for await (const piece of table.pieces()) {
    text += format.rows(piece)
    rows += piece.length
    if (text.length < pieceLength) continue
    await sink.write(text)
    text = ''
  }
  await sink.write(text + format.tail(table))
  return rows
}

/** The rows that were asked for. */
export function exportTable(book: Book, question: ExportQuestion): ExportTable {
  const { what, coverage, asOf, signal } = question
  const { columns, read } = tables[what]
  const pieces = async function* () {
    for await (const piece of read(book, question)) {
      signal?.throwIfAborted()
      yield piece
    }
  }
  return { what, columns, pieces, coverage, asOf }
}

const tables = {
  charges: { columns: chargeColumns, read: chargePieces },
  movements: { columns: movementColumns, read: movementPieces },
  exchanges: { columns: exchangeColumns, read: exchangePieces },
  balances: { columns: balanceColumns, read: balancePieces },
  findings: { columns: findingColumns, read: findingPieces },
} as const
