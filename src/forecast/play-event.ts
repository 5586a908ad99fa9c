import type { Decimal } from '../decimal/decimal.ts'
import type { WhatIfAction } from './what-if-action.ts'

/**
 * How far an amount to come is known. `at-most`: the part free of interest is not known, so none was taken off. `about`: a
 * part of the debt follows from prices, or was guessed.
 */
export type Certainty = 'exact' | 'at-most' | 'about'

/** Interest that will be charged if nothing but what is played happens. */
export interface PlayedCharge {
  readonly kind: 'charge'
  readonly of: 'negative-balance' | 'margin-loan' | 'cross' | 'isolated' | 'vip'
  readonly at: number
  readonly asset: string
  /** As `ForecastCharge` names it: empty for a negative balance, else `margin-loan`, `cross`, `isolated BTC-USDT`, `vip`. */
  readonly position: string
  readonly principal: Decimal
  /** `undefined`, as is the interest, where no rate of the asset is known. */
  readonly rateDaily: Decimal | undefined
  readonly interest: Decimal | undefined
  readonly certainty: Certainty
}

/** Auto Repay moves coins of cross margin to the negative futures wallets; the total stays (facts A4.4). */
export interface PlayedAutoRepay {
  readonly kind: 'auto-repay'
  readonly at: number
  readonly asset: string
  readonly moved: Decimal
}

/** The exchange sells other assets until the debt stands at 80 % of its maximum threshold (facts A4.5). */
export interface PlayedAutoExchange {
  readonly kind: 'auto-exchange'
  readonly at: number
  readonly asset: string
  readonly owedBefore: Decimal
  readonly owedAfter: Decimal
  readonly maximumThreshold: Decimal
}

/** What the user would do, and how much of it there was to do. */
export interface PlayedAction {
  readonly kind: 'action'
  readonly at: number
  readonly action: WhatIfAction
  readonly amount: Decimal
}

export type PlayedEvent = PlayedCharge | PlayedAutoRepay | PlayedAutoExchange | PlayedAction
