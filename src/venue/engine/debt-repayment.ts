import { multiply, strip } from '../../decimal/arithmetic.ts'
import { toText } from '../../decimal/decimal.ts'
import { fail } from '../../errors/overdraft-error.ts'
import { type Sale, saleFor } from '../../rules/auto-exchange.ts'
import { debtRepaymentMaximumUsd, isBeyondDebtRepayment, splitRepayment } from '../../rules/debt-repayment.ts'
import type { Account, Holding } from './account.ts'
import { amountOf, positiveAmount, textOf } from './amount.ts'
import type { Command } from './command.ts'
import { type Effect, posting } from './effect.ts'
import { checkName, findAccountOf } from './find-account.ts'
import { accountLeg, houseLeg, type Leg } from './ledger.ts'
import { saleOrder } from './sale-order.ts'
import { type State, totalOf } from './state.ts'

type RepayDebt = Extract<Command, { kind: 'repay-debt' }>

/**
 * Repays a margin debt (facts A6): what is free of the same asset first, then other assets sold at index price without a
 * fee, in the order given or the highest collateral rate first; interest first, then principal. All of what was asked
 * for, or nothing: it is refused when the assets do not bring it, and when it is worth more than one repayment may be.
 */
export function prepareDebtRepayment(state: State, command: RepayDebt): Effect {
  const account = findAccountOf(state, command.account, 'binance', command.kind)
  const { asset } = command
  for (const name of [asset, ...(command.sources ?? [])]) checkName('asset', name)
  const asked = command.amount === undefined ? undefined : positiveAmount(command.amount, 'binance')
  const debt = state.holding(account, asset)
  const interest = -debt.balances['cross-interest']
  const owed = interest - debt.balances['cross-borrowed']
  if (owed === 0n) fail('venue.nothing-owed', { account: account.label, asset, wallet: 'cross margin' })
  const paid = asked === undefined || asked > owed ? owed : asked
  refuseBeyondMaximum(state, asset, paid)

  const free = debt.balances['cross-free']
  const own = free <= 0n ? 0n : free < paid ? free : paid
  const sales = salesFor(state, debt, sourcesOf(state, account, debt, command.sources), paid - own)
  const bought = sales.reduce((sum, { sale }) => sum + sale.bought, 0n)
  if (own + bought < paid) {
    const texts = { amount: textOf(paid, 'binance'), available: textOf(own + bought, 'binance') }
    fail('venue.repayment-uncovered', { account: account.label, asset, ...texts })
  }
  const split = splitRepayment(paid, interest)
  const legs: Leg[] = [
    ...sales.flatMap(({ source, sale }) => [accountLeg(source, 'cross-free', -sale.sold), houseLeg(source, 'conversion', sale.sold)]),
    houseLeg(debt, 'conversion', -bought),
    accountLeg(debt, 'cross-free', -own),
    accountLeg(debt, 'cross-interest', split.interest),
    accountLeg(debt, 'cross-borrowed', split.principal),
  ]
  return posting(
    legs.filter(({ delta }) => delta !== 0n),
    'repay-debt',
  )
}

function refuseBeyondMaximum({ market }: State, asset: string, paid: bigint): void {
  const price = market.prices.get(asset)
  const amount = amountOf(paid, 'binance')
  if (price === undefined || !isBeyondDebtRepayment(amount, price)) return
  const value = toText(strip(multiply(amount, price)))
  fail('venue.repayment-too-large', { asset, amount: toText(strip(amount)), value, limit: toText(debtRepaymentMaximumUsd) })
}

/** The assets to sell, each once; the one owed is used before them and not sold. */
function sourcesOf(state: State, account: Account, debt: Holding, named: readonly string[] | undefined): Holding[] {
  if (named === undefined)
    return saleOrder(
      state,
      [...account.holdings.values()].filter((holding) => holding !== debt),
    )
  return [...new Set(named)].filter((asset) => asset !== debt.asset).map((asset) => state.holding(account, asset))
}

interface SourceSale {
  readonly source: Holding
  readonly sale: Sale
}

function salesFor({ market }: State, debt: Holding, sources: readonly Holding[], needed: bigint): SourceSale[] {
  const sales: SourceSale[] = []
  const boughtPrice = market.prices.get(debt.asset)
  let left = needed
  for (const source of sources) {
    const soldPrice = market.prices.get(source.asset)
    if (left <= 0n || boughtPrice === undefined) break
    if (soldPrice === undefined) continue
    const sale = saleFor(left, spendable(source), soldPrice, boughtPrice)
    if (sale === undefined) continue
    sales.push({ source, sale })
    left -= sale.bought
  }
  return sales
}

/** What is free in cross margin, but never so much that the total went below zero: that would be another debt. */
function spendable(holding: Holding): bigint {
  const free = holding.balances['cross-free']
  const total = totalOf(holding)
  return total < free ? (total > 0n ? total : 0n) : free
}
