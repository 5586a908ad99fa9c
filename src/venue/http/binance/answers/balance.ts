import type { BinanceError } from '../../../../contracts/binance/errors.ts'
import { add } from '../../../../decimal/arithmetic.ts'
import { type Decimal, zero } from '../../../../decimal/decimal.ts'
import { atPrintedScale, binanceBalanceRule, type PrintingRule } from '../../../../decimal/printing.ts'
import type { Engine } from '../../../engine/engine-interface.ts'
import type { BinanceBalance } from '../../../engine/record.ts'
import { type AnswerOf, refuse, reply } from '../answer.ts'
import { assetFault } from './asset.ts'

/**
 * `GET /papi/v1/balance` (facts A3.1): every asset ever touched; with `asset` one object, which lacks
 * `crossMarginAsset`, and for an asset never held one of zeros.
 */
export const answerBalance: AnswerOf<'balance'> = (question) => {
  const asked = askedBalances(question)
  if ('error' in asked) return refuse(asked.error)
  return reply(
    'all' in asked ? asked.all.map((balance) => arrayRow(balance, binanceBalanceRule)) : objectRow(asked.one, binanceBalanceRule),
  )
}

interface BalanceQuestion {
  readonly engine: Engine
  readonly account: string
  readonly values: { readonly asset?: string | undefined }
}

/** The balances that are asked for: all, or that of one asset. */
export function askedBalances({
  engine,
  account,
  values: { asset: wanted },
}: BalanceQuestion): { readonly error: BinanceError } | { readonly all: readonly BinanceBalance[] } | { readonly one: BinanceBalance } {
  const error = assetFault(wanted)
  if (error !== undefined) return { error }
  const all = engine.binanceBalances(account)
  return wanted === undefined ? { all } : { one: all.find(({ asset }) => asset === wanted) ?? neverHeld(wanted) }
}

/** One of all balances, printed by a rule. */
export function arrayRow(balance: BinanceBalance, rule: PrintingRule) {
  return { ...objectRow(balance, rule), crossMarginAsset: atPrintedScale(add(balance.crossFree, balance.crossLocked), rule) }
}

/** The balance of the one asset that was asked for. */
export function objectRow(balance: BinanceBalance, rule: PrintingRule) {
  const printed = (value: Decimal): Decimal => atPrintedScale(value, rule)
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
