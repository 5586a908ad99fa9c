import type { Book, RecordOutcome } from '../book/book-interface.ts'
import type { CoverageSpan, Stream } from '../book/record.ts'
import { rowText } from '../client/walk/distinct-rows.ts'
import type { HistoryPage, PageDoubt } from '../client/walk/history-page.ts'
import { shownTime } from '../client/walk/stray-rows.ts'
import { walkBills } from '../client/walk/walk-bills.ts'
import { walkExchangeRecords } from '../client/walk/walk-exchange-records.ts'
import { walkIncome } from '../client/walk/walk-income.ts'
import { walkInterestAccrued } from '../client/walk/walk-interest-accrued.ts'
import { walkInterestHistory } from '../client/walk/walk-interest-history.ts'
import { walkMarginInterest } from '../client/walk/walk-margin-interest.ts'
import { walkMarginLoans, walkMarginRepayments } from '../client/walk/walk-margin-loans.ts'
import { walkRates } from '../client/walk/walk-rates.ts'
import { type Decimal, toText } from '../decimal/decimal.ts'
import { partsOfStream } from '../histories/stream.ts'
import { type Interval, interval, isEmpty } from '../time/interval.ts'
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
import { chargeLaw, marginChargeLaw, type RowLaw } from './row-law.ts'
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
  /** Rows that were shown and cannot be: they are no part of the history. */
  readonly strays: readonly ShownStray[]
  record(coverage: readonly CoverageSpan[]): Promise<RecordOutcome>
}

/** A row that cannot be, in words. */
export interface ShownStray {
  /** The time it is of. */
  readonly row: string
  /** All that it said. */
  readonly came: string
  readonly why: string
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
    return sourcePages({ account, pages: walkBills(client, walk), keptOf: movementOfBill, keep: record })
  }
  return sourcePages({
    account,
    pages: walkInterestAccrued(client, { ...walk, ccy: walk.asset }),
    keptOf: chargeOfAccrued,
    keep: (rows, coverage) => book.recordCharges(account, rows, coverage),
    law: chargeLaw('okx'),
  })
}

type Movements = Parameters<Book['recordMovements']>[2]

function binancePages(book: Book, account: string, client: BinanceSyncClient, stream: Stream, walk: SourceWalk): Pages {
  const { kind, asset = '' } = partsOfStream(stream)
  const movements = (rows: Movements, coverage: Coverage) => book.recordMovements(account, stream, rows, coverage)
  switch (kind) {
    case 'interest':
    case 'bills':
      return sourcePages({
        account,
        pages: walkInterestHistory(client, walk),
        keptOf: chargeOfHistory,
        keep: (rows, coverage) => book.recordCharges(account, rows, coverage),
        law: chargeLaw('binance'),
      })
    case 'exchanges':
      return sourcePages({
        account,
        pages: walkExchangeRecords(client, walk),
        keptOf: runOfRecord,
        keep: (rows, coverage) => book.recordExchangeRuns(account, rows, coverage),
      })
    case 'margin-interest':
      return sourcePages({
        account,
        pages: walkMarginInterest(client, walk),
        keptOf: marginChargeOf,
        keep: (rows, coverage) => book.recordMarginCharges(account, rows, coverage),
        law: marginChargeLaw,
      })
    case 'um-income':
      return sourcePages({ account, pages: walkIncome(client, { ...walk, wallet: 'um' }), keptOf: movementOfIncome('um'), keep: movements })
    case 'cm-income':
      return sourcePages({ account, pages: walkIncome(client, { ...walk, wallet: 'cm' }), keptOf: movementOfIncome('cm'), keep: movements })
    case 'margin-loans': {
      const pages = walkMarginLoans(client, { ...walk, asset })
      return sourcePages({ account, pages, keptOf: movementOfLoan, keep: movements, counts: isConfirmed })
    }
    case 'margin-repayments': {
      const pages = walkMarginRepayments(client, { ...walk, asset })
      return sourcePages({ account, pages, keptOf: movementOfRepayment, keep: movements, counts: isConfirmed })
    }
    case 'rates':
      return sourcePages({
        account,
        pages: walkRates(client, { ...walk, asset }),
        keptOf: rateOfRow,
        keep: (rows, coverage) => book.recordRates(account, rows, coverage),
      })
  }
}

interface Source<Row, Kept extends KeptRow> {
  readonly account: string
  readonly pages: AsyncGenerator<HistoryPage<Row>>
  keptOf(account: string, row: Row, receivedAt: number): Kept
  keep(rows: readonly Kept[], coverage: Coverage): Promise<RecordOutcome>
  counts?(row: Row): boolean
  law?: RowLaw<Kept>
}

type KeptRow = { readonly at: number } | { readonly from: number }

/** The pages as the book takes them: what cannot be is left out, and a page that held such a row proves nothing. */
async function* sourcePages<Row, Kept extends KeptRow>(source: Source<Row, Kept>): Pages {
  const { account, pages, keptOf, keep, counts = () => true, law = () => undefined } = source
  for await (const page of pages) {
    const { request, askedAt, receivedAt } = page
    const strays = (page.strays ?? []).map(({ row, why }) => shownStray(row, keptOf(account, row, receivedAt), why))
    const lawful = (rows: readonly Row[]) =>
      rows.filter(counts).flatMap((row) => {
        const kept = keptOf(account, row, receivedAt)
        const why = law(kept)
        if (why === undefined) return [kept]
        strays.push(shownStray(row, kept, why))
        return []
      })
    const rows = lawful(page.rows)
    const besides = lawful(page.besides ?? [])
    const record = (coverage: Coverage) => keep([...rows, ...besides], coverage)
    yield { ...proofWithout(page, strays), request, askedAt, receivedAt, rows: rows.length, strays, record }
  }
}

function proofWithout<Row>(page: HistoryPage<Row>, [stray]: readonly ShownStray[]): Pick<SourcePage, 'proven' | 'doubt'> {
  const { proven, doubt, request } = page
  if (stray === undefined || doubt?.kind === 'outside' || (doubt === undefined && isEmpty(proven))) return { proven, doubt }
  const came = `brought rows that cannot be: one of ${stray.row} ${stray.why}`
  return { proven: interval(proven.from, proven.from), doubt: { kind: 'outside', span: doubt?.span ?? proven, came, request } }
}

function shownStray<Row>(row: Row, kept: KeptRow, why: string): ShownStray {
  return { row: shownTime('at' in kept ? kept.at : kept.from), came: fieldsText(row), why }
}

function fieldsText(row: unknown): string {
  return Object.entries(row as Readonly<Record<string, unknown>>)
    .flatMap(([name, value]) => (value === undefined || value === null || value === '' ? [] : [`${name} ${valueText(value)}`]))
    .join(', ')
}

function valueText(value: unknown): string {
  if (isDecimal(value)) return toText(value)
  return typeof value === 'object' ? rowText(value) : String(value)
}

function isDecimal(value: unknown): value is Decimal {
  return typeof value === 'object' && value !== null && 'mantissa' in value && 'scale' in value
}
