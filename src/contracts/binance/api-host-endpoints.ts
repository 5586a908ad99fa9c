import { apiRestrictions } from './api-restrictions.ts'
import { assetIndexPrice } from './asset-index-price.ts'
import { collateralRates } from './collateral-rates.ts'
import { marginAssetLeverage } from './margin-asset-leverage.ts'
import { marginInterestRateHistory } from './margin-interest-rate-history.ts'
import { nextHourlyInterestRate } from './next-hourly-interest-rate.ts'
import { proAccount } from './pro-account.ts'
import { proAssetCollection } from './pro-asset-collection.ts'
import { proAutoCollection } from './pro-auto-collection.ts'
import { proBalance } from './pro-balance.ts'
import { proBankruptcyLoan } from './pro-bankruptcy-loan.ts'
import { proBankruptcyLoanHistory } from './pro-bankruptcy-loan-history.ts'
import { proBnbTransfer } from './pro-bnb-transfer.ts'
import { proChangeDeltaMode } from './pro-change-delta-mode.ts'
import { proChangeRepayFuturesSwitch } from './pro-change-repay-futures-switch.ts'
import { proDeltaMode } from './pro-delta-mode.ts'
import { proInterestHistory } from './pro-interest-history.ts'
import { proRepayBankruptcyLoan } from './pro-repay-bankruptcy-loan.ts'
import { proRepayFuturesNegativeBalance } from './pro-repay-futures-negative-balance.ts'
import { proRepayFuturesSwitch } from './pro-repay-futures-switch.ts'
import { proSpanAccount } from './pro-span-account.ts'
import { serverTime } from './server-time.ts'
import { tieredCollateralRates } from './tiered-collateral-rates.ts'

/** What is on the api host: the twins of papi for PRO accounts, margin rates, market figures, the key, the clock (facts A5, A6). */
export const apiHostEndpoints = {
  proAccount,
  proSpanAccount,
  proBalance,
  proInterestHistory,
  proRepayFuturesSwitch,
  proChangeRepayFuturesSwitch,
  proRepayFuturesNegativeBalance,
  proAutoCollection,
  proAssetCollection,
  proBnbTransfer,
  proBankruptcyLoan,
  proRepayBankruptcyLoan,
  proBankruptcyLoanHistory,
  proDeltaMode,
  proChangeDeltaMode,
  assetIndexPrice,
  collateralRates,
  tieredCollateralRates,
  marginAssetLeverage,
  marginInterestRateHistory,
  nextHourlyInterestRate,
  apiRestrictions,
  serverTime,
}
