/** A row that stood out from what was the same before it and after it. */
export interface StoodOut<Row> {
  readonly row: Row
  /** What it should have been; `undefined` came where there was nothing at all. */
  readonly value: bigint | undefined
  readonly expected: bigint
}

/** A longer run of the same other value is a change that came and went, not an error. */
const runMax = 3

/**
 * A figure that no history tells but that stays the same over a span, such as a free threshold: it is learned from the
 * rows themselves, and a row that has another is told only once the figure is the same again after it. So neither a level
 * that changed nor a figure that was misunderstood from the beginning is ever taken for an error of one row.
 */
export class ConstantLane<Row> {
  #value: bigint | undefined
  #pending: { readonly row: Row; readonly value: bigint | undefined }[] = []
  #undecided = 0

  /** What held last, once anything did. */
  get value(): bigint | undefined {
    return this.#value
  }

  /** Rows that stood out but are not explained by it: nothing after them, or a change. */
  get undecided(): number {
    return this.#undecided + this.#pending.length
  }

  /** Whether the next row only says once more what holds, so that it need not be fed. */
  isSteady(value: bigint): boolean {
    return value === this.#value && this.#pending.length === 0
  }

  /** The next row; `value` is `undefined` where a row should be and is none. Gives the rows that are decided by it. */
  feed(value: bigint | undefined, row: Row): readonly StoodOut<Row>[] {
    const expected = this.#value
    if (expected === undefined) {
      this.#value = value
      return []
    }
    if (value === expected) return this.#pending.length === 0 ? none : this.#settle(expected)
    this.#pending.push({ row, value })
    if (this.#pending.length > runMax) this.#change()
    return none
  }

  #settle(expected: bigint): readonly StoodOut<Row>[] {
    const stood = this.#pending.map(({ row, value }) => ({ row, value, expected }))
    this.#pending = []
    return stood
  }

  /** Another figure holds from now on: the last one, where more than the last row has it. */
  #change(): void {
    const last = this.#pending.at(-1)?.value
    const agreeing = this.#pending.filter(({ value }) => value === last).length
    this.#value = last !== undefined && agreeing > 1 ? last : undefined
    this.#undecided += this.#pending.length - (this.#value === undefined ? 0 : agreeing)
    this.#pending = []
  }
}

const none: readonly never[] = Object.freeze([])
