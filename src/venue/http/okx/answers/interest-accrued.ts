import { okxErrors } from '../../../../contracts/okx/errors.ts'
import { interestAccrued } from '../../../../contracts/okx/interest-accrued.ts'
import type { Decimal } from '../../../../decimal/decimal.ts'
import { okxLiabilityFields } from '../../../../rules/okx-liability-fields.ts'
import type { FaceBehaviour } from '../../../behaviour.ts'
import type { OkxChargeQuery } from '../../../engine/engine-interface.ts'
import type { OkxCharge } from '../../../engine/record.ts'
import type { OkxAnswerOf } from '../answer.ts'
import { hourlyRate, printed } from './printed.ts'

const retentionMs = interestAccrued.cursor?.retentionMs ?? Number.POSITIVE_INFINITY

/**
 * `GET /api/v5/account/interest-accrued` (document 002; facts B3): newest first, both cursors exclusive, only what the
 * exchange shows by now and keeps. Rows of one hour stand in the engine's order, the same on every page.
 */
export const answerInterestAccrued: OkxAnswerOf<'interestAccrued'> = ({ engine, account, values, now, behaviour }) => {
  const { after, before, limit } = values
  if (after !== undefined && before !== undefined && behaviour.okxBothCursors === 'reject') {
    return { kind: 'error', error: okxErrors.notTogether('after', 'before') }
  }
  const query: OkxChargeQuery = {
    account,
    loanType: values.type,
    asset: values.ccy,
    instId: values.instId,
    marginMode: values.mgnMode,
    from: Math.max(before === undefined ? 0 : before + 1, now - retentionMs),
    to: after === undefined ? undefined : after - 1,
    visibleAt: now,
  }
  const nearest = before !== undefined && after === undefined && behaviour.okxBeforeAlone === 'nearest'
  const charges = nearest ? engine.okxCharges(query).slice(-limit) : engine.okxCharges({ ...query, limit })
  return { kind: 'data', data: rowsOf(charges, behaviour) }
}

function rowsOf(charges: readonly OkxCharge[], behaviour: FaceBehaviour) {
  // The rows of a page share a few rates.
  const hourly = new Map<Decimal, Decimal>()
  return charges.map((charge) => {
    const known = hourly.get(charge.rateDaily)
    const rate = known ?? hourlyRate(charge.rateDaily)
    if (known === undefined) hourly.set(charge.rateDaily, rate)
    return row(charge, rate, behaviour)
  })
}

function row(charge: OkxCharge, interestRate: Decimal, behaviour: FaceBehaviour) {
  return {
    ccy: charge.asset,
    instId: charge.instId,
    interest: printed(charge.interest),
    interestRate,
    liab: printed(charge.liability),
    ...liabilityFields(charge, behaviour),
    // A VIP loan is in no margin mode: the document's rows of type 1 leave it empty.
    mgnMode: charge.loanType === '1' ? '' : charge.marginMode,
    ts: charge.at,
    type: charge.loanType,
  }
}

const emptyFields = Object.freeze({ totalLiab: null, interestFreeLiab: null })

/** The two newer fields: absent, empty or filled by the instant of the charge (facts B3). */
function liabilityFields({ at, totalLiability, interestFreeLiability }: OkxCharge, behaviour: FaceBehaviour) {
  const { okxLiabilityFieldsFrom: fieldsFrom, okxLiabilityValuesFrom: valuesFrom } = behaviour
  switch (okxLiabilityFields(at, { fieldsFrom, valuesFrom })) {
    case 'absent':
      return {}
    case 'empty':
      return emptyFields
    case 'present':
      return { totalLiab: printed(totalLiability), interestFreeLiab: printed(interestFreeLiability) }
  }
}
