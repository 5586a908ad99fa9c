import type { ChargeLiabilities, ChargeSeriesName } from '../book/book-interface.ts'
import type { Decimal } from '../decimal/decimal.ts'
import type { Interval } from '../time/interval.ts'
import type { Finding, Step } from './finding.ts'

/**
 * One charge as the audit has it in its hands. The same object is filled again for the next row: whoever needs it later
 * takes the values out. Money is mantissa and scale, because a million of these pass in three seconds.
 */
export interface SeenCharge {
  /** `charges`: the interest history; `margin-charges`: Binance's margin interest history. */
  readonly history: 'charges' | 'margin-charges'
  readonly account: string
  readonly exchange: 'binance' | 'okx'
  /** Place of the series in what the audit has seen so far: dense, from 0, the same number through the whole audit. */
  readonly seriesIndex: number
  readonly series: ChargeSeriesName
  readonly at: number
  readonly principalMantissa: bigint
  readonly principalScale: number
  readonly rateMantissa: bigint
  readonly rateScale: number
  readonly interestMantissa: bigint
  readonly interestScale: number
  /** Margin charges alone; empty otherwise. */
  readonly txId: string
  readonly type: string
  /** The asset that was borrowed where interest is paid in another; otherwise the asset. */
  readonly rawAsset: string
  /** OKX's newer rows: the whole liability, and what of it is free of interest. Read when it is asked for. */
  liabilities?(): ChargeLiabilities | undefined
}

/** What contradicts a charge. Made only where something does, so that it may cost what it likes. */
export interface Objection {
  /** `unexplained` where the histories contradict each other and none of the others says how. */
  readonly verdict: 'wrong-principal' | 'wrong-rate' | 'not-due' | 'duplicate' | 'unexplained'
  /** What was due, both ends included; `undefined` where nothing can be said. */
  readonly due: { readonly low: Decimal; readonly high: Decimal } | undefined
  /** One sentence for people, with both values. */
  readonly sentence: string
  readonly steps: readonly Step[]
}

/** What the audit could not judge, and why; spans of which nothing is proven are told here and never judged as missing. */
export interface Unjudged {
  /** Stable words, such as `bills are not proven in this span`. */
  readonly why: string
  /** How many charges or boundaries it concerns. */
  readonly count: number
  readonly spans: readonly Interval[]
}

/**
 * What a row alone cannot show: what was owed, which rates were in force, what else moved. One object for one account and
 * one audit, built from the book, of bounded memory: it goes along with the charges, which come in the order of their
 * instants, and forgets what they have passed. The two histories are two walks: `begin` tells that one starts.
 */
export interface Evidence {
  /** A walk through one history begins; instants start again from the first. */
  begin(history: SeenCharge['history']): Promise<void>
  /** Called before the charges of `within` are judged: whatever is needed for them is read now. Spans ascend, and may touch. */
  advance(within: Interval): Promise<void>
  /**
   * Called once for every charge, in order. Below a microsecond where nothing is wrong. `sound` tells whether interest
   * follows from the row's own principal and rate; a row that is sound may still be contradicted.
   */
  objectionTo(charge: SeenCharge, sound: boolean): Objection | undefined
  /**
   * Whether anything but interest moved the debt of a series after `from` and at or before `to`: `none` only where the
   * histories that would show it are proven for that span.
   */
  movedBetween(charge: SeenCharge, from: number, to: number): 'none' | 'some' | 'unknown'
  /** After the last charge of the last walk: what was due and is missing, and what was seen only over several rows. */
  remaining(): AsyncIterable<Finding>
  /** After `remaining`. */
  unjudged(): readonly Unjudged[]
}
