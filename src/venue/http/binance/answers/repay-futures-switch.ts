import { type AnswerOf, refuse, reply } from '../answer.ts'
import { carryOut } from './command-refusal.ts'

/** `GET /papi/v1/repay-futures-switch` (facts A4.4). */
export const answerRepayFuturesSwitch: AnswerOf<'repayFuturesSwitch'> = ({ engine, account }) =>
  reply({ autoRepay: engine.settingsOf(account).repaySwitch })

/** `POST /papi/v1/repay-futures-switch` (facts A4.4): 20 calls a day, also those that change nothing. */
export const answerChangeRepayFuturesSwitch: AnswerOf<'changeRepayFuturesSwitch'> = (question) => {
  const { account, values } = question
  const refusal = carryOut(question, { kind: 'set-repay-switch', account, on: values.autoRepay })
  return refusal === undefined ? reply({ msg: 'success' }) : refuse(refusal)
}
