import type { RowBatch } from '../../book/row-batch.ts'

/** Rows of one history in their batches, read on in step with the walk: none is left out between two steps, and none comes twice. */
export class BatchCursor<Batch extends RowBatch<unknown>> {
  readonly #batches: AsyncIterator<Batch>
  #batch: Batch | undefined
  #place = 0
  #isOver = false

  constructor(batches: AsyncIterable<Batch>) {
    this.#batches = batches[Symbol.asyncIterator]()
  }

  /** Gives every row before `to` that was not given yet, in order: those from a place of a batch up to another. */
  async until(to: number, take: (batch: Batch, from: number, end: number) => void): Promise<void> {
    while (!this.#isOver) {
      const batch = this.#batch
      if (batch !== undefined) {
        const from = this.#place
        this.#place = endOf(batch, from, to)
        if (this.#place > from) take(batch, from, this.#place)
        if (this.#place < batch.count) return
      }
      const next = await this.#batches.next()
      this.#isOver = next.done === true
      this.#batch = next.done === true ? undefined : next.value
      this.#place = 0
    }
  }
}

/** The first place from one on whose instant is not before another. */
function endOf({ at, count }: RowBatch<unknown>, from: number, to: number): number {
  if (count > 0 && (at[count - 1] as number) < to) return count
  let end = from
  while (end < count && (at[end] as number) < to) end++
  return end
}
