import { blockBytes, type PageReader, type PageShape, rowOffset, sealBlock } from './charge-pages.ts'

/** Who is charged, ascending, and which of the boundary's rates each has: the same block for as long as neither changes. */
export const debtorShape: PageShape = Object.freeze({ rowBytes: 8, pageRows: 512 })
/** The different rates of a boundary, in the order in which its rows first name them. */
export const rateShape: PageShape = Object.freeze({ rowBytes: 4, pageRows: 1_024 })

/** The rates of a boundary by number, and which number each row has. */
export interface Slotted {
  /** Debtor and number of the rate, row by row. */
  readonly pairs: Uint32Array
  readonly rates: Uint32Array
}

/** Numbers rates by where they first stand, so that rows keep their numbers when a rate is replaced by another. */
export class RateSlots {
  #slotOf = new Int32Array(1_024).fill(-1)
  #pairs = new Uint32Array(0)

  /** The pairs are overwritten by the next call. */
  number(debtors: Uint32Array, rates: Uint32Array, count: number): Slotted {
    this.#reserve(rates, count)
    if (this.#pairs.length < 2 * count) this.#pairs = new Uint32Array(4 * count)
    const pairs = this.#pairs.subarray(0, 2 * count)
    const used: number[] = []
    for (let row = 0; row < count; row++) {
      const rate = rates[row] as number
      let slot = this.#slotOf[rate] as number
      if (slot < 0) {
        slot = used.length
        this.#slotOf[rate] = slot
        used.push(rate)
      }
      pairs[2 * row] = debtors[row] as number
      pairs[2 * row + 1] = slot
    }
    for (const rate of used) this.#slotOf[rate] = -1
    return { pairs, rates: Uint32Array.from(used) }
  }

  #reserve(rates: Uint32Array, count: number): void {
    let largest = 0
    for (let row = 0; row < count; row++) if ((rates[row] as number) > largest) largest = rates[row] as number
    if (largest >= this.#slotOf.length) this.#slotOf = new Int32Array(2 * largest).fill(-1)
  }
}

/** The words of rows as a sealed block. */
export function wordBlock(shape: PageShape, words: Uint32Array): Uint8Array {
  const perRow = shape.rowBytes / 4
  const rows = words.length / perRow
  const block = new Uint8Array(blockBytes(shape, rows))
  const target = new Uint32Array(block.buffer)
  for (let first = 0; first < rows; first += shape.pageRows) {
    const end = Math.min(first + shape.pageRows, rows)
    target.set(words.subarray(first * perRow, end * perRow), rowOffset(shape, first) / 4)
  }
  sealBlock(shape, rows, block)
  return block
}

/** The row of a debtor and the number of its rate; undefined when he was not charged. `near` is where it may well be. */
export function findDebtor(
  pages: PageReader,
  place: number,
  count: number,
  debtor: number,
  near: number,
): { readonly row: number; readonly slot: number } | undefined {
  const { pageRows } = debtorShape
  let low = 0
  let high = Math.ceil(count / pageRows) - 1
  let page = Math.min(Math.floor(near / pageRows), high)
  while (low <= high) {
    const first = page * pageRows
    const { words } = pages.pageOf(place, debtorShape, count, first)
    const rows = Math.min(pageRows, count - first)
    if (debtor < (words[0] ?? 0)) high = page - 1
    else if (debtor > (words[2 * (rows - 1)] ?? 0)) low = page + 1
    else return rowWithin(words, rows, debtor, first)
    page = (low + high) >>> 1
  }
  return undefined
}

function rowWithin(words: Uint32Array, rows: number, debtor: number, first: number): { row: number; slot: number } | undefined {
  let low = 0
  let high = rows - 1
  while (low <= high) {
    const middle = (low + high) >>> 1
    const found = words[2 * middle] ?? 0
    if (found === debtor) return { row: first + middle, slot: words[2 * middle + 1] ?? 0 }
    if (found < debtor) low = middle + 1
    else high = middle - 1
  }
  return undefined
}
