import type { Book } from '../../book/book-interface.ts'
import type { BookAccount, CoverageReport } from '../../book/record.ts'
import { type Interval, interval } from '../../time/interval.ts'
import { openEnd } from '../asked-time.ts'
import { reportsBehind } from '../coverage-report.ts'
import { type AssetStatement, readStatement } from './read-statement.ts'

export interface MonthQuestion {
  /** As `readMonth` gives it: the month under way ends now. */
  readonly within: Interval
  /** Epoch ms. */
  readonly now: number
  /** This asset alone; left out, every one that owed or moved something. */
  readonly asset?: string | undefined
}

/** The statements of an account over a month, and how every history is proven that they rest on. */
export interface MonthStatements {
  readonly statements: readonly AssetStatement[]
  readonly reports: readonly CoverageReport[]
}

/**
 * Statements rest on each history that they are rolled through, from their month to the balances that they hang on. The month
 * under way has no end yet, and so is as of the last sync.
 *
 * @throws `book.account-unknown`
 */
export async function monthStatements(book: Book, account: BookAccount, { within, now, asset }: MonthQuestion): Promise<MonthStatements> {
  const statements = await readStatement(book, account, within, asset)
  const spans = [within, ...statements.map(({ restsOn }) => restsOn)]
  const from = Math.min(...spans.map((span) => span.from))
  const to = within.to === now ? openEnd : Math.max(...spans.map((span) => span.to))
  return { statements, reports: await reportsBehind(book, [account], { answer: 'statement', asked: interval(from, to), asset, now }) }
}
