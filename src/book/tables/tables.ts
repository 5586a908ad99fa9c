import type { ColumnType } from 'kysely'

/** A whole number within 2^53. SQLite gives a bigint, PostgreSQL text or a number; `Number` reads all three. */
export type Whole = ColumnType<number | bigint | string, number, number>

/** The mantissa of a decimal: an integer of any size. SQLite keeps it as text beyond 64 bits. */
export type Mantissa = ColumnType<bigint | string | number, bigint | string, bigint | string>

/** As `Mantissa`, where the decimal may be absent or empty; its scale says which. */
export type OptionalMantissa = ColumnType<bigint | string | number | null, bigint | string | null, bigint | string | null>
export type OptionalWhole = ColumnType<number | bigint | string | null, number | null, number | null>

export interface AccountTable {
  account: string
  exchange: string
  base_url: string
  added_at: Whole
  may_repay: Whole
  /** What stands for the account in the rows that there are millions of. */
  number: Whole
}

export interface ChargeTable {
  account_number: Whole
  at: Whole
  series: Whole
  principal_mantissa: Mantissa
  principal_scale: Whole
  rate_mantissa: Mantissa
  rate_scale: Whole
  interest_mantissa: Mantissa
  interest_scale: Whole
  total_liability_mantissa: OptionalMantissa
  total_liability_scale: OptionalWhole
  free_liability_mantissa: OptionalMantissa
  free_liability_scale: OptionalWhole
  extra: string | null
  received_at: Whole
}

/** First and last charge of one asset, instrument, margin mode and loan type; spares a scan for the newest. */
export interface ChargeSeriesTable {
  account: string
  asset: string
  inst_id: string
  margin_mode: string
  loan_type: string
  first_at: Whole
  last_at: Whole
  number: Whole
}

/** Interest of one asset in one period; `asset_series` is the first series of the asset. Totals read nothing else. */
interface TotalTable {
  account_number: Whole
  asset_series: Whole
  charges: Whole
  interest_mantissa: Mantissa
  interest_scale: Whole
}

/** `day` is a UTC day, counted from the epoch. */
export interface DayTotalTable extends TotalTable {
  day: Whole
}

/** `month` is `2026-01`. */
export interface MonthTotalTable extends TotalTable {
  month: string
}

/** When the newest snapshot of an asset was taken. */
export interface BalanceSeriesTable {
  account: string
  asset: string
  last_at: Whole
}

/** Every proof of coverage, as it was given. */
export interface CoverageTable {
  account: string
  stream: string
  from_at: Whole
  to_at: Whole
  proven_at: Whole
  proven_by: string
}

/** The proofs joined: few rows, however many requests there were. */
export interface ProvenTable {
  account: string
  stream: string
  from_at: Whole
  to_at: Whole
}

export interface SyncStateTable {
  account: string
  last_success_at: OptionalWhole
  last_error_at: OptionalWhole
  last_error: string | null
  failures: OptionalWhole
  next_attempt_at: OptionalWhole
}

export interface LeaseTable {
  account: string
  holder: string
  until_at: Whole
}

export interface PriceTable {
  asset: string
  currency: string
  at: Whole
  source: string
  price_mantissa: Mantissa
  price_scale: Whole
}

/** What the rows of a group add up to (`seals/`). */
export interface SealTable {
  kind: Whole
  owner: string
  period: Whole
  row_count: Whole
  low: Whole
  high: Whole
  aside: Whole
}

/** Rows that a repair took out, a line each. */
export interface SetAsideTable {
  kind: Whole
  owner: string
  period: Whole
  set_at: Whole
  row_text: string
}

/** A table whose other columns are stated beside the record it holds (`rowTable`). */
export interface AccountRows {
  account: string
}

export interface BookTables {
  accounts: AccountTable
  charge_rows: ChargeTable
  charge_series: ChargeSeriesTable
  day_totals: DayTotalTable
  month_totals: MonthTotalTable
  margin_charges: AccountRows
  movements: AccountRows
  rates: AccountRows
  exchange_runs: AccountRows
  exchange_run_details: AccountRows
  balances: AccountRows
  balance_series: BalanceSeriesTable
  coverage: CoverageTable
  proven: ProvenTable
  findings: AccountRows
  facts: AccountRows
  forecasts: AccountRows
  leases: LeaseTable
  sync_states: SyncStateTable
  prices: PriceTable
  seals: SealTable
  set_aside: SetAsideTable
}

/** The tables whose rows name their account by its number. */
export const numberedTables = ['charge_rows', 'day_totals', 'month_totals'] as const satisfies readonly (keyof BookTables)[]

/** Every other table with rows of an account, the account itself last: the order in which an account is removed. */
export const tablesOfAccounts = [
  'charge_series',
  'margin_charges',
  'movements',
  'rates',
  'exchange_run_details',
  'exchange_runs',
  'balances',
  'balance_series',
  'coverage',
  'proven',
  'findings',
  'facts',
  'forecasts',
  'leases',
  'sync_states',
  'accounts',
] as const satisfies readonly (keyof BookTables)[]
