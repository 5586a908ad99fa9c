import type { papiEndpoints } from '../../../../contracts/binance/papi-endpoints.ts'
import type { Answers } from '../answer.ts'
import { answerAccount } from './account.ts'
import { answerBnbTransfer } from './bnb-transfer.ts'
import { answerAssetCollection, answerAutoCollection } from './collection.ts'
import { answerCmAccount, answerUmAccount, answerUmAccountV2 } from './futures-account.ts'
import { answerCmIncome, answerUmIncome } from './income.ts'
import { answerCloseUserDataStream, answerKeepaliveUserDataStream, answerStartUserDataStream } from './listen-key.ts'
import { answerMarginLoanHistory, answerMarginRepayHistory } from './loan-records.ts'
import { answerMarginInterestHistory } from './margin-interest-history.ts'
import { answerMaxBorrowable, answerMaxWithdraw } from './margin-limits.ts'
import { answerBorrowMarginLoan, answerRepayMarginLoan } from './margin-loan.ts'
import { answerOrderRateLimit } from './order-rate-limit.ts'
import { answerChangeRepayFuturesSwitch, answerRepayFuturesSwitch } from './repay-futures-switch.ts'
import { answerRepayMarginDebt } from './repay-margin-debt.ts'

/** The answers of `papiEndpoints`. */
export const papiAnswers: Pick<Answers, keyof typeof papiEndpoints> = {
  account: answerAccount,
  umAccount: answerUmAccount,
  umAccountV2: answerUmAccountV2,
  cmAccount: answerCmAccount,
  repayFuturesSwitch: answerRepayFuturesSwitch,
  changeRepayFuturesSwitch: answerChangeRepayFuturesSwitch,
  autoCollection: answerAutoCollection,
  assetCollection: answerAssetCollection,
  bnbTransfer: answerBnbTransfer,
  borrowMarginLoan: answerBorrowMarginLoan,
  repayMarginLoan: answerRepayMarginLoan,
  repayMarginDebt: answerRepayMarginDebt,
  marginLoanHistory: answerMarginLoanHistory,
  marginRepayHistory: answerMarginRepayHistory,
  marginInterestHistory: answerMarginInterestHistory,
  maxBorrowable: answerMaxBorrowable,
  maxWithdraw: answerMaxWithdraw,
  orderRateLimit: answerOrderRateLimit,
  umIncome: answerUmIncome,
  cmIncome: answerCmIncome,
  startUserDataStream: answerStartUserDataStream,
  keepaliveUserDataStream: answerKeepaliveUserDataStream,
  closeUserDataStream: answerCloseUserDataStream,
}
