/**
 * Integers of any size in columns: 64 bits each, a second column for the upper 64 bits once one does not fit, and a map
 * for the few beyond 128 bits. Exact in every case.
 */
export class AmountVector {
  readonly capacity: number
  readonly #low: BigInt64Array
  #high: BigInt64Array | undefined
  #beyond: Map<number, bigint> | undefined

  constructor(capacity: number) {
    this.capacity = capacity
    this.#low = new BigInt64Array(capacity)
  }

  get(index: number): bigint {
    const low = this.#low[index] ?? 0n
    if (this.#high === undefined) return low
    const high = this.#high[index] ?? 0n
    return this.#beyond?.get(index) ?? (high << 64n) | BigInt.asUintN(64, low)
  }

  set(index: number, value: bigint): void {
    const low = BigInt.asIntN(64, value)
    this.#low[index] = low
    if (low === value) {
      if (this.#high !== undefined) this.#high[index] = low < 0n ? -1n : 0n
      this.#beyond?.delete(index)
      return
    }
    const upper = value >> 64n
    const high = BigInt.asIntN(64, upper)
    this.#widen()[index] = high
    if (high === upper) this.#beyond?.delete(index)
    else {
      this.#beyond ??= new Map()
      this.#beyond.set(index, value)
    }
  }

  /** Copies `length` values from `start` on to `targetStart` in `target`. */
  copyTo(target: AmountVector, targetStart: number, start: number, length: number): void {
    target.#low.set(this.#low.subarray(start, start + length), targetStart)
    if (this.#high !== undefined) target.#widen().set(this.#high.subarray(start, start + length), targetStart)
    else if (target.#high !== undefined) {
      for (let index = 0; index < length; index++) target.#high[targetStart + index] = (this.#low[start + index] ?? 0n) < 0n ? -1n : 0n
    }
    if (this.#beyond === undefined && target.#beyond === undefined) return
    for (let index = 0; index < length; index++) {
      const value = this.#beyond?.get(start + index)
      if (value === undefined) target.#beyond?.delete(targetStart + index)
      else target.set(targetStart + index, value)
    }
  }

  /** The column of the lower 64 bits, for hashing; complete when `narrow`. */
  bytes(length: number): Uint8Array {
    return new Uint8Array(this.#low.buffer, 0, length * 8)
  }

  /** Indexes below `length` whose value does not fit 64 bits. */
  *wide(length: number): Generator<[number, bigint]> {
    if (this.#high === undefined) return
    for (let index = 0; index < length; index++) {
      const value = this.get(index)
      if (value !== BigInt.asIntN(64, value)) yield [index, value]
    }
  }

  #widen(): BigInt64Array {
    if (this.#high === undefined) {
      this.#high = new BigInt64Array(this.capacity)
      for (let index = 0; index < this.capacity; index++) this.#high[index] = (this.#low[index] ?? 0n) < 0n ? -1n : 0n
    }
    return this.#high
  }
}
