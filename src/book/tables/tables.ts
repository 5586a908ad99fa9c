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
}

export interface ChargeTable {
  account: string
  at: Whole
  asset: string
  inst_id: string
  margin_mode: string
  loan_type: string
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
}

/** Interest of one asset on one UTC day, counted from the epoch; totals read nothing else. */
export interface InterestDayTable {
  account: string
  asset: string
  day: Whole
  charges: Whole
  interest_mantissa: Mantissa
  interest_scale: Whole
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

/** A table whose other columns are stated beside the record it holds (`rowTable`). */
export interface AccountRows {
  account: string
}

export interface BookTables {
  accounts: AccountTable
  charges: ChargeTable
  charge_series: ChargeSeriesTable
  interest_days: InterestDayTable
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
}

/** Every table with rows of an account, the account itself last: the order in which an account is removed. */
export const tablesOfAccounts = [
  'charges',
  'charge_series',
  'interest_days',
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
