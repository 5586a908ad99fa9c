import type { BinanceClient } from '../client/binance-client.ts'
import type { OkxClient } from '../client/okx-client.ts'

/** What of a client the sync uses: reading calls only. */
export type BinanceSyncClient = Pick<
  BinanceClient,
  | 'exchange'
  | 'clock'
  | 'serverNow'
  | 'hasApiHost'
  | 'balance'
  | 'interestHistory'
  | 'negativeBalanceExchangeRecord'
  | 'marginInterestHistory'
  | 'umIncome'
  | 'cmIncome'
  | 'marginLoanHistory'
  | 'marginRepayHistory'
  | 'marginInterestRateHistory'
  | 'assetIndexPrice'
  | 'repayFuturesSwitch'
>
export type OkxSyncClient = Pick<
  OkxClient,
  | 'exchange'
  | 'clock'
  | 'serverNow'
  | 'balance'
  | 'interestAccrued'
  | 'billsArchive'
  | 'interestRate'
  | 'interestLimits'
  | 'interestRateLoanQuota'
>
export type SyncClient = BinanceSyncClient | OkxSyncClient
