import { add, divide, negate, sum } from '../../../src/decimal/arithmetic.ts'
import { decimal } from '../../../src/decimal/decimal.ts'
import { okxLiabilityFields, okxLiabilityFieldsDefaults } from '../../../src/rules/okx-liability-fields.ts'
import type { OkxBalance, OkxCharge } from '../../../src/venue/engine/record.ts'
import { type ComparableRow, plainDecimal } from './comparable.ts'

const hoursOfADay = decimal('24')

/** The row of `GET /api/v5/account/interest-accrued` for this charge; the hourly rate is cut at 16 decimals. */
export function interestRowOf(charge: OkxCharge): ComparableRow {
  return {
    ccy: charge.asset,
    instId: charge.instId,
    interest: plainDecimal(charge.interest),
    interestRate: plainDecimal(divide(charge.rateDaily, hoursOfADay, 16, 'down')),
    liab: plainDecimal(charge.liability),
    ...liabilityFields(charge),
    mgnMode: charge.marginMode,
    ts: String(charge.at),
    type: charge.loanType,
  }
}

/** The two newer fields are missing in the oldest rows, and empty in those after them. */
function liabilityFields({ at, totalLiability, interestFreeLiability }: OkxCharge): ComparableRow {
  switch (okxLiabilityFields(at, okxLiabilityFieldsDefaults)) {
    case 'absent':
      return {}
    case 'empty':
      return { totalLiab: '', interestFreeLiab: '' }
    case 'present':
      return { totalLiab: plainDecimal(totalLiability), interestFreeLiab: plainDecimal(interestFreeLiability) }
  }
}

/** What of the row in `GET /api/v5/account/balance` the venue's state decides; the rest needs prices or positions. */
export function balanceRowOf(balance: OkxBalance): ComparableRow {
  const isolated = sum(balance.isolated.map(({ liability }) => liability))
  const borrowed = add(balance.spotBorrowed, sum(balance.vipLoans.map(({ liability }) => liability)))
  return {
    ccy: balance.asset,
    cashBal: plainDecimal(balance.cash),
    eq: plainDecimal(sum([balance.cash, balance.unrealised, negate(borrowed)])),
    liab: plainDecimal(add(balance.crossLiability, isolated)),
    crossLiab: plainDecimal(balance.crossLiability),
    isoLiab: plainDecimal(isolated),
    uplLiab: plainDecimal(balance.unrealisedLiability),
    uTime: String(balance.updatedAt),
  }
}

export const balanceFields: readonly string[] = ['ccy', 'cashBal', 'eq', 'liab', 'crossLiab', 'isoLiab', 'uplLiab', 'uTime']
