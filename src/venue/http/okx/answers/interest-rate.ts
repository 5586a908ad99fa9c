import { zero } from '../../../../decimal/decimal.ts'
import type { OkxAnswerOf } from '../answer.ts'
import { ratedCurrencies } from './market-rows.ts'
import { hourlyRate, printedFigure } from './printed.ts'

/** `GET /api/v5/account/interest-rate` (facts B4, B5): a currency nobody can borrow has no row. */
export const answerInterestRate: OkxAnswerOf<'interestRate'> = ({ engine, account, values, behaviour }) => {
  const hourly = behaviour.okxInterestRatePeriod === 'hourly'
  const rows = ratedCurrencies(engine, account, values.ccy).map(({ ccy, rateDaily }) => ({
    ccy,
    interestRate: hourly ? hourlyRate(rateDaily) : (printedFigure(rateDaily) ?? zero),
  }))
  return { kind: 'data', data: rows }
}
