/** Finds line and column of an offset in a text, both from 1. */
export class LineIndex {
  readonly #starts: readonly number[]
  readonly #length: number

  constructor(text: string) {
    this.#starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)]
    this.#length = text.length
  }

  placeOf(offset: number): { readonly line: number; readonly column: number } {
    // The parser points one past the end where something is missing there.
    const within = Math.min(offset, this.#length)
    let low = 0
    let high = this.#starts.length
    while (high - low > 1) {
      const middle = (low + high) >> 1
      if ((this.#starts[middle] ?? 0) <= within) low = middle
      else high = middle
    }
    return { line: low + 1, column: within - (this.#starts[low] ?? 0) + 1 }
  }
}
