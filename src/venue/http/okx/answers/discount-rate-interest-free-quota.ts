import { maximum, subtract } from '../../../../decimal/arithmetic.ts'
import { decimalOf, zero } from '../../../../decimal/decimal.ts'
import type { OkxAnswerOf } from '../answer.ts'
import { printed, printedFigure } from './printed.ts'

const whole = decimalOf(1n)

/**
 * `GET /api/v5/public/discount-rate-interest-free-quota` (facts B4, B5). A currency has one tier without end, since the
 * venue's collateral rates do not depend on amounts; the penalty is what the rate leaves, as in the document's example.
 */
export const answerDiscountRateInterestFreeQuota: OkxAnswerOf<'discountRateInterestFreeQuota'> = ({ engine, values: { ccy } }) => {
  const known = engine.marketAssets()
  const asked = ccy === undefined ? known : known.filter((asset) => asset === ccy)
  return {
    kind: 'data',
    data: asked.map((asset) => {
      const rate = engine.collateralRateOf(asset) ?? whole
      return {
        amt: printed(engine.freeQuotaOf(asset) ?? zero),
        ccy: asset,
        collateralRestrict: false,
        details: [
          {
            discountRate: printedFigure(rate) ?? zero,
            liqPenaltyRate: printedFigure(maximum(subtract(whole, rate), zero)),
            maxAmt: null,
            minAmt: zero,
            tier: '1',
            disCcyEq: null,
          },
        ],
        discountLv: '1',
        minDiscountRate: zero,
      }
    }),
  }
}
