import type { Decimal } from '../decimal/decimal.ts'
import type { JsonObject } from '../json/json.ts'
import type { Interval } from '../time/interval.ts'

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

/** One history of one account. `balances` has no coverage. */
export type Stream = 'interest' | 'exchanges'

/** That every row of the stream in this interval is in the book, and which request proved it. */
export interface CoverageSpan extends Interval {
  readonly account: string
  readonly stream: Stream
  /** Endpoint and parameters without secrets or signature. */
  readonly provenBy: string
  readonly provenAt: number
}

/** What a stream's wanted history looks like: disjoint, ascending, together the whole of what was wanted. */
export interface CoverageReport {
  readonly account: string
  readonly stream: Stream
  readonly proven: readonly Interval[]
  readonly unproven: readonly Interval[]
  /** Past the exchange's retention and never fetched. */
  readonly lost: readonly Interval[]
}

/** How the last attempts to sync an account went. */
export interface SyncState {
  readonly account: string
  readonly lastSuccessAt?: number | undefined
  readonly lastErrorAt?: number | undefined
  readonly lastError?: string | undefined
}

/** Interest added up. `period` is a UTC day or month, or empty when the total is over all time. */
export interface InterestTotal {
  readonly account: string
  readonly asset: string
  readonly period: string
  readonly charges: number
  readonly interest: Decimal
}
