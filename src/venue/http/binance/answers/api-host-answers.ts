import type { apiHostEndpoints } from '../../../../contracts/binance/api-host-endpoints.ts'
import type { Answers } from '../answer.ts'
import { answerApiRestrictions } from './api-restrictions.ts'
import { answerBnbTransfer } from './bnb-transfer.ts'
import { answerAssetCollection, answerAutoCollection } from './collection.ts'
import { answerProChangeDeltaMode, answerProDeltaMode } from './delta-mode.ts'
import { answerMarginInterestRateHistory, answerNextHourlyInterestRate } from './margin-rates.ts'
import { answerAssetIndexPrice, answerCollateralRates, answerMarginAssetLeverage, answerTieredCollateralRates } from './market-figures.ts'
import { answerProAccount, answerProSpanAccount } from './pro-account.ts'
import { answerProBalance } from './pro-balance.ts'
import { answerProInterestHistory } from './pro-interest-history.ts'
import { forPro } from './pro-only.ts'
import {
  answerProBankruptcyLoan,
  answerProBankruptcyLoanHistory,
  answerProRepayBankruptcyLoan,
  answerProRepayFuturesNegativeBalance,
} from './pro-repayments.ts'
import { answerChangeRepayFuturesSwitch, answerRepayFuturesSwitch } from './repay-futures-switch.ts'
import { answerServerTime } from './server-time.ts'

/** The answers of `apiHostEndpoints`; the twins give those of papi. */
export const apiHostAnswers: Pick<Answers, keyof typeof apiHostEndpoints> = {
  proAccount: answerProAccount,
  proSpanAccount: answerProSpanAccount,
  proBalance: answerProBalance,
  proInterestHistory: answerProInterestHistory,
  proRepayFuturesSwitch: forPro(answerRepayFuturesSwitch),
  proChangeRepayFuturesSwitch: forPro(answerChangeRepayFuturesSwitch),
  proRepayFuturesNegativeBalance: answerProRepayFuturesNegativeBalance,
  proAutoCollection: forPro(answerAutoCollection),
  proAssetCollection: forPro(answerAssetCollection),
  proBnbTransfer: forPro(answerBnbTransfer),
  proBankruptcyLoan: answerProBankruptcyLoan,
  proRepayBankruptcyLoan: answerProRepayBankruptcyLoan,
  proBankruptcyLoanHistory: answerProBankruptcyLoanHistory,
  proDeltaMode: answerProDeltaMode,
  proChangeDeltaMode: answerProChangeDeltaMode,
  assetIndexPrice: answerAssetIndexPrice,
  collateralRates: answerCollateralRates,
  tieredCollateralRates: answerTieredCollateralRates,
  marginAssetLeverage: answerMarginAssetLeverage,
  marginInterestRateHistory: answerMarginInterestRateHistory,
  nextHourlyInterestRate: answerNextHourlyInterestRate,
  apiRestrictions: answerApiRestrictions,
  serverTime: answerServerTime,
}
