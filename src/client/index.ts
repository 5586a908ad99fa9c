/** Signed, typed, budgeted calls to Binance Portfolio Margin and OKX, or to a venue that answers like them. */
export { isOverdraftError, OverdraftError } from '../errors/overdraft-error.ts'
export { Secret } from '../errors/secret.ts'
export { systemClock } from '../time/system-clock.ts'
export { type BinanceClient, type BinanceClientOptions, createBinanceClient } from './binance-client.ts'
export { Budget, type BudgetOptions } from './budget/budget.ts'
export { CallBudgets } from './budget/call-budgets.ts'
export { PoolBudgets } from './budget/pool-budgets.ts'
export { createWeightBudget, type WeightBudget } from './budget/weight-budget.ts'
export type { CallOptions } from './call-options.ts'
export type { ClientEvent, ClientListener } from './client-event.ts'
export type { BinanceCredentials, OkxCredentials } from './credentials.ts'
export { createOkxClient, type OkxClient, type OkxClientOptions } from './okx-client.ts'
export type { OddTime, ServerTimeReading } from './server-time.ts'
export type { Fetch } from './transport/fetch-transport.ts'
export type { HistoryPage, PageDoubt, WalkOptions } from './walk/history-page.ts'
export type { InterestAccruedClient, InterestAccruedRow } from './walk/interest-accrued-types.ts'
export { type BillClient, type BillRow, walkBills } from './walk/walk-bills.ts'
export { type ExchangeRecordClient, type ExchangeRunRow, walkExchangeRecords } from './walk/walk-exchange-records.ts'
export { type IncomeClient, type IncomeRow, type IncomeWalk, walkIncome } from './walk/walk-income.ts'
export { type InterestAccruedWalk, walkInterestAccrued } from './walk/walk-interest-accrued.ts'
export {
  type InterestHistoryClient,
  type InterestHistoryRow,
  type InterestHistoryWalk,
  walkInterestHistory,
} from './walk/walk-interest-history.ts'
export {
  type MarginInterestClient,
  type MarginInterestRow,
  type MarginInterestWalk,
  walkMarginInterest,
} from './walk/walk-margin-interest.ts'
export {
  type MarginLoanClient,
  type MarginLoanRow,
  type MarginLoanWalk,
  type MarginRepayRow,
  walkMarginLoans,
  walkMarginRepayments,
} from './walk/walk-margin-loans.ts'
export { type RateClient, type RateRow, walkRates } from './walk/walk-rates.ts'
