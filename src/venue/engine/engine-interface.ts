import type { Exchange } from '../../contracts/contract.ts'
import type { Decimal } from '../../decimal/decimal.ts'
import type { Checkpoint } from './checkpoint.ts'
import type { ApiKey, ClockMode, Command, JournalEntry } from './command.ts'
import type { EngineCopy } from './engine-files.ts'
import type {
  AccountSettings,
  AccountState,
  BinanceBalance,
  BinanceCharge,
  EngineEvent,
  ExchangeRun,
  LoanCharge,
  MarginStatus,
  Movement,
  MovementCause,
  OkxAccountStatus,
  OkxBalance,
  OkxBill,
  OkxCharge,
  RateChange,
  Requirements,
} from './record.ts'

/** Rows of one account, newest first, with both bounds inclusive as the exchanges ask for them. */
export interface ChargeQuery {
  readonly account: string
  readonly asset?: string | undefined
  /** At or after this instant. */
  readonly from?: number | undefined
  /** At or before this instant. */
  readonly to?: number | undefined
  readonly limit?: number | undefined
}

export interface OkxChargeQuery extends ChargeQuery {
  readonly instId?: string | undefined
  readonly marginMode?: 'cross' | 'isolated' | undefined
  /** `2` market loans, `1` VIP loans; left out, both. */
  readonly loanType?: '1' | '2' | undefined
  /** Of one VIP loan. */
  readonly order?: string | undefined
  /** Only rows the exchange shows at this instant; left out, every row there is. */
  readonly visibleAt?: number | undefined
}

export interface OkxBillQuery extends ChargeQuery {
  readonly marginMode?: 'cross' | 'isolated' | undefined
  readonly instId?: string | undefined
  readonly kinds?: readonly OkxBill['kind'][] | undefined
  /** Older than this id. */
  readonly before?: bigint | undefined
  /** Newer than this id. */
  readonly after?: bigint | undefined
}

export interface MovementQuery extends ChargeQuery {
  readonly causes?: readonly MovementCause[] | undefined
  /** Older than this id. */
  readonly before?: bigint | undefined
  /** Newer than this id. */
  readonly after?: bigint | undefined
}

