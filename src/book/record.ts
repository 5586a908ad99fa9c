import type { Decimal } from '../decimal/decimal.ts'
import type { HistoryStates } from '../histories/states.ts'
import type { Stream } from '../histories/stream.ts'
import type { JsonObject } from '../json/json.ts'
import type { Interval } from '../time/interval.ts'

export type { Stream, StreamOfAsset, WholeStream } from '../histories/stream.ts'

/** One configured account. Its API secrets are not here but in the vault. */
export interface BookAccount {
  /** The name the user gave it; first in the key of every row. */
  readonly label: string
  readonly exchange: 'binance' | 'okx'
  readonly baseUrl: string
  readonly addedAt: number
  /** Only then may `src/repay/` change the account. */
  readonly mayRepay: boolean
}

/** One accrued interest record as the exchange reported it. Natural key: account, asset, instId, marginMode, loanType, at. */
export interface Charge {
  readonly account: string
  readonly asset: string
  /** OKX isolated positions; otherwise empty. */
  readonly instId: string
  /** OKX `cross` or `isolated`; otherwise empty. */
  readonly marginMode: string
  /** OKX `type`; otherwise empty. */
  readonly loanType: string
  /** Instant of the charge. */
  readonly at: number
  readonly principal: Decimal
  /** As printed: daily on Binance, hourly on OKX. */
  readonly rate: Decimal
  readonly interest: Decimal
  /** OKX: `null` where the exchange sent an empty string, absent where it sent nothing. */
  readonly totalLiability?: Decimal | null | undefined
  readonly interestFreeLiability?: Decimal | null | undefined
  /** Fields the document does not know. */
  readonly extra?: JsonObject | undefined
  readonly receivedAt: number
}

/** One auto-exchange run. Natural key: account, from. */
export interface ExchangeRun {
  readonly account: string
  readonly from: number
  readonly to: number
  readonly details: readonly { readonly asset: string; readonly negativeBalance: Decimal; readonly maximumThreshold: Decimal }[]
  readonly receivedAt: number
}

/** One asset of an account as one reply showed it. Natural key: account, takenAt, asset. */
export interface BalanceSnapshot {
  readonly account: string
  /** By the exchange's clock. */
  readonly takenAt: number
  readonly asset: string
  /** Binance: all wallets together; OKX: equity. Signed. */
  readonly total: Decimal
  /** Magnitude of what is owed: Binance the negative balance over all wallets, OKX `liab`. */
  readonly owed: Decimal
  /** Binance: what cross margin holds free to repay with; OKX: 0 where unknown. */
  readonly free: Decimal
  /** Binance UM and CM wallets, signed; OKX 0. */
  readonly um: Decimal
  readonly cm: Decimal
  /** Unpaid interest, positive. */
  readonly interest: Decimal
  /** The exchange's own last-change instant of the asset. */
  readonly updatedAt: number
}

/**
 * One row of Binance's margin interest history (facts A5, A6). `PORTFOLIO` rows tell the charges of `interest` a second
 * time and are never added to totals; the others are charges on margin loans. Natural key: account, at, txId, asset.
 */
export interface MarginCharge {
  readonly account: string
  readonly at: number
  readonly txId: string
  readonly asset: string
  /** The asset that was borrowed where interest is paid in another. */
  readonly rawAsset: string
  /** `PERIODIC`, `ON_BORROW`, `PERIODIC_CONVERTED`, `ON_BORROW_CONVERTED`, `PORTFOLIO`, as it came. */
  readonly type: string
  readonly principal: Decimal
  /** Daily, as printed. */
  readonly rate: Decimal
  readonly interest: Decimal
  readonly receivedAt: number
}

/**
 * One change of one wallet that is not a charge: a line of income, a loan, a repayment, a bill. Natural key: account, at,
 * stream (without its asset), id, asset.
 */
export interface Movement {
  readonly account: string
  readonly at: number
  /** The stream it came from, without the asset. */
  readonly stream: 'um-income' | 'cm-income' | 'margin-loans' | 'margin-repayments' | 'bills'
  /** What the exchange numbers it by, made unique: `TRANSFER:9689322392`, a txId, a billId. */
  readonly id: string
  readonly asset: string
  readonly wallet: 'um' | 'cm' | 'margin' | 'cash'
  /** The exchange's own word: an income type, `LOAN`, `REPAY`, or `type/subType` of a bill. */
  readonly kind: string
  /** Signed change of the wallet. */
  readonly amount: Decimal
  /** The wallet after it, where the exchange tells (OKX). */
  readonly balanceAfter?: Decimal | undefined
  /** What of it was interest: that part of a repayment, or the interest a bill deducts; positive. */
  readonly interest?: Decimal | undefined
  /** What else there is to tell it by: symbol, instId, mgnMode, info, status. */
  readonly detail: string
  readonly receivedAt: number
}

/** A rate the exchange published, whether or not anybody was charged by it. Natural key: account, asset, at, source. */
export interface PublishedRate {
  readonly account: string
  readonly asset: string
  /** In force from here until the next one of the same source. */
  readonly at: number
  readonly source: 'margin-interest-rate-history' | 'interest-rate'
  /** As printed. */
  readonly rate: Decimal
  readonly per: 'day' | 'hour'
  readonly vipLevel?: number | undefined
  readonly receivedAt: number
}

