import { type Decimal, zero } from '../../../../decimal/decimal.ts'
import { binancePlainRule } from '../../../../decimal/printing.ts'
import { type AnswerOf, refuse, reply } from '../answer.ts'
import { arrayRow, askedBalances, objectRow } from './balance.ts'
import { forPro } from './pro-only.ts'

/** A venue has no options. */
const noOptions: { readonly optionWalletBalance: Decimal; readonly optionEquity: Decimal } = {
  optionWalletBalance: zero,
  optionEquity: zero,
}

/** `GET /sapi/v1/portfolio/balance` (facts A6): the rows of papi with bare zeros and what options add. */
export const answerProBalance: AnswerOf<'proBalance'> = forPro((question) => {
  const asked = askedBalances(question)
  if ('error' in asked) return refuse(asked.error)
  const printed =
    'one' in asked
      ? { ...objectRow(asked.one, binancePlainRule), ...noOptions }
      : asked.all.map((balance) => ({ ...arrayRow(balance, binancePlainRule), ...noOptions }))
  return reply(printed)
})
