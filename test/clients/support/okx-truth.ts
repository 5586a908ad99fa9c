import { add, divide, sum } from '../../../src/decimal/arithmetic.ts'
import { decimal } from '../../../src/decimal/decimal.ts'
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
    totalLiab: plainDecimal(charge.totalLiability),
    interestFreeLiab: plainDecimal(charge.interestFreeLiability),
    mgnMode: charge.marginMode,
    ts: String(charge.at),
    type: '2',
  }
}

/** What of the row in `GET /api/v5/account/balance` the venue's state decides; the rest needs prices or positions. */
export function balanceRowOf(balance: OkxBalance): ComparableRow {
  const isolated = sum(balance.isolated.map(({ liability }) => liability))
  return {
    ccy: balance.asset,
    cashBal: plainDecimal(balance.cash),
    eq: plainDecimal(add(balance.cash, balance.unrealised)),
    liab: plainDecimal(add(balance.crossLiability, isolated)),
    crossLiab: plainDecimal(balance.crossLiability),
    isoLiab: plainDecimal(isolated),
    uplLiab: plainDecimal(balance.unrealisedLiability),
    uTime: String(balance.updatedAt),
  }
}

export const balanceFields: readonly string[] = ['ccy', 'cashBal', 'eq', 'liab', 'crossLiab', 'isoLiab', 'uplLiab', 'uTime']
