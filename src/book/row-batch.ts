import type { Decimal } from '../decimal/decimal.ts'
import type { Interval } from '../time/interval.ts'
import type { MarginCharge, Movement } from './record.ts'

/** One decimal of each row of a batch. */
export interface BatchDecimals {
  readonly mantissas: BigInt64Array
  /** −1 where the row tells none. */
  readonly scales: Int16Array
  /** The decimal of one row, also where its mantissa is beyond 64 bits. */
  get(place: number): Decimal | undefined
}

/**
 * Rows as columns, for who reads millions of them: ordered by instant, all rows of one instant in one batch. Each column
 * holds `count` values and is used again for the next batch.
 */
export interface RowBatch<Name> {
  readonly account: string
  readonly count: number
  /** Whatever rows have in common, each once; a place in it means the same through the whole reading. */
  readonly names: readonly Name[]
  readonly nameOf: Uint32Array
  readonly at: Float64Array
  /** Rows of which a mantissa is beyond 64 bits: their columns hold nothing of use, `get` has them. */
  readonly beyond64: ReadonlySet<number>
}

export type MovementName = Pick<Movement, 'stream' | 'asset' | 'kind'>

export interface MovementBatch extends RowBatch<MovementName> {
  readonly amount: BatchDecimals
  readonly balanceAfter: BatchDecimals
  readonly interest: BatchDecimals
  /** With spaces for its line breaks. Only until the next batch. */
  detail(place: number): string
}

export interface MovementBatchFilter {
  readonly account: string
  readonly within?: Interval | undefined
  readonly streams?: readonly Movement['stream'][] | undefined
}

export type MarginChargeName = Pick<MarginCharge, 'asset' | 'rawAsset' | 'type'>

export interface MarginChargeBatch extends RowBatch<MarginChargeName> {
  readonly principal: BatchDecimals
  readonly rate: BatchDecimals
  readonly interest: BatchDecimals
  /** Only until the next batch. */
  txId(place: number): string
}

export interface MarginChargeBatchFilter {
  readonly account: string
  readonly within?: Interval | undefined
  readonly types?: readonly string[] | undefined
}
