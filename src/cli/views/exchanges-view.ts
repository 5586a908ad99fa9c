import type { Book } from '../../book/book-interface.ts'
import type { ExchangeRun } from '../../book/record.ts'
import { type AnswerGap, gapEnd } from '../../report/answer-coverage.ts'
import type { Interval } from '../../time/interval.ts'
import { exportedAmount, exportedInstant, shownAmount, shownInstant } from '../output/amounts.ts'
import { shownDuration } from '../output/duration.ts'
import type { Column } from '../output/sheet.ts'
import type { Style } from '../output/style.ts'
import { printTable } from '../output/table.ts'

/** One asset of a run, or a span in which runs may be missing. */
export type ExchangeLine =
  | { readonly record: 'run'; readonly run: ExchangeRun; readonly detail: ExchangeRun['details'][number] }
  | { readonly record: 'gap'; readonly gap: AnswerGap }

const spanOf = (line: ExchangeLine): Interval => (line.record === 'run' ? line.run : line.gap.span)

export const exchangeColumns: readonly Column<ExchangeLine>[] = [
  { field: 'record', value: (line) => (line.record === 'run' ? 'run' : line.gap.kind) },
  { field: 'account', header: 'ACCOUNT', isKey: true, value: (line) => (line.record === 'run' ? line.run.account : line.gap.account) },
  {
    field: 'from',
    header: 'BEGAN (UTC)',
    isKey: true,
    value: (line) => exportedInstant(spanOf(line).from),
    shown: (line) => shownInstant(spanOf(line).from),
  },
  {
    field: 'to',
    header: 'TOOK',
    align: 'right',
    value: (line) => exportedInstant(line.record === 'run' ? line.run.to : gapEnd(line.gap)),
    shown: (line) => shownDuration(spanOf(line).to - spanOf(line).from),
  },
  { field: 'asset', header: 'ASSET', value: (line) => (line.record === 'run' ? line.detail.asset : null) },
  {
    field: 'negativeBalance',
    header: 'OWED',
    align: 'decimal',
    value: (line) => (line.record === 'run' ? exportedAmount(line.detail.negativeBalance) : null),
    shown: (line) => (line.record === 'run' ? shownAmount(line.detail.negativeBalance) : ''),
  },
  {
    field: 'maximumThreshold',
    header: 'LIMIT',
    align: 'decimal',
    value: (line) => (line.record === 'run' ? exportedAmount(line.detail.maximumThreshold) : null),
    shown: (line) => (line.record === 'run' ? shownAmount(line.detail.maximumThreshold) : ''),
  },
]

/** A line for each asset of each run, newest first. */
export async function readExchangeLines(
  book: Book,
  filter: { readonly accounts: readonly string[]; readonly within: Interval | undefined },
): Promise<readonly ExchangeLine[]> {
  const lines: ExchangeLine[] = []
  for await (const run of book.exchangeRuns({ ...filter, order: 'newest-first' })) {
    for (const detail of run.details) lines.push({ record: 'run', run, detail })
  }
  return lines
}

export function exchangeText(lines: readonly ExchangeLine[], style: Style): string {
  return lines.length === 0 ? 'No auto-exchange is known.\n' : printTable({ columns: exchangeColumns, rows: lines }, style)
}
