import { add, isNegative, minimum, negate, subtract } from '../../../src/decimal/arithmetic.ts'
import { type Decimal, zero } from '../../../src/decimal/decimal.ts'
import type { BinanceBalance, BinanceCharge, ExchangeRun } from '../../../src/venue/engine/record.ts'
import { type ComparableRow, plainDecimal } from './comparable.ts'

/** The row of `GET /papi/v1/balance` that this state of the venue must be read as. */
export function balanceRowOf(balance: BinanceBalance): ComparableRow {
  return {
    asset: balance.asset,
    totalWalletBalance: plainDecimal(balance.totalWallet),
    crossMarginAsset: plainDecimal(add(balance.crossFree, balance.crossLocked)),
    crossMarginBorrowed: plainDecimal(balance.crossBorrowed),
    crossMarginFree: plainDecimal(balance.crossFree),
    crossMarginInterest: plainDecimal(balance.crossInterest),
    crossMarginLocked: plainDecimal(balance.crossLocked),
    umWalletBalance: plainDecimal(balance.um),
    umUnrealizedPNL: plainDecimal(balance.umUnrealised),
    cmWalletBalance: plainDecimal(balance.cm),
    cmUnrealizedPNL: plainDecimal(balance.cmUnrealised),
    updateTime: String(balance.updatedAt),
    negativeBalance: plainDecimal(balance.negative),
  }
}

/** As `balanceRowOf`, for `?asset=`: the document's single object has no crossMarginAsset. */
export function singleBalanceRowOf(balance: BinanceBalance): ComparableRow {
  const { crossMarginAsset: _left, ...row } = balanceRowOf(balance)
  return row
}

/** The row of `GET /papi/v1/portfolio/interest-history` for this charge. */
export function interestRowOf(charge: BinanceCharge): ComparableRow {
  return {
    asset: charge.asset,
    interest: plainDecimal(charge.interest),
    interestAccuredTime: String(charge.at),
    interestRate: plainDecimal(charge.rateDaily),
    principal: plainDecimal(charge.principal),
  }
}

/** The row of `GET /papi/v1/portfolio/negative-balance-exchange-record` for this run. */
export function exchangeRowOf(run: ExchangeRun) {
  return {
    startTime: String(run.from),
    endTime: String(run.to),
    details: run.details.map((detail) => ({
      asset: detail.asset,
      negativeBalance: plainDecimal(detail.negativeBalance),
      negativeMaxThreshold: plainDecimal(detail.maximumThreshold),
    })),
  }
}

/** The fields of a balance row that a repayment changes, and the asset. */
export const movedFields: readonly string[] = ['asset', 'crossMarginFree', 'umWalletBalance', 'cmWalletBalance']

/**
 * What a repayment must leave of this state: each negative futures wallet got `min(shortfall, cross margin free)` of its
 * own asset.
 */
export function repaidRowOf({ asset, crossFree, um, cm }: BinanceBalance): ComparableRow {
  const toUm = movable(um, crossFree)
  const toCm = movable(cm, subtract(crossFree, toUm))
  return {
    asset,
    crossMarginFree: plainDecimal(subtract(crossFree, add(toUm, toCm))),
    umWalletBalance: plainDecimal(add(um, toUm)),
    cmWalletBalance: plainDecimal(add(cm, toCm)),
  }
}

function movable(wallet: Decimal, free: Decimal): Decimal {
  return isNegative(wallet) ? minimum(negate(wallet), free) : zero
}