/** What one unit of an asset was worth at an instant. Natural key: asset, currency, at, source. */
export interface Price {
  readonly asset: string
  /** `USD` unless somebody imported another. */
  readonly currency: string
  readonly at: number
  /** Where it was seen: the endpoint's name, or `import`. */
  readonly source: string
  readonly price: Decimal
}

/** Something about the account that rules depend on, as it stood at an instant. Natural key: account, name, at. */
export interface AccountFact {
  readonly account: string
  /**
   * `clock-ahead`: by how many ms the exchange's clock and ours disagreed when a snapshot was taken, where it was more than a minute.
   * `key`: fingerprint of the API key that filled the book from then on.
   * `uid`: the number by which the exchange knows the account, where it tells one.
   */
  readonly name: 'auto-repay' | 'clock-ahead' | 'interest-rate-unit' | 'key' | 'uid'
  readonly at: number
  readonly value: string
}

/**
 * Something the exchange told that contradicts what it told before, or itself. Never overwrites a row. Natural key:
 * account, stream, kind, row, came: seen again, it is not told twice.
 */
export interface RowFinding {
  readonly account: string
  readonly stream: Stream
  /**
   * `changed`: came again with other content; `vanished`: was there, and a later proof of the same span lacks it; `late`:
   * appeared within a span proven without it; `total`: a reply counted other rows than it brought; `witness`: another
   * history of the exchange contradicts this one; `unproven`: asked for again and again, a reply told nothing certain of
   * its span, for its full page was in no order, or one instant had more rows than can be told apart; `outside`: a row was
   * shown that was not asked for or cannot be, and is no part of the history; `clock`: one reply said a time that all others
   * contradict.
   */
  readonly kind: 'changed' | 'vanished' | 'late' | 'total' | 'witness' | 'unproven' | 'outside' | 'clock'
  /** Which row or span, in words that stay the same. */
  readonly row: string
  /** Instant of the row, or where the span begins. */
  readonly at: number
  /** What came, or what was expected; empty where nothing did. */
  readonly came: string
  /** One sentence with both values. */
  readonly sentence: string
  readonly foundAt: number
  /** Endpoint and parameters, without secrets, where one request showed it. */
  readonly request?: string | undefined
}

/** One charge as it was foreseen. Natural key: account, day, asset, position, chargeAt; the first of a day stays. */
export interface ForecastCharge {
  readonly account: string
  /** UTC midnight of the day on which it was made. */
  readonly day: number
  readonly asset: string
  /** Margin mode and instrument, as `isolated BTC-USDT`; empty where there is none. */
  readonly position: string
  readonly chargeAt: number
  readonly madeAt: number
  readonly low: Decimal
  readonly amount: Decimal
  readonly high: Decimal
}

/** That every row of the stream in this interval is in the book, and which request proved it. */
export interface CoverageSpan extends Interval {
  readonly account: string
  readonly stream: Stream
  /** Endpoint and parameters without secrets or signature. */
  readonly provenBy: string
  readonly provenAt: number
}

/** By how much a proof reaches beyond the instant at which it was taken: more than `least`, at most `most`, in ms; below 0 it reaches not even there. */
export interface AheadOfClock {
  readonly least: number
  readonly most: number
}

/** What is known of each instant that was asked about, of one history of one account. */
export interface CoverageReport extends HistoryStates {
  readonly account: string
  readonly stream: Stream
  /** The time asked about; open bounds are resolved. */
  readonly asked: Interval
  readonly isOpenStart: boolean
  /** Whether no end was asked for: then the answer is as of the last sync. */
  readonly isOpenEnd: boolean
  /** The end of the newest proof within the time asked; `undefined` where nothing of it is proven. */
  readonly provenUntil: number | undefined
  /** What a sync asks for when nobody says since when begins here, epoch ms. */
  readonly wantedFrom: number
  /** Rows may still appear this long after their instant, ms. */
  readonly settleMs: number
  /** The way to what the endpoint no longer vouches for, which is what lies before this instant. */
  readonly byFile?: { readonly before: number; readonly says: string } | undefined
}

/** How the last attempts to sync an account went. */
export interface SyncState {
  readonly account: string
  readonly lastSuccessAt?: number | undefined
  readonly lastErrorAt?: number | undefined
  readonly lastError?: string | undefined
  /** How often it failed since it last succeeded. */
  readonly failures?: number | undefined
  /** Before this instant another attempt brings nothing new, or would fail again. */
  readonly nextAttemptAt?: number | undefined
}

/** Who syncs an account at present. An `until` in the past holds nobody. */
export interface SyncLease {
  readonly account: string
  /** Unique to one run of one process; may be shown. */
  readonly holder: string
  readonly until: number
}

/** Interest added up. `period` is a UTC day, month or year, or empty when the total is over all time. */
export interface InterestTotal {
  readonly account: string
  readonly asset: string
  readonly period: string
  readonly charges: number
  readonly interest: Decimal
}