/** The exchange itself: deterministic, in memory, fed by commands and by the passing of time. */
export interface Engine {
  /** The instant up to which everything due has fired. */
  readonly now: number
  /** The number of the last entry of the journal; 0 before the first. */
  readonly sequence: number
  /** The next instant after `now` at which something may happen by itself; infinite when nothing may. */
  nextDue(): number
  /** Moves time on and fires every boundary in `(now, instant]`, in order. @throws `time.clock-backwards` */
  advanceTo(instant: number): void
  /**
   * As `advanceTo`, in pieces of a few milliseconds: one for each value taken. In between, `now` tells how far the clock
   * has come, and charges up to it, movements, runs and the market may be asked for; whatever looks at a balance or
   * changes anything finishes the way to `instant` first, and takes place there although it was asked for at an earlier
   * instant that the clock still told. The outcome is the same as without pieces.
   */
  advancing(instant: number): Generator<void>
  /**
   * Advances to `at` (default: `now`), so that what is due at `at` fires first, then validates the command, writes it
   * to the journal and applies it. Written before it returns. A repeated `id` is answered without being applied again.
   * @throws `venue.*` errors, with nothing changed
   */
  apply(command: Command, options?: { readonly at?: number; readonly id?: string }): JournalEntry
  /** Many commands in one journal transaction, each with its own `at` (not decreasing). */
  applyAll(commands: Iterable<{ readonly command: Command; readonly at: number; readonly id?: string }>): void
  accounts(): readonly AccountState[]
  /** @throws `venue.account-unknown` */
  accountState(account: string): AccountState
  accountOfKey(apiKey: string): { readonly account: AccountState; readonly key: ApiKey; readonly since: number } | undefined
  /** Binance: the leverage of cross margin. */
  readonly marginLeverage: number
  keysOf(account: string): readonly ApiKey[]
  /** Every asset ever touched, in the order of first touch. */
  binanceBalances(account: string): readonly BinanceBalance[]
  okxBalances(account: string): readonly OkxBalance[]
  /** OKX: the account as a whole. */
  okxStatus(account: string): OkxAccountStatus
  /** OKX: movements of cash and debts, and interest, newest first. Unrealised results are no bills. */
  okxBills(query: OkxBillQuery): readonly OkxBill[]
  binanceCharges(query: ChargeQuery): readonly BinanceCharge[]
  okxCharges(query: OkxChargeQuery): readonly OkxCharge[]
  /** Charges on Binance margin loans. */
  loanCharges(query: ChargeQuery): readonly LoanCharge[]
  /** Everything that moved money of the account but interest, newest first. */
  movements(query: MovementQuery): readonly Movement[]
  /** Binance: equity, uniMMR and limits as they stand. */
  marginStatus(account: string): MarginStatus
  requirementsOf(account: string): readonly Requirements[]
  settingsOf(account: string): AccountSettings
  /** Binance: how much of the asset may leave cross margin now. */
  maxWithdraw(account: string, asset: string): Decimal
  /** How much more of the asset may be borrowed now (`amount`), and what the level may borrow in all (`limit`). */
  maxBorrow(account: string, asset: string): { readonly amount: Decimal; readonly limit: Decimal }
  /** What a level may borrow of the asset in all; undefined while no terms were set. */
  loanLimitOf(exchange: Exchange, asset: string, vip: number): Decimal | undefined
  /** Binance: what of the asset the exchange can still lend; undefined while no pool was set. */
  lendable(exchange: Exchange, asset: string): Decimal | undefined
  /** Runs whose start lies within the bounds and which have ended. */
  exchangeRuns(query: ChargeQuery): readonly ExchangeRun[]
  /** The index price in USD, when one was set. */
  priceOf(asset: string): Decimal | undefined
  /** The daily rate in force for the level. */
  rateOf(exchange: Exchange, asset: string, vip: number): Decimal | undefined
  /** Every change of the level's rate with `from <= at <= to`, newest first. */
  rateHistory(query: {
    readonly exchange: Exchange
    readonly asset: string
    readonly vip: number
    readonly from?: number
    readonly to?: number
  }): readonly RateChange[]
  /** Every asset that has a price, a rate or a collateral rate. */
  marketAssets(): readonly string[]
  /** Share of an asset's value that counts as collateral, when one was set. */
  collateralRateOf(asset: string): Decimal | undefined
  /** Binance: the thresholds in force for the level. */
  thresholdsOf(asset: string, vip: number): { readonly free: Decimal; readonly maximum: Decimal } | undefined
  /** OKX: the interest-free quota of a currency. */
  freeQuotaOf(asset: string): Decimal | undefined
  /**
   * Tells everything that happens from now on, in order, once the command or the move of the clock that it belongs to is
   * done; the function returned ends it. Never during a replay.
   */
  subscribe(listener: (event: EngineEvent) => void): () => void
  /** The mode of the last `set-clock`, when there was one. */
  readonly clockMode: ClockMode | undefined
  /** A digest of the whole state: two engines with the same journal at the same instant have the same one. */
  digest(): string
  /** Every journal entry, or those after the number given, oldest first. */
  journal(after?: number): Iterable<JournalEntry>
  /** Where the engine stands now: a further engine on the same journal goes on from there without replaying it. */
  checkpoint(): Checkpoint
  /** Everything it is, taken in one instant: any number of engines can be made of it. */
  copy(): EngineCopy
  /** A copy of the charges kept in a directory of its own, durably. @throws `storage.*` */
  copyCharges(directory: string): void
  /** An independent engine in memory that stands where this one does, journal and all; neither changes the other. */
  fork(): Engine
  /** Nobody is told or asked anything after it. `isDiscarded`: what it holds will not be opened again. */
  close(options?: { readonly isDiscarded?: boolean }): void
}
