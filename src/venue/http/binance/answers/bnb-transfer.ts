import type { AnswerOf } from '../answer.ts'
import { answerTransaction } from './transaction.ts'

/** `POST /papi/v1/bnb-transfer` (facts A4.6). */
export const answerBnbTransfer: AnswerOf<'bnbTransfer'> = (question) => {
  const { amount, transferSide } = question.values
  const side = transferSide === 'TO_UM' ? 'to-um' : 'from-um'
  return answerTransaction(question, { kind: 'transfer-bnb', account: question.account, amount, side }, 'BNB', 'bnb-transfer')
}
