import { rescale } from '../decimal/arithmetic.ts'
import { type Decimal, decimalOf } from '../decimal/decimal.ts'
import type { Exchange } from '../rules/exchange.ts'
import { ledgerScale } from '../rules/ledger-scale.ts'

/**
 * What of a debt is free of interest, as an integer at the scale of the ledger. `at-least`: that much went uncharged, more
 * may; `earlier`: an earlier charge showed it, and it may have been changed since; `unknown`: nothing is known, and nothing is
 * taken off.
 */
export interface FreeAmount {
  readonly amount: bigint
  readonly known: 'exact' | 'at-least' | 'earlier' | 'unknown'
}

/** One asset of a Binance account; integers at the scale of the ledger, wallets signed. */
export interface BinanceHolding {
  readonly asset: string
  readonly free: bigint
  readonly locked: bigint
  readonly um: bigint
  readonly cm: bigint
  /** Principal of the margin loan; positive. */
  readonly borrowed: bigint
  /** Unpaid interest; positive. Never charged on itself, and no part of the total (facts A4.2, A5). */
  readonly interest: bigint
  readonly freePart: FreeAmount
  /** Beyond this magnitude auto-exchange begins; `undefined` where no record has shown it. */
  readonly maximum: bigint | undefined
  readonly rateDaily: Decimal | undefined
  /** In USD. */
  readonly price: Decimal | undefined
}

/** A debt of an OKX account besides its cross balance: an isolated position, or the VIP loans of a currency. */
export interface OkxPosition {
  readonly kind: 'isolated' | 'vip'
  /** Empty for VIP loans. */
  readonly instId: string
  /** Positive. */
  readonly liability: bigint
  readonly rateDaily: Decimal | undefined
}

/** One currency of an OKX account; integers at the scale of the ledger, debts of cash below zero. */
export interface OkxHolding {
  readonly asset: string
  readonly cash: bigint
  readonly unrealised: bigint
  /** Zero or below: what was borrowed by hand, the coins of which are in cash. */
  readonly spotBorrowed: bigint
  /** Unpaid interest that is no part of the liability yet; positive. OKX deducts it in the hour, so mostly zero (facts B4). */
  readonly interest: bigint
  readonly autoBorrow: boolean
  readonly quota: FreeAmount
  /** Whether cash and what was borrowed by hand are told apart; otherwise a debt is taken for cash that is overdrawn. */
  readonly isCashTold: boolean
  /** Whether the last charge and the balance tell the same, so that nothing of it was guessed. */
  readonly isTold: boolean
  readonly positions: readonly OkxPosition[]
  readonly rateDaily: Decimal | undefined
}

export interface BinancePlayState {
  readonly exchange: 'binance'
  readonly holdings: ReadonlyMap<string, BinanceHolding>
  /** Whether Auto Repay runs before midnight. */
  readonly autoRepay: boolean
  /** Auto-exchanges before this instant are not played: the balances would have shown one that had come. */
  readonly exchangesFrom: number
  /** Assets that an auto-exchange could not bring back within their maximum, until something changes. */
  readonly exhausted: ReadonlySet<string>
}

export interface OkxPlayState {
  readonly exchange: 'okx'
  readonly holdings: ReadonlyMap<string, OkxHolding>
}

/** All that charges follow from, of one account at one instant. Plain frozen data. */
export type PlayState = BinancePlayState | OkxPlayState

/** Cross margin free and locked, UM and CM together (facts A4.2). */
export function totalOf({ free, locked, um, cm }: Pick<BinanceHolding, 'free' | 'locked' | 'um' | 'cm'>): bigint {
  return free + locked + um + cm
}

/** An amount of the exchange as an integer at the scale of its ledger. */
export function ledgerUnits(amount: Decimal, exchange: Exchange): bigint {
  return rescale(amount, ledgerScale(exchange), 'half-even').mantissa
}

export function amountOfUnits(units: bigint, exchange: Exchange): Decimal {
  return decimalOf(units, ledgerScale(exchange))
}

/** The holdings with one of them replaced. */
export function withHolding<Holding extends { readonly asset: string }>(
  holdings: ReadonlyMap<string, Holding>,
  holding: Holding,
): ReadonlyMap<string, Holding> {
  return new Map(holdings).set(holding.asset, Object.freeze(holding))
}
