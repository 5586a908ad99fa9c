import { add } from '../../../../decimal/arithmetic.ts'
import { type Decimal, zero } from '../../../../decimal/decimal.ts'
import { atPrintedScale, binanceBalanceRule } from '../../../../decimal/printing.ts'
import type { BinanceBalance } from '../../../engine/record.ts'
import { type AnswerOf, refuse, reply } from '../answer.ts'
import { assetFault } from './asset.ts'

/**
 * `GET /papi/v1/balance` (facts A3.1): every asset ever touched; with `asset` one object, which lacks
 * `crossMarginAsset`, and for an asset never held one of zeros.
 */
export const answerBalance: AnswerOf<'balance'> = ({ engine, account, values }) => {
  const fault = assetFault(values.asset)
  if (fault !== undefined) return refuse(fault)
  const balances = engine.binanceBalances(account)
  if (values.asset === undefined) return reply(balances.map(arrayRow))
  return reply(objectRow(balances.find(({ asset }) => asset === values.asset) ?? neverHeld(values.asset)))
}

function arrayRow(balance: BinanceBalance) {
  return { ...objectRow(balance), crossMarginAsset: printed(add(balance.crossFree, balance.crossLocked)) }
}

function objectRow(balance: BinanceBalance) {
  return {
    asset: balance.asset,
    totalWalletBalance: printed(balance.totalWallet),
    crossMarginBorrowed: printed(balance.crossBorrowed),
    crossMarginFree: printed(balance.crossFree),
    crossMarginInterest: printed(balance.crossInterest),
    crossMarginLocked: printed(balance.crossLocked),
    umWalletBalance: printed(balance.um),
    umUnrealizedPNL: printed(balance.umUnrealised),
    cmWalletBalance: printed(balance.cm),
    cmUnrealizedPNL: printed(balance.cmUnrealised),
    updateTime: balance.updatedAt,
    negativeBalance: printed(balance.negative),
  }
}

function printed(value: Decimal): Decimal {
  return atPrintedScale(value, binanceBalanceRule)
}

function neverHeld(asset: string): BinanceBalance {
  return {
    asset,
    crossFree: zero,
    crossLocked: zero,
    crossBorrowed: zero,
    crossInterest: zero,
    um: zero,
    cm: zero,
    umUnrealised: zero,
    cmUnrealised: zero,
    totalWallet: zero,
    negative: zero,
    spot: zero,
    bankruptcy: zero,
    updatedAt: 0,
  }
}
