import type { Price } from '../../book/record.ts'
import type { Decimal } from '../../decimal/decimal.ts'
import type { AnswerGap } from '../answer-coverage.ts'
import type { ExportTable } from './export-table.ts'
import type { LedgerEntry } from './ledger-entries.ts'

/** An account of the ledger that was used, and the first day something was written to it. */
export interface UsedAccount {
  readonly name: string
  readonly firstDay: string
  /** The asset it holds; `undefined` for expenses, which hold every one. */
  readonly asset: string | undefined
}

/** What the transactions used, told after them. */
export interface UsedNames {
  readonly accounts: readonly UsedAccount[]
  /** Each asset and the most decimals it was written with. */
  readonly assets: ReadonlyMap<string, number>
  /** One price of each asset, currency and day. */
  readonly prices: readonly Price[]
}

/** How a plain-text accounting tool is written to. */
export interface LedgerFormat {
  head(table: ExportTable): string
  /** A span in which charges may be missing. */
  gap(gap: AnswerGap, exchange: string): string
  entry(entry: LedgerEntry): string
  tail(used: UsedNames, table: ExportTable): string
  expense(exchange: string, label: string): string
  liability(entry: LedgerEntry): string
}

/** The amount and its opposite, of one width, so that they stand under one another. */
export function opposite({ mantissa, scale }: Decimal): Decimal {
  return { mantissa: -mantissa, scale }
}
