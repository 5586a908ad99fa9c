import type { AmountVector } from './amount-vector.ts'

/** The charges of one boundary, ready to be kept: one row per debtor, ascending by debtor. */
export interface ChargeBatch {
  readonly at: number
  /** Tells batches of one instant apart; kept with every row. 0 where there is one. */
  readonly tag?: number
  readonly count: number
  /** Holding ids, ascending. */
  readonly debtors: Uint32Array
  /** Place of the rate in the market's list. */
  readonly rates: Uint32Array
  readonly amounts: readonly AmountVector[]
}

/** One charge as it was kept; `amounts` in the order of the batch. */
export interface ChargeRow {
  readonly at: number
  readonly tag: number
  readonly debtor: number
  readonly rate: number
  readonly amounts: readonly bigint[]
}

/** Where charges of one kind are kept, in memory or on disk. */
export interface ChargeStore {
  readonly size: number
  /** Instants never decrease; batches of one instant stay in the order in which they came. */
  append(batch: ChargeBatch): void
  /** Rows of the debtors (ascending) with `from <= at <= to`, newest first, debtors descending within a batch. */
  rows(debtors: readonly number[], from: number, to: number): Generator<ChargeRow>
  /** Everything kept, as bytes that do not depend on the way of keeping it. */
  contents(): Generator<Uint8Array | string>
}
