import type { Exchange } from '../../contracts/contract.ts'
import { divide } from '../../decimal/arithmetic.ts'
import { fail } from '../../errors/overdraft-error.ts'
import { ledgerScale } from '../../rules/ledger-scale.ts'
import { virtualMaxLoan } from '../../rules/margin-status.ts'
import type { Account, Holding } from './account.ts'
import { textOf } from './amount.ts'
import { totalsOf } from './margin-view.ts'
import type { State } from './state.ts'

/** Integers at the scale of the exchange's ledger. */
export interface BorrowLimits {
  /** What may be borrowed now. */
  readonly amount: bigint
  /** What the level may borrow in all. */
  readonly limit: bigint
}

/**
 * `min(VirtualMaxLoan / index, MaxBorrow - CurrentLoan)` (facts A4.7), and no more than the pool holds. Without terms the
 * collateral alone limits, without a price the terms alone; without both there is nothing to borrow.
 */
export function binanceBorrowLimits(state: State, account: Account, asset: string): BorrowLimits {
  const own = ownLimit(state, account, asset)
  const maximum = state.market.loanTerms('binance', asset, account.vip)?.maximum
  return { amount: smaller(own, lendable(state, 'binance', asset)), limit: maximum ?? own + borrowedOf(state, account, asset) }
}

/** What the account itself may still borrow, whatever the pool holds. */
function ownLimit(state: State, account: Account, asset: string): bigint {
  const { market, behaviour } = state
  const price = market.prices.get(asset)
  const secured =
    price && divide(virtualMaxLoan(totalsOf(state, account), behaviour.marginLeverage), price, ledgerScale('binance'), 'down').mantissa
  const terms = market.loanTerms('binance', asset, account.vip)
  if (terms === undefined) return secured ?? 0n
  return smaller(atLeastZero(terms.maximum - borrowedOf(state, account, asset)), secured)
}

function borrowedOf(state: State, account: Account, asset: string): bigint {
  return -state.holding(account, asset).balances['cross-borrowed']
}

/** What the exchange can still lend of the asset; undefined while no pool was set. Integer at the scale of its ledger. */
export function lendable(state: State, exchange: Exchange, asset: string): bigint | undefined {
  const pool = state.market.lendingPool(exchange, asset)
  return pool === undefined ? undefined : atLeastZero(pool - lentOut(state, exchange, asset))
}

/** What all accounts together have borrowed of the asset, without interest on Binance. */
export function lentOut(state: State, exchange: Exchange, asset: string): bigint {
  return state.holdings[exchange].reduce((sum, holding) => (holding.asset === asset ? sum + borrowedIn(holding) : sum), 0n)
}

function borrowedIn({ account, balances }: Holding): bigint {
  if (account.exchange === 'binance') return -balances['cross-borrowed']
  const cash = balances.cash < 0n ? -balances.cash : 0n
  return cash - balances['spot-borrowed'] - balances.isolated - balances['vip-borrowed']
}

/** Where terms were set for the asset they limit a loan, where a pool was set it does; else nothing does. @throws `venue.borrow-limit`, `venue.pool-empty` */
export function requireBorrowable(state: State, account: Account, asset: string, amount: bigint): void {
  const hasTerms = state.market.loanTerms('binance', asset, account.vip) !== undefined
  const available = hasTerms ? ownLimit(state, account, asset) : amount
  if (amount > available) {
    const texts = { amount: textOf(amount, 'binance'), available: textOf(available, 'binance') }
    fail('venue.borrow-limit', { account: account.label, asset, ...texts })
  }
  requireLendable(state, 'binance', asset, amount)
}

/** @throws `venue.pool-empty` when a pool was set and holds less */
export function requireLendable(state: State, exchange: Exchange, asset: string, amount: bigint): void {
  const available = lendable(state, exchange, asset)
  if (available === undefined || amount <= available) return
  fail('venue.pool-empty', { asset, amount: textOf(amount, exchange), available: textOf(available, exchange) })
}

function smaller(amount: bigint, bound: bigint | undefined): bigint {
  return bound === undefined || amount < bound ? amount : bound
}

function atLeastZero(amount: bigint): bigint {
  return amount > 0n ? amount : 0n
}
