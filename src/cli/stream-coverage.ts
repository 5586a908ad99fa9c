import type { Book } from '../book/book-interface.ts'
import type { BookAccount, CoverageReport, Stream } from '../book/record.ts'
import type { Exported } from '../report/export/export-table.ts'
import { coverageReport } from '../sync/coverage.ts'

/** An export of a kind of rows, or a statement, which rests on everything that changes a debt. */
export type Answered = Exported | 'statement'

/** How those histories are proven that an export of this kind, or a statement, rests on; none for what has no history. */
export async function coverageOf(
  book: Book,
  accounts: readonly BookAccount[],
  what: readonly Answered[],
  now: number,
): Promise<readonly CoverageReport[]> {
  const reports: CoverageReport[] = []
  for (const account of accounts) {
    const streams = what.flatMap((one) => streamsBehind(account, one))
    if (what.includes('movements') || what.includes('statement')) streams.push(...(await loanStreams(book, account)))
    for (const stream of streams) reports.push(await coverageReport(book, account, stream, now))
  }
  return reports
}

function streamsBehind({ exchange }: BookAccount, what: Answered): Stream[] {
  switch (what) {
    case 'charges':
      return ['interest']
    case 'exchanges':
      return exchange === 'binance' ? ['exchanges'] : []
    case 'movements':
      return exchange === 'binance' ? ['um-income', 'cm-income'] : ['bills']
    case 'statement':
      return exchange === 'binance' ? ['interest', 'margin-interest', 'um-income', 'cm-income'] : ['interest', 'bills']
    case 'balances':
    case 'findings':
      return []
  }
}

/** Loans and repayments are asked for asset by asset, and only of assets that could have some. */
async function loanStreams(book: Book, { label, exchange }: BookAccount): Promise<readonly Stream[]> {
  if (exchange !== 'binance') return []
  const streams: Stream[] = []
  for (const { asset } of await book.latestBalances(label)) {
    for (const stream of [`margin-loans:${asset}`, `margin-repayments:${asset}`] as const) {
      if ((await book.coverage(label, stream)).length > 0) streams.push(stream)
    }
  }
  return streams
}
