import type { OkxAnswers } from '../answer.ts'
import { answerAccountConfig } from './account-config.ts'
import { answerOkxBalance } from './balance.ts'
import { answerBills, answerBillsArchive } from './bills.ts'
import { answerDiscountRateInterestFreeQuota } from './discount-rate-interest-free-quota.ts'
import { answerInterestAccrued } from './interest-accrued.ts'
import { answerInterestLimits } from './interest-limits.ts'
import { answerInterestRate } from './interest-rate.ts'
import { answerInterestRateLoanQuota } from './interest-rate-loan-quota.ts'
import { answerMaxLoan } from './max-loan.ts'
import { answerPublicTime } from './public-time.ts'
import { answerSetAutoLoan } from './set-auto-loan.ts'
import { answerSetAutoRepay } from './set-auto-repay.ts'
import { answerSpotBorrowRepayHistory } from './spot-borrow-repay-history.ts'
import { answerSpotManualBorrowRepay } from './spot-manual-borrow-repay.ts'
import { answerVipInterestAccrued, answerVipInterestDeducted } from './vip-interest.ts'

export const okxAnswers: OkxAnswers = Object.freeze({
  publicTime: answerPublicTime,
  interestAccrued: answerInterestAccrued,
  balance: answerOkxBalance,
  config: answerAccountConfig,
  interestRate: answerInterestRate,
  interestLimits: answerInterestLimits,
  bills: answerBills,
  billsArchive: answerBillsArchive,
  spotManualBorrowRepay: answerSpotManualBorrowRepay,
  setAutoRepay: answerSetAutoRepay,
  setAutoLoan: answerSetAutoLoan,
  spotBorrowRepayHistory: answerSpotBorrowRepayHistory,
  maxLoan: answerMaxLoan,
  vipInterestAccrued: answerVipInterestAccrued,
  vipInterestDeducted: answerVipInterestDeducted,
  interestRateLoanQuota: answerInterestRateLoanQuota,
  discountRateInterestFreeQuota: answerDiscountRateInterestFreeQuota,
})
