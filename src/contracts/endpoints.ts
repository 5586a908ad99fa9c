import { apiHostEndpoints } from './binance/api-host-endpoints.ts'
import { balance } from './binance/balance.ts'
import { interestHistory } from './binance/interest-history.ts'
import { negativeBalanceExchangeRecord } from './binance/negative-balance-exchange-record.ts'
import { papiEndpoints } from './binance/papi-endpoints.ts'
import { ping } from './binance/ping.ts'
import { repayFuturesNegativeBalance } from './binance/repay-futures-negative-balance.ts'
import { accountConfig } from './okx/account-config.ts'
import { okxBalance } from './okx/balance.ts'
import { bills } from './okx/bills.ts'
import { billsArchive } from './okx/bills-archive.ts'
import { discountRateInterestFreeQuota } from './okx/discount-rate-interest-free-quota.ts'
import { interestAccrued } from './okx/interest-accrued.ts'
import { interestLimits } from './okx/interest-limits.ts'
import { interestRate } from './okx/interest-rate.ts'
import { interestRateLoanQuota } from './okx/interest-rate-loan-quota.ts'
import { maxLoan } from './okx/max-loan.ts'
import { publicTime } from './okx/public-time.ts'
import { setAutoLoan } from './okx/set-auto-loan.ts'
import { setAutoRepay } from './okx/set-auto-repay.ts'
import { spotBorrowRepayHistory } from './okx/spot-borrow-repay-history.ts'
import { spotManualBorrowRepay } from './okx/spot-manual-borrow-repay.ts'
import { vipInterestAccrued } from './okx/vip-interest-accrued.ts'
import { vipInterestDeducted } from './okx/vip-interest-deducted.ts'

/** Every Binance endpoint stated so far, by the name its client function has. */
export const binanceEndpoints = Object.freeze({
  ping,
  balance,
  interestHistory,
  negativeBalanceExchangeRecord,
  repayFuturesNegativeBalance,
  ...papiEndpoints,
  ...apiHostEndpoints,
})

/** Every OKX endpoint stated so far, by the name its client function has. */
export const okxEndpoints = Object.freeze({
  publicTime,
  interestAccrued,
  balance: okxBalance,
  config: accountConfig,
  interestRate,
  interestLimits,
  bills,
  billsArchive,
  spotManualBorrowRepay,
  setAutoRepay,
  setAutoLoan,
  spotBorrowRepayHistory,
  maxLoan,
  vipInterestAccrued,
  vipInterestDeducted,
  interestRateLoanQuota,
  discountRateInterestFreeQuota,
})
