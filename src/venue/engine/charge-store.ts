import { AmountVector } from './amount-vector.ts'

/** The charges of one boundary, ready to be kept: one row per debtor, ascending by debtor. */
export interface ChargeBatch {
  readonly at: number
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
  readonly debtor: number
  readonly rate: number
  readonly amounts: readonly bigint[]
}

/** Where charges are kept; an implementation may hold them in memory or on disk. */
export interface ChargeStore {
  readonly size: number
  append(batch: ChargeBatch): void
  /** Rows of the debtors (ascending) with `from <= at <= to`, newest first, debtors descending within an instant. */
  rows(debtors: readonly number[], from: number, to: number): Generator<ChargeRow>
  /** Everything kept, as bytes in a fixed order. */
  contents(): Generator<Uint8Array | string>
}

const segmentRows = 1 << 16

interface Segment {
  readonly debtors: Uint32Array
  readonly rates: Uint32Array
  readonly amounts: readonly AmountVector[]
}

/** Charges in memory as columns: about 24 bytes a row with two amounts. */
export class ColumnChargeStore implements ChargeStore {
  readonly #amountColumns: number
  readonly #segments: Segment[] = []
  #instants = new Float64Array(1_024)
  /** Row at which each boundary begins; the next one's beginning is its end. */
  #starts = new Float64Array(1_025)
  #boundaries = 0
  #rows = 0

  constructor(amountColumns: number) {
    this.#amountColumns = amountColumns
  }

  get size(): number {
    return this.#rows
  }

  append(batch: ChargeBatch): void {
    if (batch.count === 0) return
    this.#noteBoundary(batch.at, batch.count)
    for (let taken = 0; taken < batch.count; ) {
      const offset = this.#rows % segmentRows
      const segment = this.#segments[Math.floor(this.#rows / segmentRows)] ?? this.#newSegment()
      const length = Math.min(batch.count - taken, segmentRows - offset)
      segment.debtors.set(batch.debtors.subarray(taken, taken + length), offset)
      segment.rates.set(batch.rates.subarray(taken, taken + length), offset)
      for (const [column, amounts] of segment.amounts.entries()) batch.amounts[column]?.copyTo(amounts, offset, taken, length)
      taken += length
      this.#rows += length
    }
  }

  *rows(debtors: readonly number[], from: number, to: number): Generator<ChargeRow> {
    for (let boundary = this.#firstAfter(to) - 1; boundary >= 0; boundary--) {
      const at = this.#instants[boundary] ?? 0
      if (at < from) return
      for (let place = debtors.length - 1; place >= 0; place--) {
        const debtor = debtors[place] ?? 0
        const row = this.#find(boundary, debtor)
        if (row >= 0) yield this.#row(at, debtor, row)
      }
    }
  }

  *contents(): Generator<Uint8Array | string> {
    yield bytesOf(this.#instants, this.#boundaries)
    yield bytesOf(this.#starts, this.#boundaries)
    for (const [place, segment] of this.#segments.entries()) {
      const length = Math.min(this.#rows - place * segmentRows, segmentRows)
      yield bytesOf(segment.debtors, length)
      yield bytesOf(segment.rates, length)
      for (const amounts of segment.amounts) {
        yield amounts.bytes(length)
        for (const [index, value] of amounts.wide(length)) yield `${index} ${value}`
      }
    }
  }

  #newSegment(): Segment {
    const amounts = Array.from({ length: this.#amountColumns }, () => new AmountVector(segmentRows))
    const segment = { debtors: new Uint32Array(segmentRows), rates: new Uint32Array(segmentRows), amounts }
    this.#segments.push(segment)
    return segment
  }

  #noteBoundary(at: number, count: number): void {
    if (this.#boundaries === this.#instants.length) {
      this.#instants = grown(this.#instants, 2 * this.#boundaries)
      this.#starts = grown(this.#starts, 2 * this.#boundaries + 1)
    }
    this.#instants[this.#boundaries] = at
    this.#starts[this.#boundaries] = this.#rows
    this.#starts[++this.#boundaries] = this.#rows + count
  }

  /** How many boundaries lie at or before `instant`. */
  #firstAfter(instant: number): number {
    let low = 0
    let high = this.#boundaries
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.#instants[middle] ?? 0) <= instant) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The row of a debtor at a boundary, or -1. */
  #find(boundary: number, debtor: number): number {
    let low = this.#starts[boundary] ?? 0
    let high = (this.#starts[boundary + 1] ?? 0) - 1
    while (low <= high) {
      const middle = Math.floor((low + high) / 2)
      const found = this.#segments[Math.floor(middle / segmentRows)]?.debtors[middle % segmentRows] ?? 0
      if (found === debtor) return middle
      if (found < debtor) low = middle + 1
      else high = middle - 1
    }
    return -1
  }

  #row(at: number, debtor: number, row: number): ChargeRow {
    const segment = this.#segments[Math.floor(row / segmentRows)]
    const index = row % segmentRows
    return { at, debtor, rate: segment?.rates[index] ?? 0, amounts: segment?.amounts.map((amounts) => amounts.get(index)) ?? [] }
  }
}

function grown(column: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(length)
  larger.set(column)
  return larger
}

function bytesOf(column: Float64Array | Uint32Array, length: number): Uint8Array {
  return new Uint8Array(column.buffer, 0, length * column.BYTES_PER_ELEMENT)
}
