import type { BinanceClient } from '../client/binance-client.ts'
import type { OkxClient } from '../client/okx-client.ts'

interface Keyed {
  /** Tells the API key from others; absent where no key is used, as there is none that could be of another account. */
  readonly keyId?: string
}

/** What single replies said of the time that all others contradict; a client that knows the time otherwise has none. */
type TellsOddTimes = Partial<Pick<OkxClient, 'oddTimes'>>

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
> &
  Keyed &
  TellsOddTimes
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
  | 'config'
  | 'interestRateLoanQuota'
> &
  Keyed &
  TellsOddTimes
export type SyncClient = BinanceSyncClient | OkxSyncClient
