import type { ExportRow, ExportTable } from './export-table.ts'

export const exportFormats = ['csv', 'jsonl', 'parquet', 'beancount', 'hledger'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Where the bytes of an export go; each call is awaited, so that memory is bounded by one piece. */
export interface ExportSink {
  write(bytes: string | Uint8Array): Promise<void>
}

/** A text format: what stands before the rows, the rows, and what stands after them. */
export interface TextFormat {
  head(table: ExportTable): string
  rows(rows: readonly ExportRow[]): string
  tail(table: ExportTable): string
}
