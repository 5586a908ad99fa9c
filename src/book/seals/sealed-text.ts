import { RowHash } from './row-hash.ts'
import { emptySeal, type Seal } from './seal.ts'
import { cellMark, rowMark } from './seal-tally.ts'
import { periodOf, type SealedTable } from './sealed-tables.ts'

const [rowEnd, cellEnd] = [rowMark.charCodeAt(0), cellMark.charCodeAt(0)]
const minus = '-'.charCodeAt(0)
const digit0 = '0'.charCodeAt(0)
const digit9 = '9'.charCodeAt(0)
/** So many digits are exact in a number, and a whole number of 64 bits has no more than these. */
const exactDigits = 15
const longDigits = 19
const billion = 1e9
const billionDigits = 9
const half = 2 ** 32
const quarter = 2 ** 16

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
    while (position < bytes.length) {
      hash.begin()
      let [rowPeriod, low, high] = [0, 0, 0]
      for (let cell = 0; cell < columns.length; cell++) {
        if (cell === figuresEnd) [low, high] = [hash.low, hash.high]
        const kind = columns[cell]?.[1]
        // A row that ends too soon, or is torn by a mark, hashes to something else than it did.
        const end = this.#endOf(position, cell + 1 === columns.length ? rowEnd : cellEnd)
        if (kind === 'name' || kind === 'words') hash.bytes(bytes, position, end)
        else this.#number(position, end)
        if (cell === this.#groupCell) rowPeriod = periodOf(this.#sealed, Number(bytes.toString('latin1', position, end)))
        position = end + 1
      }
      if (asides === 0) [low, high] = [hash.low, hash.high]
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

  #number(begin: number, end: number): void {
    if (begin === end) this.#hash.nothing()
    else if (!this.#integer(begin, end)) this.#hash.bytes(this.#bytes, begin, end)
  }

  /** An integer by its value, as `RowHash.whole` and `long`. Gives whether it is one of 64 bits, printed as databases do. */
  #integer(begin: number, end: number): boolean {
    const bytes = this.#bytes
    const hash = this.#hash
    const isNegative = bytes[begin] === minus
    const first = isNegative ? begin + 1 : begin
    const digits = end - first
    const lead = bytes[first] as number
    if (digits === 0 || digits > longDigits || (lead === digit0 && (digits > 1 || isNegative))) return false
    const split = digits > exactDigits ? end - billionDigits : end
    const upper = this.#digits(first, split)
    const lower = split < end ? this.#digits(split, end) : 0
    if (upper < 0 || lower < 0) return false
    if (split === end) {
      hash.whole(isNegative ? -upper : upper)
      return true
    }
    // upper * 10^9 + lower in halves of 32 bits, each step exact.
    const upperHigh = Math.floor(upper / quarter)
    const shifted = upperHigh * billion
    const below = (shifted % quarter) * quarter + (upper - upperHigh * quarter) * billion + lower
    const carry = Math.floor(below / half)
    const low = below - carry * half
    const high = Math.floor(shifted / quarter) + carry
    // The least of 64 bits has a magnitude one more than the greatest.
    if (high >= half / 2 && !(isNegative && high === half / 2 && low === 0)) return false
    hash.word(isNegative ? -low | 0 : low | 0)
    hash.word(isNegative ? (-high - (low === 0 ? 0 : 1)) | 0 : high | 0)
    return true
  }

  /** -1 where something is no digit. */
  #digits(begin: number, end: number): number {
    const bytes = this.#bytes
    let value = 0
    for (let at = begin; at < end; at++) {
      const code = bytes[at] as number
      if (code < digit0 || code > digit9) return -1
      value = value * 10 + code - digit0
    }
    return value
  }
}
