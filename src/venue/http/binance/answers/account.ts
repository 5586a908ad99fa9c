import { accountFigures, owned } from '../account-figures.ts'
import { type AnswerOf, reply } from '../answer.ts'

/** `GET /papi/v1/account` (facts A6, A4.7). What the account has is cut at eight decimals, what it needs is rounded up. */
export const answerAccount: AnswerOf<'account'> = ({ engine, account }) => {
  const status = engine.marginStatus(account)
  return reply({
    ...accountFigures(status),
    virtualMaxWithdrawAmount: owned(status.maxWithdraw),
    totalAvailableBalance: null,
    totalMarginOpenLoss: null,
    updateTime: status.updatedAt,
  })
}
