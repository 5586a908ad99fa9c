/** A second column counts units of this: both exchanges keep at most 16 decimals, so that it holds the whole units. */
export const amountUnit = 10n ** 16n
/** Magnitudes below it stand in the lower column alone, so that equal integers always look alike. */
export const narrowLimit = 922n * amountUnit
/** Stands in the column of units where an integer fits no column: more than any loop over columns takes. */
const beyond = 2n ** 63n - 1n

/**
 * Integers of any size in columns: 64 bits each, a second column of units of 10^16 once one does not fit, and a map for
 * the few beyond that. Exact in every case; the sign of both columns is that of the integer.
 */
export class AmountVector {
  readonly capacity: number
  readonly #low: BigInt64Array<ArrayBuffer>
  #high: BigInt64Array<ArrayBuffer> | undefined
  #beyond: Map<number, bigint> | undefined

  constructor(capacity: number) {
    this.capacity = capacity
    this.#low = new BigInt64Array(capacity)
  }

  get(index: number): bigint {
    const low = this.#low[index] ?? 0n
    if (this.#high === undefined) return low
    const high = this.#high[index] ?? 0n
    return this.#beyond?.get(index) ?? high * amountUnit + low
  }

  set(index: number, value: bigint): void {
    if (value > -narrowLimit && value < narrowLimit) {
      this.#low[index] = value
      if (this.#high !== undefined) this.#high[index] = 0n
      this.#beyond?.delete(index)
      return
    }
    const units = value / amountUnit
    if (BigInt.asIntN(64, units) === units && units !== beyond) {
      this.#low[index] = value % amountUnit
      this.#widen()[index] = units
      this.#beyond?.delete(index)
      return
    }
    this.#low[index] = 0n
    this.#widen()[index] = beyond
    this.#beyond ??= new Map()
    this.#beyond.set(index, value)
  }

  static of(...values: bigint[]): AmountVector {
    const vector = new AmountVector(values.length)
    for (const [index, value] of values.entries()) vector.set(index, value)
    return vector
  }

  /** Makes `[from, to)` zero. */
  clear(from: number, to: number): void {
    this.#low.fill(0n, from, to)
    this.#high?.fill(0n, from, to)
    if (this.#beyond !== undefined) for (let index = from; index < to; index++) this.#beyond.delete(index)
  }

  /** Forgets every upper part, before the lower column is filled anew. */
  dropUpper(): void {
    this.#high = undefined
    this.#beyond = undefined
  }

  /** Copies `length` values from `start` on to `targetStart` in `target`. */
  copyTo(target: AmountVector, targetStart: number, start: number, length: number): void {
    target.#low.set(this.#low.subarray(start, start + length), targetStart)
    if (this.#high !== undefined) target.#widen().set(this.#high.subarray(start, start + length), targetStart)
    else target.#high?.fill(0n, targetStart, targetStart + length)
    if (this.#beyond === undefined && target.#beyond === undefined) return
    for (let index = 0; index < length; index++) {
      const value = this.#beyond?.get(start + index)
      if (value === undefined) target.#beyond?.delete(targetStart + index)
      else target.set(targetStart + index, value)
    }
  }

  /** The lower column of `[from, to)`. */
  bytes(from: number, to: number): Uint8Array {
    return new Uint8Array(this.#low.buffer, from * 8, (to - from) * 8)
  }

  /** As text, those of `[from, to)` that the lower column does not hold alone; numbered from `first` on. */
  *wide(from: number, to: number, first: number): Generator<string> {
    if (this.#high === undefined) return
    for (let index = from; index < to; index++) {
      if (this.#high[index] !== 0n || this.#beyond?.has(index)) yield `${first + index - from} ${this.get(index)}`
    }
  }

  /** The columns themselves, for loops over many; `units` is there once a value did not fit. */
  get columns(): { readonly low: BigInt64Array<ArrayBuffer>; readonly units: BigInt64Array<ArrayBuffer> | undefined } {
    return { low: this.#low, units: this.#high }
  }

  /** Makes the column of units, for loops that fill it. */
  get unitsColumn(): BigInt64Array<ArrayBuffer> {
    return this.#widen()
  }

  /** The values that stand in no column, by their place. */
  get beyondColumns(): ReadonlyMap<number, bigint> | undefined {
    return this.#beyond?.size === 0 ? undefined : this.#beyond
  }

  #widen(): BigInt64Array<ArrayBuffer> {
    this.#high ??= new BigInt64Array(this.capacity)
    return this.#high
  }
}
