import { okxErrors } from '../../../../contracts/okx/errors.ts'
import { interestAccrued } from '../../../../contracts/okx/interest-accrued.ts'
import { divide } from '../../../../decimal/arithmetic.ts'
import { type Decimal, decimalOf } from '../../../../decimal/decimal.ts'
import { atPrintedScale, okxRule } from '../../../../decimal/printing.ts'
import type { OkxChargeQuery } from '../../../engine/engine-interface.ts'
import type { OkxCharge } from '../../../engine/record.ts'
import type { OkxAnswerOf } from '../answer.ts'

/** Market loans: the only type the venue charges (document 002). */
const marketLoans = '2'
const hoursPerDay = decimalOf(24n)
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
  if (values.type !== marketLoans) return { kind: 'data', data: [] }
  const query: OkxChargeQuery = {
    account,
    asset: values.ccy,
    instId: values.instId,
    marginMode: values.mgnMode,
    from: Math.max(before === undefined ? 0 : before + 1, now - retentionMs),
    to: after === undefined ? undefined : after - 1,
    visibleAt: now,
  }
  const nearest = before !== undefined && after === undefined && behaviour.okxBeforeAlone === 'nearest'
  const charges = nearest ? engine.okxCharges(query).slice(-limit) : engine.okxCharges({ ...query, limit })
  return { kind: 'data', data: rowsOf(charges) }
}

function rowsOf(charges: readonly OkxCharge[]) {
  // The rows of a page share a few rates.
  const hourly = new Map<Decimal, Decimal>()
  return charges.map((charge) => {
    const known = hourly.get(charge.rateDaily)
    const rate = known ?? printed(divide(charge.rateDaily, hoursPerDay, okxRule.decimalsMax, 'down'))
    if (known === undefined) hourly.set(charge.rateDaily, rate)
    return row(charge, rate)
  })
}

function row(charge: OkxCharge, interestRate: Decimal) {
  return {
    ccy: charge.asset,
    instId: charge.instId,
    interest: printed(charge.interest),
    interestRate,
    liab: printed(charge.liability),
    totalLiab: printed(charge.totalLiability),
    interestFreeLiab: printed(charge.interestFreeLiability),
    mgnMode: charge.marginMode,
    ts: charge.at,
    type: marketLoans,
  }
}

function printed(value: Decimal): Decimal {
  return atPrintedScale(value, okxRule)
}
