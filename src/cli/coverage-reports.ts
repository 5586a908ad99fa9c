import type { Book } from '../book/book-interface.ts'
import type { BookAccount, CoverageReport, Stream } from '../book/record.ts'
import { accountStreams } from '../sync/account-streams.ts'
import { coverageReport } from '../sync/coverage.ts'
import { streamRule } from '../sync/stream-rule.ts'
import type { Session } from './session.ts'

/** How every history of the accounts is proven; of one stream only where only that is asked. */
export async function readCoverage(
  session: Session,
  book: Book,
  accounts: readonly BookAccount[],
  only?: Stream,
): Promise<readonly CoverageReport[]> {
  const reports: CoverageReport[] = []
  for (const account of accounts) {
    for (const stream of await streamsOf(book, account, only)) {
      reports.push(await coverageReport(book, account, stream, session.io.clock.now()))
    }
  }
  return reports
}

async function streamsOf(book: Book, account: BookAccount, only: Stream | undefined): Promise<readonly Stream[]> {
  // OKX has no record of auto-exchanges.
  if (only !== undefined) return streamRule(account.exchange, only) === undefined ? [] : [only]
  return (await accountStreams(book, account)).map(({ stream }) => stream)
}
