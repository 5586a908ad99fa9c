import { okxErrors } from '../../../../contracts/okx/errors.ts'
import { add, isZero, maximum, sum } from '../../../../decimal/arithmetic.ts'
import { type Decimal, zero } from '../../../../decimal/decimal.ts'
import { atPrintedScale, okxRule } from '../../../../decimal/printing.ts'
import type { OkxBalance } from '../../../engine/record.ts'
import type { OkxAnswerOf } from '../answer.ts'

const currenciesMax = 20

/**
 * `GET /api/v5/account/balance` (facts B5): currencies that hold or owe anything. Liabilities are positive magnitudes;
 * what needs an account mode or prices the venue does not model is empty, as OKX sends what does not apply.
 */
export const answerOkxBalance: OkxAnswerOf<'balance'> = ({ engine, account, values, now }) => {
  const wanted = values.ccy?.split(',')
  if (wanted !== undefined && wanted.length > currenciesMax) return { kind: 'error', error: okxErrors.parameterCount('ccy', currenciesMax) }
  const balances = engine.okxBalances(account).filter((balance) => !isEmpty(balance) && (wanted?.includes(balance.asset) ?? true))
  const summary = { adjEq: null, borrowFroz: null, details: balances.map(detail), notionalUsdForBorrow: null, totalEq: null, uTime: now }
  return { kind: 'data', data: [summary] }
}

function isEmpty(balance: OkxBalance): boolean {
  return isZero(balance.cash) && isZero(balance.unrealised) && isZero(balance.crossLiability) && isZero(isolatedLiability(balance))
}

function isolatedLiability({ isolated }: OkxBalance): Decimal {
  return sum(isolated.map(({ liability }) => liability))
}

function detail(balance: OkxBalance) {
  const isolated = isolatedLiability(balance)
  const equity = add(balance.cash, balance.unrealised)
  return {
    ccy: balance.asset,
    cashBal: printed(balance.cash),
    eq: printed(equity),
    liab: printed(add(balance.crossLiability, isolated)),
    crossLiab: printed(balance.crossLiability),
    isoLiab: printed(isolated),
    uplLiab: printed(balance.unrealisedLiability),
    // Deducted in the hour it accrues (facts B4), so nothing is ever left to be paid.
    interest: zero,
    twap: null,
    maxLoan: null,
    borrowFroz: null,
    disEq: null,
    availBal: printed(maximum(balance.cash, zero)),
    availEq: printed(maximum(equity, zero)),
    uTime: balance.updatedAt,
  }
}

function printed(value: Decimal): Decimal {
  return atPrintedScale(value, okxRule)
}
