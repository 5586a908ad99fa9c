import type { Exchange } from '../../contracts/contract.ts'
import type { Decimal } from '../../decimal/decimal.ts'
import type { Command, KeyKind, Product } from '../engine/command.ts'
import type { FaultInput } from '../faults/rule.ts'

/** Where in a scenario file something stands; absent in scenarios that were built in code. Lines and columns start at 1. */
export interface Place {
  readonly file: string
  readonly line: number
  readonly column: number
  /** Path of the field, `history[3].amount`. */
  readonly field: string
}

/** An instant of a scenario: so long before its end, or a fixed one (epoch ms UTC). */
export type Moment =
  | { readonly kind: 'before-end'; readonly ms: number; readonly place?: Place | undefined }
  | { readonly kind: 'absolute'; readonly at: number; readonly place?: Place | undefined }

/** An instant at which calls are made: so long after the end of the scenario, or a fixed one (epoch ms UTC). */
export type LaterMoment =
  | { readonly kind: 'after-end'; readonly ms: number; readonly place?: Place | undefined }
  | { readonly kind: 'absolute'; readonly at: number; readonly place?: Place | undefined }

/** A rule of what goes wrong for those who call: its instants follow once the end of the scenario is known. */
export interface ScenarioFault {
  readonly rule: FaultInput
  readonly from?: LaterMoment | undefined
  readonly to?: LaterMoment | undefined
  /** Settings of the kind that are instants, by name. */
  readonly instants?: Readonly<Record<string, LaterMoment>> | undefined
}

/** One API key. What is left out is derived from the scenario's seed, the account's label and the key's position. */
export interface ScenarioKey {
  readonly signing: KeyKind
  readonly permissions: readonly ('read' | 'trade')[]
  readonly ips?: readonly string[] | undefined
  readonly apiKey?: string | undefined
  /** HMAC only. */
  readonly apiSecret?: string | undefined
  /** OKX only. */
  readonly passphrase?: string | undefined
  /** RSA and Ed25519 only: PKCS#8 PEM. */
  readonly privateKey?: string | undefined
}

export interface ScenarioAccount {
  /** With `copies` the name of a group: its members are `label-1` and so on, with as many digits as the last one has. */
  readonly label: string
  readonly copies?: number | undefined
  readonly exchange: Exchange
  readonly vip: number
  /** Binance only; left out, `pm`. */
  readonly product?: Product | undefined
  readonly keys: readonly ScenarioKey[]
}

/** A seeded random walk between two bounds; its steps have as many decimals as are written in the file. */
export interface Wander {
  readonly everyMs: number
  readonly low: Decimal
  readonly high: Decimal
  /** Largest change of one step. */
  readonly step: Decimal
}

/** A figure of the market over time: where it starts, where it is set to, and how it wanders in between. */
export interface Series {
  readonly start: Decimal
  readonly changes: readonly { readonly at: Moment; readonly to: Decimal }[]
  readonly walk?: Wander | undefined
}

export interface ThresholdPair {
  readonly free: Decimal
  readonly maximum: Decimal
}

export interface Thresholds extends ThresholdPair {
  readonly changes: readonly (ThresholdPair & { readonly at: Moment })[]
}

/** What a loan requires (a share of it), and how much of it a level may borrow. */
export interface LoanTerms {
  readonly maintenanceRate: Decimal
  readonly maximum: Decimal
}

/** Figures by asset; `levels` holds those of single VIP levels. */
export type ByAsset<Figure> = Readonly<Record<string, Figure>>
export type Leveled<Figure> = Figure & { readonly levels: Readonly<Record<string, Figure>> }

export interface ScenarioMarkets {
  /** Index prices in USD. Every asset that the scenario uses has one. */
  readonly prices: ByAsset<Series>
  /** Daily borrow rates. */
  readonly rates: Readonly<Record<Exchange, ByAsset<Leveled<Series>>>>
  /** Binance. */
  readonly thresholds: ByAsset<Leveled<Thresholds>>
  /** 0 to 1. */
  readonly collateralRates: ByAsset<Series>
  /** OKX. */
  readonly freeQuotas: ByAsset<Series>
  readonly loanTerms: Readonly<Record<Exchange, ByAsset<Leveled<LoanTerms>>>>
  /** What the exchange lends of an asset in all. */
  readonly lendingPools: Readonly<Record<Exchange, ByAsset<Series>>>
}

export type FlowReason = Extract<Command, { kind: 'book' }>['reason']
export type BookWallet = Extract<Command, { kind: 'book' }>['wallet']
export type UnrealisedWallet = Extract<Command, { kind: 'set-unrealised' }>['wallet']

/** A command that concerns one account: written in `history` as it is, with an instant. */
export type Movement = Extract<
  Command,
  {
    kind:
      | 'deposit'
      | 'withdraw'
      | 'book'
      | 'set-unrealised'
      | 'lock'
      | 'unlock'
      | 'borrow'
      | 'repay-loan'
      | 'borrow-isolated'
      | 'repay-isolated'
      | 'repay-futures'
      | 'repay-debt'
      | 'collect'
      | 'transfer-bnb'
      | 'set-repay-switch'
      | 'set-requirements'
      | 'set-vip'
      | 'remove-key'
      | 'lend-bankruptcy'
      | 'repay-bankruptcy'
      | 'set-delta-mode'
      | 'borrow-spot'
      | 'repay-spot'
      | 'borrow-vip'
      | 'repay-vip'
      | 'set-auto-repay'
      | 'set-auto-borrow'
  }
>

/** One entry of the history. Instants do not decrease from entry to entry; spans start where they are written. */
export type HistoryEntry =
  | { readonly kind: 'movement'; readonly at: Moment; readonly movement: Movement }
  /**
   * Books whatever takes the wallet, as far as the scenario itself has booked it, to `to`. `settles` is where the
   * venue's auto-exchange will bring it from there, and where the scenario's own reckoning goes on.
   */
  | {
      readonly kind: 'level'
      readonly at: Moment
      readonly account: string
      readonly wallet: BookWallet
      readonly asset: string
      readonly to: Decimal
      readonly settles?: Decimal | undefined
      readonly reason: FlowReason
    }
  /** Takes a wallet on a random walk between two bounds. */
  | ({
      readonly kind: 'walk'
      readonly at: Moment
      readonly until: Moment
      readonly account: string
      readonly wallet: BookWallet | UnrealisedWallet
      readonly asset: string
      /** Each step comes up to so much later than its turn. */
      readonly jitterMs: number
      readonly reason: FlowReason
    } & Wander)
  /** Books amounts between two bounds again and again, as fees and funding are. */
  | {
      readonly kind: 'flow'
      readonly at: Moment
      readonly until: Moment
      readonly account: string
      readonly wallet: BookWallet
      readonly asset: string
      readonly everyMs: number
      readonly jitterMs: number
      readonly low: Decimal
      readonly high: Decimal
      readonly reason: FlowReason
    }

/** What a venue starts with: plain data, read from a file or built in code. */
export interface Scenario {
  readonly name: string
  readonly description: string
  /** Everything random and every derived key follows from it. */
  readonly seed: string
  /** The instant of an empty journal. */
  readonly starts: Moment
  readonly accounts: readonly ScenarioAccount[]
  readonly markets: ScenarioMarkets
  readonly history: readonly HistoryEntry[]
  /** What goes wrong from the end on, when calls are made. */
  readonly faults?: readonly ScenarioFault[] | undefined
}
