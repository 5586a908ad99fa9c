import { type Decimal, decimalOf } from '../decimal/decimal.ts'
import { FigureText, type MantissaColumn, mantissaColumn } from './figure-text.ts'
import type { BatchDecimals } from './row-batch.ts'
import { nameMark, noScale, scaleBits, wordMark } from './row-text.ts'

/** Rows of a page, read from their text without an object for any of them. */
export class RowColumns {
  /** So many rows there is space for. */
  readonly rowsMax: number
  readonly at: Float64Array
  readonly nameOf: Uint32Array
  readonly decimals: readonly [RowDecimals, RowDecimals, RowDecimals]
  readonly beyond64 = new Set<number>()
  count = 0
  readonly #figures = new FigureText()
  readonly #nameNumbers: Map<string, number>
  /** By the number of a name: what came after it last, with its mark, and the number of that. */
  readonly #after: { readonly name: string; readonly number: number }[] = []
  /** Where the line of each row begins, and its own word. */
  readonly #lineAt: Uint32Array
  readonly #ownAt: Uint32Array
  readonly #lineEnd: Uint32Array

  /** @param nameNumbers every name there was so far with its number */
  constructor(rowsMax: number, nameNumbers: Map<string, number>) {
    this.rowsMax = rowsMax
    this.at = new Float64Array(rowsMax)
    this.nameOf = new Uint32Array(rowsMax)
    this.#nameNumbers = nameNumbers
    this.#lineAt = new Uint32Array(rowsMax)
    this.#ownAt = new Uint32Array(rowsMax)
    this.#lineEnd = new Uint32Array(rowsMax)
    const wide = (place: number, column: number) => (this.beyond64.has(place) ? this.#cell(place, column) : undefined)
    const decimals = (column: number) => new RowDecimals(rowsMax, (place) => wide(place, column))
    // Behind the instant and the scales.
    this.decimals = [decimals(2), decimals(3), decimals(4)]
  }

  /** Reads a text of `readRowText`, in place of what was read before. */
  read(text: string, from: number): void {
    const figures = this.#figures
    const [first, second, third] = this.decimals
    figures.begin(text)
    this.beyond64.clear()
    let row = 0
    let number = 0
    for (; !figures.isOver; row++) {
      this.#lineAt[row] = figures.position
      this.at[row] = from + figures.whole()
      const scales = figures.whole()
      first.scales[row] = scaleOf(scales >>> (2 * scaleBits))
      second.scales[row] = scaleOf((scales >>> scaleBits) & noScale)
      third.scales[row] = scaleOf(scales & noScale)
      // Each is to be read, whether or not the one before it fits.
      let beyond = figures.mantissa(row, first)
      beyond = figures.mantissa(row, second) || beyond
      beyond = figures.mantissa(row, third) || beyond
      if (beyond) this.beyond64.add(row)
      number = this.#numberAfter(number)
      this.nameOf[row] = number
      this.#ownAt[row] = figures.position
      this.#lineEnd[row] = figures.skipLine()
    }
    this.count = row
  }

  /** What a row has of its own: a part of the text, which it keeps in memory. */
  own(place: number): string {
    return this.#figures.text.slice(this.#ownAt[place], this.#lineEnd[place])
  }

  /** The number of the next name. Debts are charged in turn: mostly the same one comes after a name as the last time. */
  #numberAfter(before: number): number {
    const guess = this.#after[before]
    if (guess !== undefined && this.#figures.skip(guess.name)) return guess.number
    // Words made anew: a part of the text would keep the whole of it in memory.
    const name = this.#figures.word(nameMark).split(wordMark).join(wordMark)
    const number = this.#nameNumbers.get(name) ?? this.#nameNumbers.size
    this.#nameNumbers.set(name, number)
    this.#after[before] = { name: name + nameMark, number }
    return number
  }

  #cell(place: number, column: number): string {
    return this.#figures.text.slice(this.#lineAt[place], this.#ownAt[place]).split(',')[column] ?? ''
  }
}

function scaleOf(told: number): number {
  return told === noScale ? -1 : told
}

/** One decimal of each row. */
export class RowDecimals implements BatchDecimals, MantissaColumn {
  readonly mantissas: BigInt64Array
  readonly halves: Uint32Array
  readonly scales: Int16Array
  readonly #wide: (place: number) => string | undefined

  /** @param wide digits of a mantissa that is beyond 64 bits */
  constructor(rows: number, wide: (place: number) => string | undefined) {
    const { mantissas, halves } = mantissaColumn(rows)
    this.mantissas = mantissas
    this.halves = halves
    this.scales = new Int16Array(rows)
    this.#wide = wide
  }

  get(place: number): Decimal | undefined {
    const scale = this.scales[place] as number
    if (scale < 0) return undefined
    const digits = this.#wide(place)
    return decimalOf(digits === undefined ? (this.mantissas[place] as bigint) : BigInt(digits), scale)
  }
}
