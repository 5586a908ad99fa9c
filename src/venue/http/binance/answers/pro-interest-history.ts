import { type AnswerOf, reply } from '../answer.ts'
import { answerInterestHistory } from './interest-history.ts'
import { forPro } from './pro-only.ts'

/** `GET /sapi/v1/portfolio/interest-history` (facts A3.2): the rows of papi, spelled otherwise. */
export const answerProInterestHistory: AnswerOf<'proInterestHistory'> = forPro((question) => {
  const answer = answerInterestHistory(question)
  if (answer.kind === 'error') return answer
  return reply(answer.reply.map(({ interestAccuredTime, ...row }) => ({ ...row, interestAccruedTime: interestAccuredTime })))
})
