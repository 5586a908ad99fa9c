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

export interface ExchangeRunTable {
  account: string
  started_at: Whole
  ended_at: Whole
  received_at: Whole
}

export interface ExchangeRunDetailTable {
  account: string
  started_at: Whole
  position: Whole
  asset: string
  negative_balance_mantissa: Mantissa
  negative_balance_scale: Whole
  maximum_threshold_mantissa: Mantissa
  maximum_threshold_scale: Whole
}

export interface BalanceTable {
  account: string
  asset: string
  taken_at: Whole
  total_mantissa: Mantissa
  total_scale: Whole
  owed_mantissa: Mantissa
  owed_scale: Whole
  free_mantissa: Mantissa
  free_scale: Whole
  um_mantissa: Mantissa
  um_scale: Whole
  cm_mantissa: Mantissa
  cm_scale: Whole
  interest_mantissa: Mantissa
  interest_scale: Whole
  updated_at: Whole
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
}

export interface BookTables {
  accounts: AccountTable
  charges: ChargeTable
  charge_series: ChargeSeriesTable
  interest_days: InterestDayTable
  exchange_runs: ExchangeRunTable
  exchange_run_details: ExchangeRunDetailTable
  balances: BalanceTable
  balance_series: BalanceSeriesTable
  coverage: CoverageTable
  proven: ProvenTable
  sync_states: SyncStateTable
}

/** Every table with rows of an account, the account itself last: the order in which an account is removed. */
export const tablesOfAccounts = [
  'charges',
  'charge_series',
  'interest_days',
  'exchange_run_details',
  'exchange_runs',
  'balances',
  'balance_series',
  'coverage',
  'proven',
  'sync_states',
  'accounts',
] as const satisfies readonly (keyof BookTables)[]
