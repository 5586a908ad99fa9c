import type { Book, RecordOutcome } from '../book/book-interface.ts'
import type { CoverageSpan, Stream } from '../book/record.ts'
import type { HistoryPage } from '../client/walk/history-page.ts'
import { walkExchangeRecords } from '../client/walk/walk-exchange-records.ts'
import { walkInterestAccrued } from '../client/walk/walk-interest-accrued.ts'
import { walkInterestHistory } from '../client/walk/walk-interest-history.ts'
import type { Interval } from '../time/interval.ts'
import { chargeOfAccrued, chargeOfHistory } from './charges-of-rows.ts'
import { runOfRecord } from './runs-of-rows.ts'
import type { SyncClient } from './sync-client.ts'

/** One page of a stream, ready to be recorded together with the coverage it proves. */
export interface SourcePage {
  readonly proven: Interval
  readonly request: string
  /** The exchange's time when it was asked: later rows are not in it. */
  readonly askedAt: number
  readonly receivedAt: number
  readonly rows: number
  record(coverage: readonly CoverageSpan[]): Promise<RecordOutcome>
}

/** Walks one stream of one account, newest first. */
export function streamPages(
  book: Book,
  account: string,
  client: SyncClient,
  stream: Stream,
  walk: { readonly within: Interval; readonly signal: AbortSignal | undefined },
): AsyncGenerator<SourcePage> {
  const asCharges =
    <Row>(toCharge: (account: string, row: Row, receivedAt: number) => Parameters<Book['recordCharges']>[1][number]) =>
    (page: HistoryPage<Row>, coverage: readonly CoverageSpan[]) =>
      book.recordCharges(
        account,
        page.rows.map((row) => toCharge(account, row, page.receivedAt)),
        coverage,
      )
  if (client.exchange === 'okx') return sourcePages(walkInterestAccrued(client, walk), asCharges(chargeOfAccrued))
  switch (stream) {
    case 'interest':
      return sourcePages(walkInterestHistory(client, walk), asCharges(chargeOfHistory))
    case 'exchanges':
      return sourcePages(walkExchangeRecords(client, walk), (page, coverage) =>
        book.recordExchangeRuns(
          account,
          page.rows.map((row) => runOfRecord(account, row, page.receivedAt)),
          coverage,
        ),
      )
  }
}

async function* sourcePages<Row>(
  pages: AsyncGenerator<HistoryPage<Row>>,
  record: (page: HistoryPage<Row>, coverage: readonly CoverageSpan[]) => Promise<RecordOutcome>,
): AsyncGenerator<SourcePage> {
  for await (const page of pages) {
    const { proven, request, askedAt, receivedAt } = page
    yield { proven, request, askedAt, receivedAt, rows: page.rows.length, record: (coverage) => record(page, coverage) }
  }
}
