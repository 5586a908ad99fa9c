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

/** The charges of a venue by kind, each with the number of its amounts. */
export const chargeColumns = Object.freeze({ negativeBalance: 2, marginLoan: 2, okx: 3 })

export type ChargeKind = keyof typeof chargeColumns

/** Names exactly what a store holds. */
export interface StoreMark {
  readonly batches: number
  readonly rows: number
  /** How far the data reaches, and a checksum over where everything stands; 0 in memory. */
  readonly bytes: number
  readonly checksum: number
}

/** Names exactly what is held now; plain data, to be kept beside a snapshot of the world. */
export type ChargeMark = Readonly<Record<ChargeKind, StoreMark>>

/** Where a venue keeps its charges. */
export interface ChargeStores extends Readonly<Record<ChargeKind, ChargeStore>> {
  /** On disk it holds after a crash for what was synced before. */
  mark(): ChargeMark
  /**
   * An independent set that begins with the rows held now; what either appends later the other does not see. What is
   * sealed is shared, never copied row by row. On disk without a directory it lies beside its origin until it is closed.
   */
  fork(directory?: string): ChargeStores
  /** Everything appended so far is durable when it returns. @throws `storage.full`, `storage.unwritable` */
  sync(): void
  close(): void
}
