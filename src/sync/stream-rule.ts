import type { BookAccount, Stream, StreamOfAsset, WholeStream } from '../book/record.ts'
import { recordWindowMs } from '../client/walk/record-spans.ts'
import { incomeKeptForCertainMs, incomeWindowMs } from '../client/walk/walk-income.ts'
import { cmIncome } from '../contracts/binance/cm-income.ts'
import { interestHistory } from '../contracts/binance/interest-history.ts'
import { marginInterestHistory } from '../contracts/binance/margin-interest-history.ts'
import { marginInterestRateHistory } from '../contracts/binance/margin-interest-rate-history.ts'
import { marginLoanHistory } from '../contracts/binance/margin-loan-history.ts'
import { marginRepayHistory } from '../contracts/binance/margin-repay-history.ts'
import { negativeBalanceExchangeRecord } from '../contracts/binance/negative-balance-exchange-record.ts'
import { umIncome } from '../contracts/binance/um-income.ts'
import type { Endpoint } from '../contracts/contract.ts'
import { billsArchive } from '../contracts/okx/bills-archive.ts'
import { interestAccrued } from '../contracts/okx/interest-accrued.ts'
import { parseInstant } from '../time/instant.ts'
import { dayMs, hourMs, minuteMs } from '../time/units.ts'

/** How one history of one exchange is fetched and when it may be believed. */
export interface StreamRule {
  readonly stream: Stream
  /** What is asked; its cost and the instant from which on it is known are the contract's. */
  readonly endpoint: Endpoint
  /** The longest span one request may ask for; absent where a page alone bounds it. */
  readonly windowMs?: number
  /** The most rows one reply brings; absent where there is no such bound. */
  readonly pageRows?: number
  /** Rows may still appear this long after their instant: nothing newer counts as proven (design, decision 4). */
  readonly settleMs: number
  /** This much of the newest past is read again by every sync, proven or not. */
  readonly overlapMs: number
  /** How far back the exchange keeps rows; absent where no limit is documented. */
  readonly retentionMs?: number
  /** Where the wanted history begins when nothing else is said; absent where `retentionMs` says it. */
  readonly begins?: number
  /** The same, reckoned back from when the account was added. */
  readonly beginsBeforeAddedMs?: number
}

const okxRetentionMs = interestAccrued.cursor?.retentionMs ?? 365 * dayMs
const billsRetentionMs = billsArchive.cursor?.retentionMs ?? 365 * dayMs
/**
 * The oldest charge in the documents is of December 2022; a window of 30 days costs 50 of 6000 weight, so asking from the
 * start of that year is cheap.
 */
const oldestCharges = parseInstant('2022-01-01')
const movementsMs = 90 * dayMs
const pageOfRecords = 100

