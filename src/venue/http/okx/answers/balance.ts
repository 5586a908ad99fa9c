import { okxErrors } from '../../../../contracts/okx/errors.ts'
import { add, isZero, sum } from '../../../../decimal/arithmetic.ts'
import { type Decimal, decimalOf, zero } from '../../../../decimal/decimal.ts'
import type { OkxBalance } from '../../../engine/record.ts'
import type { OkxAnswerOf } from '../answer.ts'
import { printed, printedFigure } from './printed.ts'

const currenciesMax = 20

/**
 * `GET /api/v5/account/balance` (facts B5): currencies that hold or owe anything, as an account in multi-currency margin
 * has them. Liabilities are positive magnitudes; values in USD are empty while a price is missing, and so is what the
 * venue does not model, as OKX sends what does not apply.
 */
export const answerOkxBalance: OkxAnswerOf<'balance'> = ({ engine, account, values, now }) => {
  const wanted = values.ccy?.split(',')
  if (wanted !== undefined && wanted.length > currenciesMax) return { kind: 'error', error: okxErrors.parameterCount('ccy', currenciesMax) }
  const { totalEquity, adjustedEquity, notionalBorrowed, borrowFrozen } = engine.okxStatus(account)
  const balances = engine.okxBalances(account).filter((balance) => !isEmpty(balance) && (wanted?.includes(balance.asset) ?? true))
  const summary = {
    adjEq: printedFigure(adjustedEquity),
    availEq: printedFigure(adjustedEquity),
    borrowFroz: printedFigure(borrowFrozen),
    details: balances.map(detail),
    imr: null,
    isoEq: zero,
    mgnRatio: null,
    mmr: null,
    notionalUsd: null,
    notionalUsdForBorrow: printedFigure(notionalBorrowed),
    notionalUsdForFutures: null,
    notionalUsdForOption: null,
    notionalUsdForSwap: null,
    ordFroz: zero,
    totalEq: printedFigure(totalEquity),
    uTime: now,
    upl: null,
  }
  return { kind: 'data', data: [summary] }
}

function isEmpty(balance: OkxBalance): boolean {
  return [balance.cash, balance.unrealised, balance.equity, balance.crossLiability, isolatedOf(balance), vipOf(balance)].every(isZero)
}

function isolatedOf({ isolated }: OkxBalance): Decimal {
  return sum(isolated.map(({ liability }) => liability))
}

function vipOf({ vipLoans }: OkxBalance): Decimal {
  return sum(vipLoans.map(({ liability }) => liability))
}

function detail(balance: OkxBalance) {
  const isolated = isolatedOf(balance)
  return {
    ...unmodelled,
    availBal: printed(balance.availableBalance),
    availEq: printed(balance.availableEquity),
    borrowFroz: printed(balance.borrowFrozen),
    cashBal: printed(balance.cash),
    ccy: balance.asset,
    crossLiab: printed(balance.crossLiability),
    disEq: printedFigure(balance.discountedEquityUsd),
    eq: printed(balance.equity),
    eqUsd: printedFigure(balance.equityUsd),
    interest: printed(balance.interest),
    isoLiab: printed(isolated),
    liab: printed(add(balance.crossLiability, isolated)),
    maxLoan: printedFigure(balance.maxLoan),
    twap: decimalOf(BigInt(balance.twap)),
    uTime: balance.updatedAt,
    upl: printed(balance.unrealised),
    uplLiab: printed(balance.unrealisedLiability),
  }
}

/** What belongs to orders, positions, copy trading and lending, of which the venue has none. */
const unmodelled = Object.freeze({
  autoLendStatus: 'unsupported',
  autoLendMtAmt: zero,
  colRes: zero,
  collateralEnabled: true,
  collateralRestrict: false,
  colBorrAutoConversion: zero,
  smtSyncEq: zero,
  spotCopyTradingEq: zero,
  fixedBal: zero,
  frozenBal: zero,
  imr: null,
  isoEq: zero,
  isoUpl: zero,
  mgnRatio: null,
  mmr: null,
  notionalLever: null,
  ordFrozen: zero,
  rewardBal: zero,
  spotInUseAmt: null,
  clSpotInUseAmt: null,
  maxSpotInUse: null,
  spotIsoBal: zero,
  stgyEq: zero,
  spotBal: null,
  openAvgPx: null,
  accAvgPx: null,
  spotUpl: null,
  spotUplRatio: null,
  totalPnl: null,
  totalPnlRatio: null,
})
