import type { Exchange } from '../../contracts/contract.ts'
import type { Decimal } from '../../decimal/decimal.ts'
import type { Product, Wallet } from './command.ts'

/** One charge on a Binance negative balance: a row of interest history. */
export interface BinanceCharge {
  /** 19 digits; unique among all charges of the exchange, and ascending with time. */
  readonly id: bigint
  readonly account: string
  readonly asset: string
  /** Instant of the charge. */
  readonly at: number
  /** Magnitude that was charged. */
  readonly principal: Decimal
  readonly rateDaily: Decimal
  readonly interest: Decimal
}

/** One charge on a Binance margin loan: an hour begun when it was borrowed, or a full hour (facts A5). */
export interface LoanCharge {
  /** 19 digits; unique among all charges of the exchange, and ascending with time. */
  readonly id: bigint
  readonly account: string
  readonly asset: string
  readonly at: number
  readonly principal: Decimal
  readonly rateDaily: Decimal
  readonly interest: Decimal
  readonly type: 'on-borrow' | 'periodic'
}

/** Why money moved. */
export type MovementCause =
  | 'deposit'
  | 'withdrawal'
  | 'profit-or-loss'
  | 'funding'
  | 'fee'
  | 'unrealised'
  | 'lock'
  | 'unlock'
  | 'borrow'
  | 'repay-loan'
  | 'repay-futures'
  | 'auto-repay'
  | 'auto-exchange'
  | 'repay-debt'
  | 'collection'
  | 'bnb-transfer'
  | 'bankruptcy-loan'
  | 'repay-bankruptcy'
  | 'forced-repayment'

/** What one posting did to one holding: the rows of income, loan, transfer and bill histories are views of these. */
export interface Movement {
  /** Up to 19 digits; unique on the venue and ascending with time. */
  readonly id: bigint
  readonly account: string
  readonly asset: string
  /** Of an isolated position; else empty. */
  readonly instId: string
  readonly at: number
  readonly cause: MovementCause
  /** The wallets that changed, signed, and what they then held. */
  readonly changes: readonly { readonly wallet: Wallet; readonly delta: Decimal; readonly after: Decimal }[]
}

/** A rate from an instant on, until the next. */
export interface RateChange {
  readonly at: number
  readonly rateDaily: Decimal
}

/** Levels of facts A4.7, from the best to the worst. */
export type MarginLevel = 'normal' | 'margin-call' | 'reduce-only' | 'liquidation'

/** A Binance account as a whole, in USD at index prices (facts A4.7). */
export interface MarginStatus {
  /** Adjusted equity over maintenance margin; undefined while there is no maintenance margin. */
  readonly uniMmr: Decimal | undefined
  readonly level: MarginLevel
  /** Collateral rates applied. */
  readonly equity: Decimal
  /** Without collateral rates. */
  readonly actualEquity: Decimal
  readonly initialMargin: Decimal
  readonly maintenanceMargin: Decimal
  readonly openLoss: Decimal
  readonly maxWithdraw: Decimal
  /** Last change of any balance; 0 when never. */
  readonly updatedAt: number
}

/** What a futures wallet requires, in its asset. */
export interface Requirements {
  readonly wallet: 'um' | 'cm'
  readonly asset: string
  readonly initial: Decimal
  readonly maintenance: Decimal
  readonly openLoss: Decimal
}

/** The switches of an account. */
export interface AccountSettings {
  /** Binance: Auto Repay. */
  readonly repaySwitch: boolean
  /** Binance. */
  readonly deltaMode: boolean
  /** OKX: repays what was borrowed in spot mode. */
  readonly autoRepay: boolean
  /** OKX. */
  readonly autoBorrow: boolean
}

/** Something that happened, told to those who subscribed, in order, after it happened. */
export type EngineEvent =
  /** A boundary was crossed and everything due at it has been charged. */
  | { readonly kind: 'boundary'; readonly at: number; readonly of: 'negative-balance' | 'margin-loan' | 'okx'; readonly charges: number }
  | { readonly kind: 'movement'; readonly movement: Movement }
  | { readonly kind: 'exchange-run'; readonly run: ExchangeRun }
  | { readonly kind: 'margin-level'; readonly account: string; readonly at: number; readonly status: MarginStatus }
  | { readonly kind: 'command'; readonly sequence: number; readonly at: number; readonly command: string }

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
  /** `2` market loans, `1` VIP loans. */
  readonly loanType: '1' | '2'
  /** Of a VIP loan; else empty. */
  readonly order: string
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
  /** Outside the margin account. */
  readonly spot: Decimal
  /** What is owed after a bankruptcy; a positive magnitude. */
  readonly bankruptcy: Decimal
  /** Last change by anything but interest; 0 when never. */
  readonly updatedAt: number
}

