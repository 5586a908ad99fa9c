import { add, isZero, maximum, multiply, rescale, subtract, sum } from '../../../../decimal/arithmetic.ts'
import { type Decimal, zero } from '../../../../decimal/decimal.ts'
import { everyHour, nextBoundary } from '../../../../time/boundary.ts'
import type { Engine } from '../../../engine/engine-interface.ts'
import type { OkxBalance } from '../../../engine/record.ts'
import type { OkxAnswerOf } from '../answer.ts'
import { ratedCurrencies } from './market-rows.ts'
import { printed, printedFigure } from './printed.ts'

/** Decimals of `debt` and `interest`, which are in USD. */
const usdDecimals = 32

/** `GET /api/v5/account/interest-limits` (facts B5). Interest is deducted in the hour it accrues: nothing is left to be deducted. */
export const answerInterestLimits: OkxAnswerOf<'interestLimits'> = ({ engine, account, values, now }) => {
  const balances = new Map(engine.okxBalances(account).map((balance) => [balance.asset, balance]))
  const debt = debtInUsd(engine, balances.values())
  const next = nextBoundary(now, everyHour)
  const summary = {
    debt: debt === undefined ? null : rescale(debt, usdDecimals, 'down'),
    interest: rescale(zero, usdDecimals, 'down'),
    loanAlloc: null,
    nextDiscountTime: next,
    nextInterestTime: next,
    records: ratedCurrencies(engine, account, values.ccy).map(({ ccy, rateDaily }) =>
      record(engine, account, ccy, rateDaily, balances.get(ccy)),
    ),
  }
  return { kind: 'data', data: [summary] }
}

function record(engine: Engine, account: string, ccy: string, rateDaily: Decimal, balance: OkxBalance | undefined) {
  const { limit } = engine.maxBorrow(account, ccy)
  const used = balance === undefined ? zero : borrowedOf(balance)
  return {
    availLoan: null,
    avgRate: null,
    ccy,
    interest: printed(balance?.interest ?? zero),
    loanQuota: printedFigure(limit),
    posLoan: null,
    rate: printedFigure(rateDaily),
    surplusLmt: printedFigure(maximum(subtract(limit, used), zero)),
    surplusLmtDetails: {},
    usedLmt: printed(used),
    usedLoan: null,
    interestFreeLiab: printed(balance?.interestFreeLiability ?? zero),
    potentialBorrowingAmt: printed(balance?.borrowFrozen ?? zero),
  }
}

/** Market loans: cross and isolated, without VIP loans and without what is owed from unrealised losses alone. */
function borrowedOf({ crossLiability, isolated }: OkxBalance): Decimal {
  return add(crossLiability, sum(isolated.map(({ liability }) => liability)))
}

/** `undefined` while something that was borrowed has no price. */
function debtInUsd(engine: Engine, balances: Iterable<OkxBalance>): Decimal | undefined {
  let debt = zero
  for (const balance of balances) {
    const borrowed = borrowedOf(balance)
    if (isZero(borrowed)) continue
    const price = engine.priceOf(balance.asset)
    if (price === undefined) return undefined
    debt = add(debt, multiply(borrowed, price))
  }
  return debt
}
