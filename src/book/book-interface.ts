import type { Interval } from '../time/interval.ts'
import type { BalanceSnapshot, BookAccount, Charge, CoverageSpan, ExchangeRun, InterestTotal, Stream, SyncState } from './record.ts'

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
  readonly by: 'all' | 'day' | 'month'
}

/** What was new in a batch, and what of it contradicts what the book held before: one sentence for each such row. */
export interface RecordOutcome {
  readonly added: number
  readonly known: number
  /** Rows that came again with other content: kept as they were. */
  readonly changed: readonly string[]
  /** New rows within a span that was already proven to hold no others: added. */
  readonly late: readonly string[]
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
  syncState(account: string): Promise<SyncState | undefined>
  /** Ends what is under way; whatever is asked of the book afterwards fails with `book.closed`. */
  close(): Promise<void>
}
