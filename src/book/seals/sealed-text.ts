import { foldInteger } from './integer-cell.ts'
import { RowHash } from './row-hash.ts'
import { emptySeal, type Seal } from './seal.ts'
import { cellMark, rowMark } from './seal-tally.ts'
import { periodOf, type SealedTable } from './sealed-tables.ts'

const [rowEnd, cellEnd] = [rowMark.charCodeAt(0), cellMark.charCodeAt(0)]

const [minus, digit0] = ['-', '0'].map((one) => one.charCodeAt(0)) as [number, number]

/** What is no number is of no group. */
function wholeAt(bytes: Uint8Array, begin: number, end: number): number {
  const isNegative = bytes[begin] === minus
  let value = 0
  for (let at = isNegative ? begin + 1 : begin; at < end; at++) value = value * 10 + (bytes[at] as number) - digit0
  return isNegative ? -value : value
}

/** Adds up a text of rows as `readSealedRows` gives it, by their groups, without an object for any row. */
export class SealedText {
  readonly #hash = new RowHash()
  readonly #sealed: SealedTable
  readonly #groupCell: number
  #bytes: Uint8Array = new Uint8Array(0)

  constructor(sealed: SealedTable) {
    this.#sealed = sealed
    this.#groupCell = sealed.columns.findIndex(([column]) => column === sealed.grouped?.column)
  }

  /** What the rows of each group add up to, by the number of the group. */
  sums(text: string): ReadonlyMap<number, Seal> {
    const groups = new Map<number, Seal>()
    if (text === '') return groups
    const bytes = Buffer.from(`${text}${rowMark}`, 'utf8')
    this.#bytes = bytes
    const { columns, asides } = this.#sealed
    const hash = this.#hash
    const figuresEnd = columns.length - asides
    let position = 0
    let period = Number.NaN
    let sum: Seal = emptySeal()
    const isText = columns.map(([, kind]) => kind === 'name' || kind === 'words')
    const last = columns.length - 1
    while (position < bytes.length) {
      hash.begin()
      let rowPeriod = 0
      let low = 0
      let high = 0
      for (let cell = 0; cell <= last; cell++) {
        if (cell === figuresEnd) {
          hash.finish()
          low = hash.low
          high = hash.high
        }
        const begin = position
        // A row that ends too soon, or is torn by a mark, hashes to something else than it did.
        const mark = cell === last ? rowEnd : cellEnd
        if (isText[cell]) {
          position = this.#endOf(begin, mark)
          hash.bytes(bytes, begin, position)
        } else {
          position = foldInteger(hash, bytes, begin, mark)
        }
        if (cell === this.#groupCell) rowPeriod = periodOf(this.#sealed, wholeAt(bytes, begin, position))
        position++
      }
      hash.finish()
      if (asides === 0) {
        low = hash.low
        high = hash.high
      }
      if (rowPeriod !== period) {
        period = rowPeriod
        sum = groups.get(period) ?? emptySeal()
        groups.set(period, sum)
      }
      sum.rows++
      sum.low = (sum.low + low) >>> 0
      sum.high = (sum.high + high) >>> 0
      if (asides > 0) sum.aside = (sum.aside + hash.low) >>> 0
    }
    return groups
  }

  #endOf(position: number, mark: number): number {
    const bytes = this.#bytes
    let end = position
    while (end < bytes.length && bytes[end] !== mark) end++
    return end
  }
}
