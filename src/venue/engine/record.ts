import type { Exchange } from '../../contracts/contract.ts'
import type { Decimal } from '../../decimal/decimal.ts'

/** One charge on a Binance negative balance: a row of interest history. */
export interface BinanceCharge {
  readonly account: string
  readonly asset: string
  /** Instant of the charge. */
  readonly at: number
  /** Magnitude that was charged. */
  readonly principal: Decimal
  readonly rateDaily: Decimal
  readonly interest: Decimal
}

/** One auto-exchange run. `from` is when it was triggered, `to` when it was done and its balances moved. */
export interface ExchangeRun {
  readonly account: string
  readonly from: number
  readonly to: number
  readonly details: readonly {
    readonly asset: string
    /** Magnitude when triggered. */
    readonly negativeBalance: Decimal
    readonly maximumThreshold: Decimal
  }[]
}

/** One hourly charge on an OKX liability: a row of interest accrued. */
export interface OkxCharge {
  readonly account: string
  readonly asset: string
  /** Empty for cross. */
  readonly instId: string
  readonly marginMode: 'cross' | 'isolated'
  readonly at: number
  /** What the interest was computed on. */
  readonly liability: Decimal
  readonly totalLiability: Decimal
  readonly interestFreeLiability: Decimal
  /** Daily rate, unrounded; a 24th of it, cut at 16 decimals, is shown. */
  readonly rateDaily: Decimal
  readonly interest: Decimal
  /** From when on the exchange shows the row. */
  readonly visibleAt: number
}

/** One asset of a Binance account as it stands. Magnitudes of `borrowed` and `interest` are positive. */
export interface BinanceBalance {
  readonly asset: string
  readonly crossFree: Decimal
  readonly crossLocked: Decimal
  readonly crossBorrowed: Decimal
  readonly crossInterest: Decimal
  readonly um: Decimal
  readonly cm: Decimal
  readonly umUnrealised: Decimal
  readonly cmUnrealised: Decimal
  /** crossFree + crossLocked + um + cm. */
  readonly totalWallet: Decimal
  /** min(totalWallet, 0). */
  readonly negative: Decimal
  /** Last change by anything but interest; 0 when never. */
  readonly updatedAt: number
}

/** One currency of an OKX account as it stands. Liabilities are positive magnitudes. */
export interface OkxBalance {
  readonly asset: string
  readonly cash: Decimal
  readonly unrealised: Decimal
  /** Borrowed coins: what cash is below zero. */
  readonly crossLiability: Decimal
  readonly isolated: readonly { readonly instId: string; readonly liability: Decimal }[]
  /** Liability from unrealised losses. */
  readonly unrealisedLiability: Decimal
  readonly interestFreeLiability: Decimal
  /** Last change of the currency, the hourly deduction from cash included; 0 when never. */
  readonly updatedAt: number
}

export interface AccountState {
  readonly account: string
  readonly exchange: Exchange
  readonly vip: number
  /** The number the exchange would know the user by. */
  readonly uid: number
}
