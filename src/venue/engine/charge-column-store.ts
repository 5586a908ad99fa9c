import { AmountVector } from './amount-vector.ts'
import type { ChargeBatch, ChargeRow, ChargeStore, StoreMark } from './charge-store.ts'

const segmentRows = 1 << 16
const noBytes = new Uint8Array(0)

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
  #tags = new Uint32Array(1_024)
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
    this.#noteBoundary(batch)
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
        if (row >= 0) yield this.#row(at, this.#tags[boundary] ?? 0, debtor, row)
      }
    }
  }

  *contents(): Generator<Uint8Array | string> {
    for (let boundary = 0; boundary < this.#boundaries; boundary++) {
      const first = this.#starts[boundary] ?? 0
      const end = this.#starts[boundary + 1] ?? 0
      yield `${this.#instants[boundary]} ${this.#tags[boundary]} ${end - first}`
      yield* this.#parts(first, end, ({ debtors }, from, to) => [bytesOf(debtors, from, to)])
      yield* this.#parts(first, end, ({ rates }, from, to) => [bytesOf(rates, from, to)])
      for (let column = 0; column < this.#amountColumns; column++) {
        yield* this.#parts(first, end, ({ amounts }, from, to) => [amounts[column]?.bytes(from, to) ?? noBytes])
        yield* this.#parts(first, end, ({ amounts }, from, to, row) => amounts[column]?.wide(from, to, row - first) ?? [])
      }
    }
  }

  mark(): StoreMark {
    return Object.freeze({ batches: this.#boundaries, rows: this.#rows, bytes: 0, checksum: 0 })
  }

  /** An independent store that begins with the rows of this one; full segments are never written again and are shared. */
  fork(): ColumnChargeStore {
    const copy = new ColumnChargeStore(this.#amountColumns)
    copy.#segments.push(...this.#segments)
    copy.#instants = this.#instants.slice()
    copy.#tags = this.#tags.slice()
    copy.#starts = this.#starts.slice()
    copy.#boundaries = this.#boundaries
    copy.#rows = this.#rows
    const filled = this.#rows % segmentRows
    const open = filled === 0 ? undefined : copy.#segments.pop()
    if (open !== undefined) copyRows(open, copy.#newSegment(), filled)
    return copy
  }

  /** What `take` yields of every segment that holds rows of `[first, end)`. */
  *#parts<Part>(
    first: number,
    end: number,
    take: (segment: Segment, from: number, to: number, row: number) => Iterable<Part>,
  ): Generator<Part> {
    for (let row = first; row < end; ) {
      const offset = row % segmentRows
      const length = Math.min(end - row, segmentRows - offset)
      const segment = this.#segments[Math.floor(row / segmentRows)]
      if (segment !== undefined) yield* take(segment, offset, offset + length, row)
      row += length
    }
  }

  #newSegment(): Segment {
    const amounts = Array.from({ length: this.#amountColumns }, () => new AmountVector(segmentRows))
    const segment = { debtors: new Uint32Array(segmentRows), rates: new Uint32Array(segmentRows), amounts }
    this.#segments.push(segment)
    return segment
  }

  #noteBoundary({ at, tag = 0, count }: ChargeBatch): void {
    if (this.#boundaries === this.#instants.length) {
      this.#instants = grown(this.#instants, 2 * this.#boundaries)
      const tags = new Uint32Array(2 * this.#boundaries)
      tags.set(this.#tags)
      this.#tags = tags
      this.#starts = grown(this.#starts, 2 * this.#boundaries + 1)
    }
    this.#instants[this.#boundaries] = at
    this.#tags[this.#boundaries] = tag
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

  #row(at: number, tag: number, debtor: number, row: number): ChargeRow {
    const segment = this.#segments[Math.floor(row / segmentRows)]
    const index = row % segmentRows
    return { at, tag, debtor, rate: segment?.rates[index] ?? 0, amounts: segment?.amounts.map((amounts) => amounts.get(index)) ?? [] }
  }
}

function grown(column: Float64Array<ArrayBuffer>, length: number): Float64Array<ArrayBuffer> {
  const larger = new Float64Array(length)
  larger.set(column)
  return larger
}

function copyRows(source: Segment, target: Segment, length: number): void {
  target.debtors.set(source.debtors.subarray(0, length))
  target.rates.set(source.rates.subarray(0, length))
  for (const [column, amounts] of source.amounts.entries()) {
    const copy = target.amounts[column]
    if (copy !== undefined) amounts.copyTo(copy, 0, 0, length)
  }
}

function bytesOf(column: Uint32Array, from: number, to: number): Uint8Array {
  return new Uint8Array(column.buffer, column.byteOffset + from * 4, (to - from) * 4)
}
