import { okxErrors } from '../../../../contracts/okx/errors.ts'
import type { vipInterestAccrued } from '../../../../contracts/okx/vip-interest-accrued.ts'
import type { ValuesFor } from '../../../../contracts/request.ts'
import type { OkxCharge } from '../../../engine/record.ts'
import type { Question } from '../../question.ts'
import type { OkxAnswerOf } from '../answer.ts'
import { hourlyRate, printed } from './printed.ts'

type VipValues = ValuesFor<typeof vipInterestAccrued>

/** `GET /api/v5/account/vip-interest-accrued` (facts B5). */
export const answerVipInterestAccrued: OkxAnswerOf<'vipInterestAccrued'> = (question) => answer(question)

/** `GET /api/v5/account/vip-interest-deducted` (facts B5): interest is deducted in the hour it accrues, so the rows are the same. */
export const answerVipInterestDeducted: OkxAnswerOf<'vipInterestDeducted'> = (question) => answer(question)

/** Newest first, both cursors exclusive, as in interest-accrued. */
function answer({ engine, account, values, now, behaviour }: Question<VipValues>) {
  const { after, before, limit, ccy, ordId } = values
  if (after !== undefined && before !== undefined && behaviour.okxBothCursors === 'reject') {
    return { kind: 'error', error: okxErrors.notTogether('after', 'before') } as const
  }
  const charges = engine.okxCharges({
    account,
    asset: ccy,
    loanType: '1',
    order: ordId,
    from: before === undefined ? undefined : before + 1,
    to: after === undefined ? undefined : after - 1,
    visibleAt: now,
  })
  const nearest = before !== undefined && after === undefined && behaviour.okxBeforeAlone === 'nearest'
  return { kind: 'data', data: (nearest ? charges.slice(-limit) : charges.slice(0, limit)).map(rowOf) } as const
}

function rowOf({ order, asset, interest, rateDaily, liability, at }: OkxCharge) {
  return { ordId: order, ccy: asset, interest: printed(interest), interestRate: hourlyRate(rateDaily), liab: printed(liability), ts: at }
}