const ofBinance = {
  // When a charge of 00:00 UTC is first shown is not documented.
  interest: {
    endpoint: interestHistory,
    windowMs: interestHistory.window?.maxMs ?? 30 * dayMs,
    pageRows: pageOfRecords,
    settleMs: 10 * minuteMs,
    overlapMs: 2 * dayMs,
    begins: oldestCharges,
  },
  // A run is shown once it has ended, which takes minutes. The oldest run in the documents is of January 2025 (facts A3.3).
  exchanges: {
    endpoint: negativeBalanceExchangeRecord,
    windowMs: 89 * dayMs - hourMs,
    settleMs: hourMs,
    overlapMs: 2 * dayMs,
    begins: parseInstant('2025-01-01'),
  },
  'margin-interest': {
    endpoint: marginInterestHistory,
    windowMs: recordWindowMs,
    pageRows: pageOfRecords,
    settleMs: 10 * minuteMs,
    overlapMs: 2 * dayMs,
    begins: oldestCharges,
  },
  'um-income': {
    endpoint: umIncome,
    windowMs: incomeWindowMs,
    pageRows: 1_000,
    settleMs: 10 * minuteMs,
    overlapMs: hourMs,
    retentionMs: incomeKeptForCertainMs,
  },
  'cm-income': {
    endpoint: cmIncome,
    windowMs: incomeWindowMs,
    pageRows: 1_000,
    settleMs: 10 * minuteMs,
    overlapMs: hourMs,
    retentionMs: incomeKeptForCertainMs,
  },
  // A loan or a repayment may be pending; how long was not found.
  'margin-loans': {
    endpoint: marginLoanHistory,
    windowMs: recordWindowMs,
    pageRows: pageOfRecords,
    settleMs: hourMs,
    overlapMs: dayMs,
    beginsBeforeAddedMs: movementsMs,
  },
  'margin-repayments': {
    endpoint: marginRepayHistory,
    windowMs: recordWindowMs,
    pageRows: pageOfRecords,
    settleMs: hourMs,
    overlapMs: dayMs,
    beginsBeforeAddedMs: movementsMs,
  },
  rates: {
    endpoint: marginInterestRateHistory,
    windowMs: recordWindowMs,
    settleMs: hourMs,
    overlapMs: dayMs,
    beginsBeforeAddedMs: movementsMs,
  },
} as const satisfies Partial<Readonly<Record<WholeStream | StreamOfAsset, Omit<StreamRule, 'stream'>>>>

const ofOkx = {
  // Recording takes about ten minutes (facts B4).
  interest: {
    endpoint: interestAccrued,
    pageRows: 100,
    settleMs: 15 * minuteMs,
    overlapMs: 2 * hourMs,
    retentionMs: okxRetentionMs,
  },
  bills: { endpoint: billsArchive, pageRows: 100, settleMs: 15 * minuteMs, overlapMs: 2 * hourMs, retentionMs: billsRetentionMs },
} as const satisfies Partial<Readonly<Record<WholeStream, Omit<StreamRule, 'stream'>>>>

type Kinds = Partial<Readonly<Record<string, Omit<StreamRule, 'stream'>>>>

const kindsOf: Readonly<Record<BookAccount['exchange'], Kinds>> = Object.freeze({ binance: ofBinance, okx: ofOkx })

const wholeStreams: Readonly<Record<BookAccount['exchange'], readonly WholeStream[]>> = Object.freeze({
  binance: Object.freeze(['interest', 'exchanges', 'margin-interest', 'um-income', 'cm-income'] as const),
  okx: Object.freeze(['interest', 'bills'] as const),
})

/** The histories that every account of an exchange has. Those of single assets are `assetStreams`. */
export function streamRules(exchange: BookAccount['exchange']): readonly StreamRule[] {
  return wholeStreams[exchange].flatMap((stream) => streamRule(exchange, stream) ?? [])
}

/** The rule of one stream; `undefined` where the exchange has no such history. */
export function streamRule(exchange: BookAccount['exchange'], stream: Stream): StreamRule | undefined {
  const rule = kindsOf[exchange][partsOfStream(stream).kind]
  return rule === undefined ? undefined : Object.freeze({ ...rule, stream })
}

/** What a stream is of; `asset` only where it is of one asset. @example partsOfStream('rates:BTC') // { kind: 'rates', asset: 'BTC' } */
export function partsOfStream(stream: Stream): { readonly kind: WholeStream | StreamOfAsset; readonly asset: string | undefined } {
  const colon = stream.indexOf(':')
  if (colon === -1) return { kind: stream as WholeStream, asset: undefined }
  return { kind: stream.slice(0, colon) as StreamOfAsset, asset: stream.slice(colon + 1) }
}

/** From where on a stream's history is wanted when nothing else is said, epoch ms; not where retention alone says it. */
export function beginsAt({ begins, beginsBeforeAddedMs }: StreamRule, addedAt: number): number | undefined {
  return begins ?? (beginsBeforeAddedMs === undefined ? undefined : addedAt - beginsBeforeAddedMs)
}
