import { Command, Option } from 'commander'
import type { Book } from '../../book/book-interface.ts'
import type { BookAccount } from '../../book/record.ts'
import { fail } from '../../errors/overdraft-error.ts'
import { type AnswerCoverage, type AnswerGap, answerCoverage } from '../../report/answer-coverage.ts'
import { reportsBehind } from '../../report/coverage-report.ts'
import { firstPeriod, type Grouping, type GroupTotal, interestTotals, totalLines } from '../../report/interest-totals.ts'
import { assertAssetKnown } from '../../report/known-asset.ts'
import type { Valued } from '../../report/valuation/valued.ts'
import { chargeValuer, valueTotals } from '../../report/valuation/valued-totals.ts'
import type { Interval } from '../../time/interval.ts'
import type { Act } from '../act.ts'
import { exportedInstant } from '../output/amounts.ts'
import { type FormatOptions, printAnswer, withFormatOptions } from '../output/answer.ts'
import { endByGaps, exportedCoverage, shownCoverage } from '../output/gaps.ts'
import { type Sheet, sheetObjects } from '../output/sheet.ts'
import { printTable } from '../output/table.ts'
import type { Session } from '../session.ts'
import { askedSpan, type SpanOptions, withSpanOptions } from '../span-options.ts'
import { type AskedValuation, askedValuation, type ValuationOptions, withValuationOptions } from '../valuation-options.ts'
import { type InterestLine, interestColumns, type TotalLine, totalColumns, valuedInterestColumns } from '../views/interest-view.ts'
import { shownValuation, valuationDocument } from '../views/valuation-view.ts'

interface InterestOptions extends FormatOptions, SpanOptions, ValuationOptions {
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
    .addOption(new Option('--by <group>', 'totals instead of charges').choices(['asset', 'account', 'day', 'month', 'year']))
    .option('--asset <name>', 'only this asset', (text) => text.toUpperCase())
  return withFormatOptions(withValuationOptions(withSpanOptions(command)))
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
    await assertAssetKnown(book, accounts, options.asset)
    const question = { accounts: accounts.map(({ label }) => label), asset: options.asset, within }
    const valuation = askedValuation(options)
    const by = options.by ?? 'asset'
    const groups = await interestTotals(book, { ...question, by })
    const now = session.io.clock.now()
    const reports = await reportsBehind(book, accounts, { answer: 'charges', asked: within, backTo: firstPeriod(groups), now })
    const coverage = answerCoverage(reports)
    const totals = await readTotals(book, groups, { accounts, asset: options.asset, within, by }, coverage.gaps, valuation)
    if (options.by === undefined) {
      const exchangeOf = new Map(accounts.map(({ label, exchange }) => [label, exchange]))
      await printCharges(session, book, { ...question, exchangeOf, valuation }, totals, coverage, options)
    } else printTotals(session, totals, coverage, options, options.by)
    endByGaps(session, coverage, options)
  })
}

interface Question {
  readonly accounts: readonly string[]
  readonly asset: string | undefined
  readonly within: Interval | undefined
  readonly exchangeOf: ReadonlyMap<string, 'binance' | 'okx'>
  readonly valuation: AskedValuation | undefined
}

/** Totals, what they are worth where that was asked, and what they are worth together. */
interface Totals {
  readonly lines: readonly TotalLine[]
  readonly together: Valued | undefined
}

async function printCharges(
  session: Session,
  book: Book,
  { exchangeOf, valuation, ...filter }: Question,
  { lines: totals, together }: Totals,
  coverage: AnswerCoverage,
  options: InterestOptions,
): Promise<void> {
  const isTable = !options.json && !options.csv
  const limit = options.limit ?? (isTable ? tableRowsMax : undefined)
  const worthOf = valuation === undefined ? undefined : chargeValuer(book, { ...valuation, within: filter.within })
  const lines: InterestLine[] = []
  for await (const charge of book.charges({ ...filter, order: 'newest-first', limit })) {
    lines.push({ record: 'charge', charge, exchange: exchangeOf.get(charge.account) ?? 'binance', valued: await worthOf?.(charge) })
  }
  const sheet = { columns: valuation === undefined ? interestColumns : valuedInterestColumns, rows: lines }
  const totalSheet = { columns: totalColumns('asset', valuation !== undefined), rows: totals }
  const counted = totals.reduce((sum, { total }) => sum + total.charges, 0)
  const left = counted > lines.length ? `${counted - lines.length} older charges are not shown: --limit, --csv or --json\n` : ''
  printAnswer(session, options, {
    sheet: { ...sheet, rows: [...coverage.gaps.map((gap) => ({ record: 'gap' as const, gap })), ...lines] },
    document: {
      ...header(session, options, coverage),
      charges: sheetObjects(sheet).map(({ record: _record, until: _until, position: _position, ...charge }) => charge),
      totals: sheetObjects(totalSheet),
      ...valuationDocument(together),
    },
    human: () =>
      [
        lines.length === 0 ? 'No charge is known.\n' : `${printTable(sheet, session.style)}${left}`,
        printTable(totalSheet, session.style),
        shownValuation(together, session.style),
        shownCoverage(session, coverage),
      ]
        .filter((part) => part !== '')
        .join('\n'),
  })
}

function printTotals(
  session: Session,
  { lines, together }: Totals,
  coverage: AnswerCoverage,
  options: InterestOptions,
  by: Grouping,
): void {
  const sheet: Sheet<TotalLine> = { columns: totalColumns(by, together !== undefined), rows: lines }
  printAnswer(session, options, {
    sheet,
    document: { ...header(session, options, coverage), by, totals: sheetObjects(sheet), ...valuationDocument(together) },
    human: () =>
      [
        lines.length === 0 ? 'No charge is known.\n' : printTable(sheet, session.style),
        shownValuation(together, session.style),
        shownCoverage(session, coverage),
      ]
        .filter((part, place) => place === 0 || part !== '')
        .join('\n'),
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

interface TotalsQuestion {
  readonly accounts: readonly BookAccount[]
  readonly asset: string | undefined
  readonly within: Interval | undefined
  readonly by: Grouping
}

/** Totals, each with whether a gap could hold more of it, and with its value where that was asked. */
async function readTotals(
  book: Book,
  groups: readonly GroupTotal[],
  question: TotalsQuestion,
  gaps: readonly AnswerGap[],
  valuation: AskedValuation | undefined,
): Promise<Totals> {
  const totals = totalLines(groups, gaps)
  if (valuation === undefined) return { lines: totals, together: undefined }
  const values = await valueTotals(book, { ...question, ...valuation })
  return { lines: totals.map((line) => ({ ...line, valued: values.of(line.total) })), together: values.together }
}
