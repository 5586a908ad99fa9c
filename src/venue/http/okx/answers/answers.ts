import type { OkxAnswers } from '../answer.ts'
import { answerOkxBalance } from './balance.ts'
import { answerInterestAccrued } from './interest-accrued.ts'
import { answerPublicTime } from './public-time.ts'

export const okxAnswers: OkxAnswers = Object.freeze({
  publicTime: answerPublicTime,
  interestAccrued: answerInterestAccrued,
  balance: answerOkxBalance,
})
