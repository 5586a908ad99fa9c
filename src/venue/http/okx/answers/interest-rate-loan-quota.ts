import { equals } from '../../../../decimal/arithmetic.ts'
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
 * puts into `config`; every coefficient is 1, and a currency whose levels differ is on `configCcyList`. A quota is
 * empty where none was set.
 */
export const answerInterestRateLoanQuota: OkxAnswerOf<'interestRateLoanQuota'> = ({ engine }) => {
  const rated = ratedAt(engine, regularLevel)
  const differing = rated.filter(({ ccy }) => vipLevels.some((vip) => hasQuotaOfItsOwn(engine, ccy, vip)))
  const row = {
    configCcyList: differing.map(({ ccy, rateDaily }) => ({ ccy, rate: rateOf(rateDaily) })),
    basic: rated.map(({ ccy, rateDaily }) => ({ ccy, quota: quotaOf(engine, ccy, regularLevel), rate: rateOf(rateDaily) })),
    vip: vipLevels.map((vip) => ({ irDiscount: '', loanQuotaCoef: one, level: `VIP${vip}` })),
    config: differing.flatMap(({ ccy }) =>
      vipLevels.map((vip) => ({ ccy, stgyType: generalStrategy, quota: quotaOf(engine, ccy, vip), level: `VIP ${vip}` })),
    ),
    regular: [{ irDiscount: '', loanQuotaCoef: one, level: 'Lv1' }],
  }
  return { kind: 'data', data: [row] }
}

function hasQuotaOfItsOwn(engine: Engine, ccy: string, vip: number): boolean {
  const own = engine.loanLimitOf('okx', ccy, vip)
  const regular = engine.loanLimitOf('okx', ccy, regularLevel)
  return own !== undefined && (regular === undefined || !equals(own, regular))
}

function quotaOf(engine: Engine, ccy: string, vip: number): Decimal | null {
  return printedFigure(engine.loanLimitOf('okx', ccy, vip))
}

function rateOf(rateDaily: Decimal): Decimal {
  return printedFigure(rateDaily) ?? zero
}
