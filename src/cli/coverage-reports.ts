import type { Book } from '../book/book-interface.ts'
import type { BookAccount, CoverageReport, Stream } from '../book/record.ts'
import { coverageReport } from '../sync/coverage.ts'
import type { Session } from './session.ts'

/** OKX has no record of auto-exchanges. */
export function streamsOf(account: BookAccount): readonly Stream[] {
  return account.exchange === 'binance' ? ['interest', 'exchanges'] : ['interest']
}

/** How the history of the accounts is proven; of one stream only where only that is asked. */
export async function readCoverage(
  session: Session,
  book: Book,
  accounts: readonly BookAccount[],
  only?: Stream,
): Promise<readonly CoverageReport[]> {
  const reports: CoverageReport[] = []
  for (const account of accounts) {
    for (const stream of streamsOf(account)) {
      if (only === undefined || only === stream) reports.push(await coverageReport(book, account, stream, session.io.clock.now()))
    }
  }
  return reports
}
