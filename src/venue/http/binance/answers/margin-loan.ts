import type { AnswerOf } from '../answer.ts'
import { answerTransaction } from './transaction.ts'

/** `POST /papi/v1/marginLoan` (facts A5). */
export const answerBorrowMarginLoan: AnswerOf<'borrowMarginLoan'> = (question) => {
  const { asset, amount } = question.values
  return answerTransaction(question, { kind: 'borrow', account: question.account, asset, amount }, asset, 'borrow')
}

/** `POST /papi/v1/repayLoan` (facts A5): interest first, and never more than is owed. */
export const answerRepayMarginLoan: AnswerOf<'repayMarginLoan'> = (question) => {
  const { asset, amount } = question.values
  return answerTransaction(question, { kind: 'repay-loan', account: question.account, asset, amount }, asset, 'repay-loan')
}
