import { rescale } from '../../decimal/arithmetic.ts'
import { type Decimal, decimalOf, zero } from '../../decimal/decimal.ts'
import { ledgerScale } from '../../rules/ledger-scale.ts'
import { marginLevelOf } from '../../rules/margin-level.ts'
import {
  initialMarginOf,
  type MarginAsset,
  type MarginTotals,
  marginTotals,
  maxWithdrawAmount,
  maxWithdrawValue,
  uniMmrOf,
} from '../../rules/margin-status.ts'
import type { Account } from './account.ts'
import { amountOf } from './amount.ts'
import type { Wallet } from './command.ts'
import type { MarginLevel, MarginStatus } from './record.ts'
import type { State } from './state.ts'

const shownDecimals = ledgerScale('binance')
const wholeCollateral = decimalOf(1n)
const countedWallets: readonly Wallet[] = [
  'cross-free',
  'cross-locked',
  'cross-borrowed',
  'cross-interest',
  'um',
  'cm',
  'um-unrealised',
  'cm-unrealised',
]

/**
 * A Binance account as a whole in USD (facts A4.7), cut at 8 decimals, margins rounded up. An asset without a price
 * counts for nothing, one without a collateral rate in full, a loan without terms requires nothing.
 */
export function marginStatusOf(state: State, account: Account): MarginStatus {
  const totals = totalsOf(state, account)
  const cut = (value: Decimal) => rescale(value, shownDecimals, 'down')
  return Object.freeze({
    uniMmr: uniMmrOf(totals, shownDecimals),
    level: levelOf(state, totals),
    equity: cut(totals.equity),
    actualEquity: cut(totals.actualEquity),
    initialMargin: initialMarginOf(totals, state.behaviour.marginLeverage, shownDecimals),
    maintenanceMargin: rescale(totals.maintenanceMargin, shownDecimals, 'up'),
    openLoss: rescale(totals.openLoss, shownDecimals, 'up'),
    maxWithdraw: cut(maxWithdrawValue(totals)),
    updatedAt: Math.max(0, ...[...account.holdings.values()].map(({ updatedAt }) => updatedAt)),
  })
}

/** The level alone; where nothing is borrowed and nothing required, nothing is computed. */
export function marginLevelOfAccount(state: State, account: Account): MarginLevel {
  const owes = [...account.holdings.values()].some(({ balances }) => balances['cross-borrowed'] < 0n || balances['cross-interest'] < 0n)
  return owes || account.requirements.size > 0 ? levelOf(state, totalsOf(state, account)) : 'normal'
}

/**
 * How much of the asset may leave cross margin: what is free there, as far as equity stays at 1.2 times the maintenance
 * margin. Integer at the scale of the ledger.
 */
export function withdrawable(state: State, account: Account, asset: string): bigint {
  const free = state.holding(account, asset).balances['cross-free']
  const bound = maxWithdrawAmount(maxWithdrawValue(totalsOf(state, account)), marginAsset(state, account, asset), shownDecimals)
  return bound === undefined || bound.mantissa > free ? free : bound.mantissa
}

/** Every asset of the account that has a balance or a requirement, with what the market says of it. */
export function totalsOf(state: State, account: Account): MarginTotals {
  const required = [...account.requirements.keys()].map((key) => key.slice(key.indexOf(' ') + 1))
  const assets = new Set([...account.holdings.keys(), ...required])
  return marginTotals([...assets].map((asset) => marginAsset(state, account, asset)))
}

function marginAsset(state: State, account: Account, asset: string): MarginAsset {
  const { market } = state
  const { balances } = state.holding(account, asset)
  const required = (['um', 'cm'] as const).flatMap((wallet) => account.requirements.get(`${wallet} ${asset}`) ?? [])
  const all = (pick: (requirement: (typeof required)[number]) => bigint) =>
    binanceAmount(required.reduce((sum, requirement) => sum + pick(requirement), 0n))
  return {
    amount: binanceAmount(countedWallets.reduce((sum, wallet) => sum + balances[wallet], 0n)),
    loan: binanceAmount(-balances['cross-borrowed'] - balances['cross-interest']),
    index: market.prices.get(asset) ?? zero,
    collateralRate: market.collateralRates.get(asset) ?? wholeCollateral,
    maintenanceRate: market.loanTerms('binance', asset, account.vip)?.maintenanceRate ?? zero,
    futuresInitial: all(({ initial }) => initial),
    futuresMaintenance: all(({ maintenance }) => maintenance),
    openLoss: all(({ openLoss }) => openLoss),
  }
}

function levelOf({ behaviour }: State, { adjustedEquity, maintenanceMargin }: MarginTotals): MarginLevel {
  return marginLevelOf(adjustedEquity, maintenanceMargin, behaviour.marginLevels)
}

function binanceAmount(mantissa: bigint): Decimal {
  return amountOf(mantissa, 'binance')
}
