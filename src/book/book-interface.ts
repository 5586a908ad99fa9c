import type { Decimal } from '../decimal/decimal.ts'
import type { Interval } from '../time/interval.ts'
import type {
  AccountFact,
  AheadOfClock,
  BalanceSnapshot,
  BookAccount,
  Charge,
  CoverageSpan,
  ExchangeRun,
  ForecastCharge,
  InterestTotal,
  MarginCharge,
  Movement,
  Price,
  PublishedRate,
  RowFinding,
  Stream,
  SyncLease,
  SyncState,
} from './record.ts'
import type { MarginChargeBatch, MarginChargeBatchFilter, MovementBatch, MovementBatchFilter } from './row-batch.ts'
import type { BookCheck } from './seals/check-book.ts'
import type { Deed } from './seals/repair-book.ts'

export interface ChargeFilter {
  /** Labels; left out, every account. */
  readonly accounts?: readonly string[] | undefined
  readonly asset?: string | undefined
  readonly within?: Interval | undefined
  readonly order?: 'newest-first' | 'oldest-first' | undefined
  readonly limit?: number | undefined
}

export interface TotalsFilter {
  readonly accounts?: readonly string[] | undefined
  readonly asset?: string | undefined
  /** Whole UTC days only: bounds are widened to midnight. */
  readonly within?: Interval | undefined
  readonly by: 'all' | 'day' | 'month' | 'year'
}

/**
 * What was new in a batch, and what of it contradicts what the book held before: one sentence for each such row, the first
 * time that it is told so. Afterwards it is in `findings`, and the row counts as known.
 */
export interface RecordOutcome {
  readonly added: number
  readonly known: number
  /** Rows that came again with other content: kept as they were. */
  readonly changed: readonly string[]
  /** New rows within a span that was already proven to hold no others: added. */
  readonly late: readonly string[]
  /** Rows of the book within the spans now proven again that were not among those that came: kept. */
  readonly vanished: readonly string[]
}

/** Which rows of an account are read, in the order of their instants. */
export interface RowFilter {
  readonly account: string
  readonly asset?: string | undefined
  readonly within?: Interval | undefined
  readonly order?: 'newest-first' | 'oldest-first' | undefined
  readonly limit?: number | undefined
}

/** One series of charges: its place in `ChargeBatch.series`. */
export interface ChargeSeriesName {
  readonly asset: string
  readonly instId: string
  readonly marginMode: string
  readonly loanType: string
}

/**
 * Charges as columns, for who reads millions of them: ordered by instant, then by series. Each array holds `count` values
 * and is used again for the next batch. Whatever does not fit 64 bits is in `wide`, by position.
 */
export interface ChargeBatch {
  readonly account: string
  readonly count: number
  /** Every series of the account; `seriesOf` points into it. */
  readonly series: readonly ChargeSeriesName[]
  readonly at: Float64Array
  readonly seriesOf: Uint32Array
  readonly principalMantissa: BigInt64Array
  readonly principalScale: Uint8Array
  readonly rateMantissa: BigInt64Array
  readonly rateScale: Uint8Array
  readonly interestMantissa: BigInt64Array
  readonly interestScale: Uint8Array
  /** Charges with a mantissa beyond 64 bits, or a scale beyond 8: their columns hold nothing of use, `wide` has them. */
  readonly beyond64: ReadonlySet<number>
  /** Charges that carry more than these columns: those of `beyond64`, and those with liabilities or unknown fields. */
  readonly wide: WideCharges
}

/** Whole charges by their place in a batch, each made when it is asked for; only until the next batch. */
export interface WideCharges {
  readonly size: number
  has(place: number): boolean
  /** Its `receivedAt` is not among what batches make sure of. */
  get(place: number): Charge | undefined
  /** Both liabilities of a charge that tells both, at a fraction of the price of the whole charge. */
  liabilities(place: number): ChargeLiabilities | undefined
}

export interface ChargeLiabilities {
  readonly total: Decimal
  readonly interestFree: Decimal
}

