import type { Decimal } from '../../decimal/decimal.ts'
import { type AnswerCoverage, gapEnd } from '../answer-coverage.ts'

/** What can be exported. */
export const exportedKinds = ['charges', 'movements', 'exchanges', 'balances', 'findings'] as const
export type Exported = (typeof exportedKinds)[number]

/** Text, an instant in epoch ms, or a decimal; `null` where nothing is known or nothing applies. */
export type ExportCell = string | number | Decimal | null

/** A row, its cells in the order of the columns. */
export type ExportRow = readonly ExportCell[]

export interface ExportColumn {
  readonly name: string
  readonly kind: 'text' | 'instant' | 'decimal'
}

/** Rows of one kind with what the export can vouch for. */
export interface ExportTable {
  readonly what: Exported
  readonly columns: readonly ExportColumn[]
  /** In pieces, account after account, oldest first; may be called more than once, and reads the book anew each time. */
  readonly pieces: () => AsyncIterable<readonly ExportRow[]>
  readonly coverage: AnswerCoverage
  /** When the export was made. */
  readonly asOf: number
}

/** The columns that every export begins with: what a line is, its instant or span, and whose it is. */
export const headColumns: readonly ExportColumn[] = Object.freeze([
  { name: 'record', kind: 'text' },
  { name: 'at', kind: 'instant' },
  { name: 'until', kind: 'instant' },
  { name: 'account', kind: 'text' },
  { name: 'exchange', kind: 'text' },
  { name: 'stream', kind: 'text' },
])

/** The spans in which rows may be missing: `unproven`, `lost` and `not-yet`. They stand before everything else. */
export function gapRows({ columns, coverage }: ExportTable): readonly ExportRow[] {
  return coverage.gaps.map((gap) => filled(columns, [gap.kind, gap.span.from, gapEnd(gap) ?? null, gap.account, null, gap.stream]))
}

/** The last row: `end`, when it was made, and up to when it is proven complete but for the gaps. A file without it is not whole. */
export function endRow({ columns, coverage, asOf }: ExportTable): ExportRow {
  return filled(columns, ['end', asOf, coverage.provenUntil ?? null])
}

function filled(columns: readonly ExportColumn[], cells: readonly ExportCell[]): ExportRow {
  return columns.map((_, place) => cells[place] ?? null)
}
