import { type AnswerOf, reply } from '../answer.ts'

/** `POST /papi/v1/repay-futures-negative-balance` (document 004; facts A3.4): `success` also where nothing could be done. */
export const answerRepayFuturesNegativeBalance: AnswerOf<'repayFuturesNegativeBalance'> = ({ engine, account, now }) => {
  engine.apply({ kind: 'repay-futures', account }, { at: now })
  return reply({ msg: 'success' })
}
