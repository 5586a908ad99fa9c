import { Command, Option } from 'commander'
import type { Book } from '../../book/book-interface.ts'
import { fail } from '../../errors/overdraft-error.ts'
import { type AnswerCoverage, type AnswerGap, answerCoverage } from '../../report/answer-coverage.ts'
import { type Grouping, type GroupTotal, interestTotals } from '../../report/interest-totals.ts'
import { parseInstant } from '../../time/instant.ts'
import type { Interval } from '../../time/interval.ts'
import { dayMs } from '../../time/units.ts'
import type { Act } from '../act.ts'
import { readCoverage } from '../coverage-reports.ts'
import { exportedInstant } from '../output/amounts.ts'
import { type FormatOptions, printAnswer, withFormatOptions } from '../output/answer.ts'
import { endByGaps, exportedCoverage, shownCoverage } from '../output/gaps.ts'
import { type Sheet, sheetObjects } from '../output/sheet.ts'
import { printTable } from '../output/table.ts'
import type { Session } from '../session.ts'
import { askedSpan, type SpanOptions, withSpanOptions } from '../span-options.ts'
import { type InterestLine, interestColumns, type TotalLine, totalColumns } from '../views/interest-view.ts'

interface InterestOptions extends FormatOptions, SpanOptions {
  readonly by?: Grouping
  readonly asset?: string
  readonly limit?: number
  readonly allowGaps?: true
}

/** How many charges a table shows when no --limit says otherwise; exports have every one. */
const tableRowsMax = 30

export function interestCommand(act: Act): Command {
  const command = new Command('interest')
    .description('show the interest charged: every charge, or totals')
    .argument('[labels...]', 'the accounts (default: every one)')
    .addOption(new Option('--by <group>', 'totals instead of charges').choices(['asset', 'account', 'day', 'month']))
    .option('--asset <name>', 'only this asset', (text) => text.toUpperCase())
  return withFormatOptions(withSpanOptions(command))
    .option('--limit <rows>', `newest charges only (default: ${tableRowsMax} in the table, all in exports)`, parseLimit)
    .option('--allow-gaps', 'end with exit code 0 although charges may be missing')
    .action(act(showInterest))
}

function parseLimit(text: string): number {
  const limit = /^\d{1,9}$/.test(text) ? Number(text) : 0
  if (limit < 1) fail('cli.option-malformed', { option: '--limit', value: text, expected: 'a whole number from 1' })
  return limit
}

async function showInterest(session: Session, labels: readonly string[], options: InterestOptions): Promise<void> {
  await session.withBook('existing', async (book) => {
    const accounts = await session.accounts(book, labels)
    const within = askedSpan(options)
    const coverage = answerCoverage(await readCoverage(session, book, accounts, 'interest'), within)
    const question = { accounts: accounts.map(({ label }) => label), asset: options.asset, within }
    const totals = await totalLines(book, { ...question, by: options.by ?? 'asset' }, coverage.gaps)
    if (options.by === undefined) {
      const exchangeOf = new Map(accounts.map(({ label, exchange }) => [label, exchange]))
      await printCharges(session, book, { ...question, exchangeOf }, totals, coverage, options)
    } else printTotals(session, totals, coverage, options, options.by)
    endByGaps(session, coverage, options)
  })
}

interface Question {
  readonly accounts: readonly string[]
  readonly asset: string | undefined
  readonly within: Interval | undefined
  readonly exchangeOf: ReadonlyMap<string, 'binance' | 'okx'>
}

async function printCharges(
  session: Session,
  book: Book,
  { exchangeOf, ...filter }: Question,
  totals: readonly TotalLine[],
  coverage: AnswerCoverage,
  options: InterestOptions,
): Promise<void> {
  const isTable = !options.json && !options.csv
  const limit = options.limit ?? (isTable ? tableRowsMax : undefined)
  const lines: InterestLine[] = []
  for await (const charge of book.charges({ ...filter, order: 'newest-first', limit })) {
    lines.push({ record: 'charge', charge, exchange: exchangeOf.get(charge.account) ?? 'binance' })
  }
  const sheet = { columns: interestColumns, rows: lines }
  const counted = totals.reduce((sum, { total }) => sum + total.charges, 0)
  const left = counted > lines.length ? `${counted - lines.length} older charges are not shown: --limit, --csv or --json\n` : ''
  printAnswer(session, options, {
    sheet: { ...sheet, rows: [...coverage.gaps.map((gap) => ({ record: 'gap' as const, gap })), ...lines] },
    document: {
      ...header(session, options, coverage),
      charges: sheetObjects(sheet).map(({ record: _record, until: _until, position: _position, ...charge }) => charge),
      totals: sheetObjects({ columns: totalColumns('asset'), rows: totals }),
    },
    human: () =>
      [
        lines.length === 0 ? 'No charge is known.\n' : `${printTable(sheet, session.style)}${left}`,
        printTable({ columns: totalColumns('asset'), rows: totals }, session.style),
        shownCoverage(session, coverage),
      ]
        .filter((part) => part !== '')
        .join('\n'),
  })
}

function printTotals(
  session: Session,
  lines: readonly TotalLine[],
  coverage: AnswerCoverage,
  options: InterestOptions,
  by: Grouping,
): void {
  const sheet: Sheet<TotalLine> = { columns: totalColumns(by), rows: lines }
  printAnswer(session, options, {
    sheet,
    document: { ...header(session, options, coverage), by, totals: sheetObjects(sheet) },
    human: () => `${lines.length === 0 ? 'No charge is known.\n' : printTable(sheet, session.style)}\n${shownCoverage(session, coverage)}`,
  })
}

function header(session: Session, options: InterestOptions, coverage: AnswerCoverage): object {
  return {
    asOf: exportedInstant(session.io.clock.now()),
    since: exportedInstant(options.since),
    until: exportedInstant(options.until),
    ...exportedCoverage(coverage),
  }
}

/** Totals, each with whether a gap could hold more of it. */
export async function totalLines(
  book: Book,
  question: Parameters<typeof interestTotals>[1],
  gaps: readonly AnswerGap[],
): Promise<readonly TotalLine[]> {
  const totals = await interestTotals(book, question)
  return totals.map((total) => ({ total, isComplete: !gaps.some((gap) => couldHoldMore(gap, total)) }))
}

function couldHoldMore(gap: AnswerGap, total: GroupTotal): boolean {
  if (total.account !== '' && total.account !== gap.account) return false
  if (total.period === '') return true
  const from = parseInstant(total.period.length === 7 ? `${total.period}-01` : total.period)
  const to = total.period.length === 7 ? monthAfter(total.period) : from + dayMs
  return gap.span.from < to && from < gap.span.to
}

function monthAfter(month: string): number {
  const [year = 0, number = 1] = month.split('-').map(Number)
  return parseInstant(number === 12 ? `${year + 1}-01-01` : `${year}-${String(number + 1).padStart(2, '0')}-01`)
}
