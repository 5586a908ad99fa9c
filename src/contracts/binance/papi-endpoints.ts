import { account } from './account.ts'
import { assetCollection } from './asset-collection.ts'
import { autoCollection } from './auto-collection.ts'
import { bnbTransfer } from './bnb-transfer.ts'
import { borrowMarginLoan } from './borrow-margin-loan.ts'
import { changeRepayFuturesSwitch } from './change-repay-futures-switch.ts'
import { closeUserDataStream } from './close-user-data-stream.ts'
import { cmAccount } from './cm-account.ts'
import { cmIncome } from './cm-income.ts'
import { keepaliveUserDataStream } from './keepalive-user-data-stream.ts'
import { marginInterestHistory } from './margin-interest-history.ts'
import { marginLoanHistory } from './margin-loan-history.ts'
import { marginRepayHistory } from './margin-repay-history.ts'
import { maxBorrowable } from './max-borrowable.ts'
import { maxWithdraw } from './max-withdraw.ts'
import { orderRateLimit } from './order-rate-limit.ts'
import { repayFuturesSwitch } from './repay-futures-switch.ts'
import { repayMarginDebt } from './repay-margin-debt.ts'
import { repayMarginLoan } from './repay-margin-loan.ts'
import { startUserDataStream } from './start-user-data-stream.ts'
import { umAccount } from './um-account.ts'
import { umAccountV2 } from './um-account-v2.ts'
import { umIncome } from './um-income.ts'

/** What a Portfolio Margin account has beside its negative balances: loans, transfers, limits, income (facts A6). */
export const papiEndpoints = {
  account,
  umAccount,
  umAccountV2,
  cmAccount,
  repayFuturesSwitch,
  changeRepayFuturesSwitch,
  autoCollection,
  assetCollection,
  bnbTransfer,
  borrowMarginLoan,
  repayMarginLoan,
  repayMarginDebt,
  marginLoanHistory,
  marginRepayHistory,
  marginInterestHistory,
  maxBorrowable,
  maxWithdraw,
  orderRateLimit,
  umIncome,
  cmIncome,
  startUserDataStream,
  keepaliveUserDataStream,
  closeUserDataStream,
} as const
