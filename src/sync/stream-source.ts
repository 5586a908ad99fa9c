import type { Book, RecordOutcome } from '../book/book-interface.ts'
import type { CoverageSpan, Stream } from '../book/record.ts'
import type { HistoryPage, PageDoubt } from '../client/walk/history-page.ts'
import { walkBills } from '../client/walk/walk-bills.ts'
import { walkExchangeRecords } from '../client/walk/walk-exchange-records.ts'
import { walkIncome } from '../client/walk/walk-income.ts'
import { walkInterestAccrued } from '../client/walk/walk-interest-accrued.ts'
import { walkInterestHistory } from '../client/walk/walk-interest-history.ts'
import { walkMarginInterest } from '../client/walk/walk-margin-interest.ts'
import { walkMarginLoans, walkMarginRepayments } from '../client/walk/walk-margin-loans.ts'
import { walkRates } from '../client/walk/walk-rates.ts'
import { partsOfStream } from '../histories/stream.ts'
import type { Interval } from '../time/interval.ts'
import { chargeOfAccrued, chargeOfHistory } from './charges-of-rows.ts'
import {
  isConfirmed,
  marginChargeOf,
  movementOfBill,
  movementOfIncome,
  movementOfLoan,
  movementOfRepayment,
  rateOfRow,
} from './movements-of-rows.ts'
import { runOfRecord } from './runs-of-rows.ts'
import type { BinanceSyncClient, OkxSyncClient, SyncClient } from './sync-client.ts'

/** One page of a stream, ready to be recorded together with the coverage it proves. */
export interface SourcePage {
  readonly proven: Interval
  readonly request: string
  /** The exchange's time when it was asked: later rows are not in it. */
  readonly askedAt: number
  readonly receivedAt: number
  readonly rows: number
  /** Only where the page leaves a span unproven. */
  readonly doubt?: PageDoubt | undefined
  record(coverage: readonly CoverageSpan[]): Promise<RecordOutcome>
}

interface SourceWalk {
  readonly within: Interval
  readonly signal: AbortSignal | undefined
  /** Only charges on this asset: what such a walk proves it proves of the asset alone. */
  readonly asset?: string | undefined
}

type Pages = AsyncGenerator<SourcePage>
type Coverage = readonly CoverageSpan[]

/** Walks one stream of one account, as `History` says which there are. */
export function streamPages(book: Book, account: string, client: SyncClient, stream: Stream, walk: SourceWalk): Pages {
  return client.exchange === 'okx' ? okxPages(book, account, client, stream, walk) : binancePages(book, account, client, stream, walk)
}

function okxPages(book: Book, account: string, client: OkxSyncClient, stream: Stream, walk: SourceWalk): Pages {
  if (stream === 'bills') {
    const record = (rows: Movements, coverage: Coverage) => book.recordMovements(account, stream, rows, coverage)
    return sourcePages(account, walkBills(client, walk), movementOfBill, record)
  }
  return sourcePages(account, walkInterestAccrued(client, { ...walk, ccy: walk.asset }), chargeOfAccrued, (rows, coverage) =>
    book.recordCharges(account, rows, coverage),
  )
}

type Movements = Parameters<Book['recordMovements']>[2]

function binancePages(book: Book, account: string, client: BinanceSyncClient, stream: Stream, walk: SourceWalk): Pages {
  const { kind, asset = '' } = partsOfStream(stream)
  const movements = (rows: Movements, coverage: Coverage) => book.recordMovements(account, stream, rows, coverage)
  switch (kind) {
    case 'interest':
    case 'bills':
      return sourcePages(account, walkInterestHistory(client, walk), chargeOfHistory, (rows, coverage) =>
        book.recordCharges(account, rows, coverage),
      )
    case 'exchanges':
      return sourcePages(account, walkExchangeRecords(client, walk), runOfRecord, (rows, coverage) =>
        book.recordExchangeRuns(account, rows, coverage),
      )
    case 'margin-interest':
      return sourcePages(account, walkMarginInterest(client, walk), marginChargeOf, (rows, coverage) =>
        book.recordMarginCharges(account, rows, coverage),
      )
    case 'um-income':
      return sourcePages(account, walkIncome(client, { ...walk, wallet: 'um' }), movementOfIncome('um'), movements)
    case 'cm-income':
      return sourcePages(account, walkIncome(client, { ...walk, wallet: 'cm' }), movementOfIncome('cm'), movements)
    case 'margin-loans':
      return sourcePages(account, walkMarginLoans(client, { ...walk, asset }), movementOfLoan, movements, isConfirmed)
    case 'margin-repayments':
      return sourcePages(account, walkMarginRepayments(client, { ...walk, asset }), movementOfRepayment, movements, isConfirmed)
    case 'rates':
      return sourcePages(account, walkRates(client, { ...walk, asset }), rateOfRow, (rows, coverage) =>
        book.recordRates(account, rows, coverage),
      )
  }
}

async function* sourcePages<Row, Kept>(
  account: string,
  pages: AsyncGenerator<HistoryPage<Row>>,
  keptOf: (account: string, row: Row, receivedAt: number) => Kept,
  keep: (rows: readonly Kept[], coverage: Coverage) => Promise<RecordOutcome>,
  counts: (row: Row) => boolean = () => true,
): Pages {
  for await (const page of pages) {
    const { proven, request, askedAt, receivedAt, doubt } = page
    const rows = page.rows.filter(counts).map((row) => keptOf(account, row, receivedAt))
    const besides = (page.besides ?? []).filter(counts).map((row) => keptOf(account, row, receivedAt))
    const record = (coverage: Coverage) => keep([...rows, ...besides], coverage)
    yield { proven, request, askedAt, receivedAt, doubt, rows: rows.length, record }
  }
}
