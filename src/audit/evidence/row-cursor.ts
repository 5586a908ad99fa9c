import type { Interval } from '../../time/interval.ts'

/** Rows of one history, read on in step with the walk: none is left out between two spans, and none is read twice. */
export class RowCursor<Row extends { readonly at: number }> {
  readonly #read: (within: Interval) => AsyncIterable<Row>
  #to: number

  constructor(read: (within: Interval) => AsyncIterable<Row>, from = 0) {
    this.#read = read
    this.#to = from
  }

  /** Every row before `to` that was not given yet, in order. */
  async *until(to: number): AsyncGenerator<Row> {
    if (to <= this.#to) return
    const from = this.#to
    this.#to = to
    yield* this.#read({ from, to })
  }
}