/** The durable store. Every method that writes does so in one transaction. */
export interface Book {
  accounts(): Promise<readonly BookAccount[]>
  /** @throws `book.account-exists`, `book.label-malformed` */
  addAccount(account: BookAccount): Promise<void>
  /** From now on the account is asked for at this address. @throws `book.account-unknown` */
  moveAccount(label: string, baseUrl: string): Promise<void>
  /** Removes the account and everything known of it. @throws `book.account-unknown` */
  removeAccount(label: string): Promise<void>
  /** Rows and the coverage they prove, in one transaction; rows already there are not written twice. */
  recordCharges(account: string, charges: readonly Charge[], coverage: readonly CoverageSpan[]): Promise<RecordOutcome>
  recordExchangeRuns(account: string, runs: readonly ExchangeRun[], coverage: readonly CoverageSpan[]): Promise<RecordOutcome>
  recordBalances(account: string, snapshots: readonly BalanceSnapshot[]): Promise<void>
  recordSyncState(state: SyncState): Promise<void>
  charges(filter: ChargeFilter): AsyncIterable<Charge>
  /** The newest charge of each asset, instrument and margin mode. */
  latestCharges(account: string): Promise<readonly Charge[]>
  totals(filter: TotalsFilter): Promise<readonly InterestTotal[]>
  exchangeRuns(filter: Omit<ChargeFilter, 'asset'>): AsyncIterable<ExchangeRun>
  /** The newest snapshot of each asset. */
  latestBalances(account: string): Promise<readonly BalanceSnapshot[]>
  /** Proven intervals, joined. */
  proven(account: string, stream: Stream): Promise<readonly Interval[]>
  coverage(account: string, stream: Stream): Promise<readonly CoverageSpan[]>
  /** What was proven from later than our own clock said it was at the time, by so much, and by no other proof since. */
  provenAhead(account: string, stream: Stream, ahead: AheadOfClock): Promise<readonly Interval[]>
  syncState(account: string): Promise<SyncState | undefined>
  /**
   * An account's charges in batches, oldest first; memory does not grow with the history.
   * @throws `book.account-unknown`
   */
  chargeBatches(account: string, within?: Interval): AsyncIterable<ChargeBatch>
  recordMarginCharges(account: string, charges: readonly MarginCharge[], coverage: readonly CoverageSpan[]): Promise<RecordOutcome>
  marginCharges(filter: RowFilter): AsyncIterable<MarginCharge>
  /** As `chargeBatches`. @throws `book.account-unknown` */
  marginChargeBatches(filter: MarginChargeBatchFilter): AsyncIterable<MarginChargeBatch>
  /** All of one stream (one asset of it where it has one). */
  recordMovements(
    account: string,
    stream: Stream,
    movements: readonly Movement[],
    coverage: readonly CoverageSpan[],
  ): Promise<RecordOutcome>
  movements(filter: RowFilter): AsyncIterable<Movement>
  /** As `chargeBatches`. @throws `book.account-unknown` */
  movementBatches(filter: MovementBatchFilter): AsyncIterable<MovementBatch>
  recordRates(account: string, rates: readonly PublishedRate[], coverage: readonly CoverageSpan[]): Promise<RecordOutcome>
  rates(filter: RowFilter): AsyncIterable<PublishedRate>
  /** Every snapshot, not the newest alone. */
  balances(filter: RowFilter): AsyncIterable<BalanceSnapshot>
  recordPrices(prices: readonly Price[]): Promise<{ readonly added: number; readonly known: number }>
  /** Oldest first. */
  prices(filter: { readonly asset?: string; readonly currency?: string; readonly within?: Interval }): Promise<readonly Price[]>
  recordFact(fact: AccountFact): Promise<void>
  /** The newest at or before an instant; `undefined` where none is known. */
  fact(account: string, name: AccountFact['name'], at: number): Promise<AccountFact | undefined>
  /** The record methods keep their own findings; this is for what only the sync can see. Gives how many were new. */
  recordFindings(findings: readonly RowFinding[]): Promise<number>
  /** Newest first. */
  findings(filter: {
    readonly accounts?: readonly string[]
    readonly within?: Interval
    readonly limit?: number
  }): Promise<readonly RowFinding[]>
  /**
   * Takes a proof back: the span is unproven again, and the next sync asks for it once more. The proofs as they were given
   * stay in `coverage`.
   */
  withdrawProof(account: string, stream: Stream, span: Interval): Promise<void>
  /** Keeps what is not there yet. */
  recordForecast(account: string, charges: readonly ForecastCharge[]): Promise<void>
  /** Those whose charge falls into the span, oldest first. */
  forecasts(account: string, within: Interval): Promise<readonly ForecastCharge[]>
  /**
   * Takes or prolongs the lease of an account, unless another holds it at `now`; gives whoever holds it afterwards.
   * @throws `book.account-unknown`
   */
  takeLease(lease: SyncLease, now: number): Promise<SyncLease>
  /** Gives it back; does nothing where another holds it. */
  dropLease(account: string, holder: string): Promise<void>
  /** Every row held against what was written. */
  check(): Promise<BookCheck>
  /**
   * Takes out what is damaged and withdraws its proof, so that the next sync asks the exchange again; sums are made again.
   * @throws `storage.damaged` where the database itself cannot be read
   */
  repair(now: number): Promise<readonly Deed[]>
  /** Ends what is under way; whatever is asked of the book afterwards fails with `book.closed`. */
  close(): Promise<void>
}
