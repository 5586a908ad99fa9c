import { compare } from '../../../../decimal/arithmetic.ts'
import { type Decimal, decimalOf, zero } from '../../../../decimal/decimal.ts'
import type { Engine } from '../../../engine/engine-interface.ts'
import type { OkxAnswerOf } from '../answer.ts'
import { ratedAt } from './market-rows.ts'
import { printedFigure } from './printed.ts'

const regularLevel = 0
const vipLevels = [1, 2, 3, 4, 5, 6, 7, 8, 9]
const one = decimalOf(1n)
const generalStrategy = '0'

/**
 * `GET /api/v5/public/interest-rate-loan-quota` (facts B5). The venue's quotas are absolute by level, which the document
 * puts into `config`; every coefficient is 1, and a currency whose levels differ is on `configCcyList`.
 */
export const answerInterestRateLoanQuota: OkxAnswerOf<'interestRateLoanQuota'> = ({ engine }) => {
  const rated = ratedAt(engine, regularLevel)
  const differing = rated.filter(({ ccy }) =>
    vipLevels.some((vip) => compare(quota(engine, ccy, vip), quota(engine, ccy, regularLevel)) !== 0),
  )
  const row = {
    configCcyList: differing.map(({ ccy, rateDaily }) => ({ ccy, rate: figure(rateDaily) })),
    basic: rated.map(({ ccy, rateDaily }) => ({ ccy, quota: figure(quota(engine, ccy, regularLevel)), rate: figure(rateDaily) })),
    vip: vipLevels.map((vip) => ({ irDiscount: '', loanQuotaCoef: one, level: `VIP${vip}` })),
    config: differing.flatMap(({ ccy }) =>
      vipLevels.map((vip) => ({ ccy, stgyType: generalStrategy, quota: figure(quota(engine, ccy, vip)), level: `VIP${vip}` })),
    ),
    regular: [{ irDiscount: '', loanQuotaCoef: one, level: 'Lv1' }],
  }
  return { kind: 'data', data: [row] }
}

/** Zero where the venue has no terms for the currency. */
function quota(engine: Engine, ccy: string, vip: number): Decimal {
  return engine.loanLimitOf('okx', ccy, vip) ?? zero
}

function figure(value: Decimal): Decimal {
  return printedFigure(value) ?? zero
}
