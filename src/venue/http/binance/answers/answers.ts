import type { Answers } from '../answer.ts'
import { apiHostAnswers } from './api-host-answers.ts'
import { answerBalance } from './balance.ts'
import { answerInterestHistory } from './interest-history.ts'
import { answerNegativeBalanceExchangeRecord } from './negative-balance-exchange-record.ts'
import { papiAnswers } from './papi-answers.ts'
import { answerPing } from './ping.ts'
import { answerRepayFuturesNegativeBalance } from './repay-futures-negative-balance.ts'

export const binanceAnswers: Answers = Object.freeze({
  ping: answerPing,
  balance: answerBalance,
  interestHistory: answerInterestHistory,
  negativeBalanceExchangeRecord: answerNegativeBalanceExchangeRecord,
  repayFuturesNegativeBalance: answerRepayFuturesNegativeBalance,
  ...papiAnswers,
  ...apiHostAnswers,
})