/** One currency of an OKX account as it stands. Liabilities are positive magnitudes. */
export interface OkxBalance {
  readonly asset: string
  readonly cash: Decimal
  readonly unrealised: Decimal
  /** Cash and unrealised results net of what was borrowed; isolated positions left out. */
  readonly equity: Decimal
  /** Borrowed coins: what cash is below zero, and what was borrowed in spot mode. */
  readonly crossLiability: Decimal
  /** What of it was borrowed in spot mode. */
  readonly spotBorrowed: Decimal
  readonly isolated: readonly { readonly instId: string; readonly liability: Decimal }[]
  /** VIP loans, which are no part of `crossLiability`. */
  readonly vipLoans: readonly { readonly order: string; readonly liability: Decimal; readonly rateDaily: Decimal }[]
  /** Liability from unrealised losses. */
  readonly unrealisedLiability: Decimal
  readonly interestFreeLiability: Decimal
  /** What may be free of interest, positive equity in other stablecoins included. */
  readonly freeQuota: Decimal
  /** Interest accrued and not yet deducted: zero, because it is deducted in the hour it accrues (facts B4). */
  readonly interest: Decimal
  readonly availableBalance: Decimal
  readonly availableEquity: Decimal
  /** Locked by what open orders might borrow: zero, because OKX orders are not modelled. */
  readonly borrowFrozen: Decimal
  /** `equity` in USD; undefined without a price. */
  readonly equityUsd: Decimal | undefined
  /** The same as collateral counts it; undefined without a price. */
  readonly discountedEquityUsd: Decimal | undefined
  /** How much more may be borrowed; undefined while nothing bounds it. */
  readonly maxLoan: Decimal | undefined
  /** How likely a forced repayment is, 0 to 5: `twap`. */
  readonly twap: number
  /** Last change of the currency, the hourly deduction from cash included; 0 when never. */
  readonly updatedAt: number
}

/** An OKX account as a whole, in USD at index prices; undefined while a currency it holds or owes has no price. */
export interface OkxAccountStatus {
  readonly totalEquity: Decimal | undefined
  /** With collateral rates: what counts as margin. */
  readonly adjustedEquity: Decimal | undefined
  /** Everything borrowed, isolated positions and VIP loans included. */
  readonly notionalBorrowed: Decimal | undefined
  /** Margin that open orders which would borrow lock: zero, because OKX orders are not modelled. */
  readonly borrowFrozen: Decimal
  /** Last change of any balance; 0 when never. */
  readonly updatedAt: number
}

/** One change of an OKX account's money, or one hour's interest: a row of the bills. */
export interface OkxBill {
  /** 19 digits; unique on the exchange and ascending with time. */
  readonly id: bigint
  readonly account: string
  readonly asset: string
  /** Of an isolated position; else empty. */
  readonly instId: string
  /** Of a VIP loan; else empty. */
  readonly order: string
  readonly marginMode: 'cross' | 'isolated'
  readonly at: number
  readonly kind: 'interest' | MovementCause
  /** What cash changed by, signed, and what it then was. */
  readonly balanceChange: Decimal
  readonly balance: Decimal
  /** What the debt of spot mode changed by: negative when coins were borrowed, positive when they were repaid. */
  readonly spotDebtChange: Decimal
  /** What the debt of the isolated position changed by, and what it then was, both negative for what is owed; zero for cross. */
  readonly positionChange: Decimal
  readonly position: Decimal
  /** Zero but for rows of interest; positive. */
  readonly interest: Decimal
}

export interface AccountState {
  readonly account: string
  readonly exchange: Exchange
  readonly vip: number
  /** The number the exchange would know the user by. */
  readonly uid: number
  /** Binance only. */
  readonly product?: Product
}
