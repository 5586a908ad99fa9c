/** One decimal of each row: the halves of the mantissas lie over the mantissas. */
export interface MantissaColumn {
  readonly mantissas: BigInt64Array
  readonly halves: Uint32Array
}

/** The mark behind each figure of a line. */
export const comma = ','.charCodeAt(0)
const minus = '-'.charCodeAt(0)
const digit0 = '0'.charCodeAt(0)
const lineBreak = '\n'.charCodeAt(0)
const half = 2 ** 32
/** So many digits are exact in a number; four more have no more than 63 bits together, or nearly. */
const exactDigits = 15
const digitsMax = 19
const powers = [1, 10, 100, 1_000, 10_000]
const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1
const [lowHalf, highHalf] = isLittleEndian ? [0, 1] : [1, 0]

export function mantissaColumn(rows: number): MantissaColumn {
  const mantissas = new BigInt64Array(rows)
  return { mantissas, halves: new Uint32Array(mantissas.buffer) }
}

/** Reads the figures of a page's text one after another, without an object for any of them. */
export class FigureText {
  #text = ''
  /** The low byte of each code of the text: figures are ASCII, and bytes are read several times as fast as a text's codes. */
  #codes = Buffer.alloc(0)
  #position = 0

  /** Begins a text. */
  begin(text: string): void {
    this.#text = text
    this.#position = 0
    if (this.#codes.length <= text.length) this.#codes = Buffer.alloc(text.length * 2 + 1)
    this.#codes.write(text, 'latin1')
    // What was there before is not part of the last figure.
    this.#codes[text.length] = lineBreak
  }

  get text(): string {
    return this.#text
  }

  /** The low byte of each code of the text, with a line break behind the last. */
  get bytes(): Uint8Array {
    return this.#codes
  }

  get position(): number {
    return this.#position
  }

  get isOver(): boolean {
    return this.#position >= this.#text.length
  }

  /** Whether the mark that was passed last says that the line goes on. */
  get isWithinLine(): boolean {
    return this.#codes[this.#position - 1] === comma
  }

  /** Goes on with the next line; gives where this one ends. */
  skipLine(): number {
    const end = this.#text.indexOf('\n', this.#position)
    this.#position = end < 0 ? this.#text.length : end + 1
    return end < 0 ? this.#text.length : end
  }

  /** Passes what comes next, if it is this. */
  skip(expected: string): boolean {
    const isNext = this.#text.startsWith(expected, this.#position)
    if (isNext) this.#position += expected.length
    return isNext
  }

  /** What lies before the next such mark, which is passed. */
  word(mark: string): string {
    const end = this.#text.indexOf(mark, this.#position)
    const word = this.#text.slice(this.#position, end)
    this.#position = end + mark.length
    return word
  }

  /** A whole number within 2^53, and the comma behind it. */
  whole(): number {
    const codes = this.#codes
    let position = this.#position
    let value = 0
    for (let code = codes[position] as number; code !== comma; code = codes[++position] as number) value = value * 10 + code - digit0
    this.#position = position + 1
    return value
  }

  /** A mantissa, and the mark behind it; gives whether it is beyond 64 bits. A bigint for each would cost more than all else. */
  mantissa(row: number, { halves }: MantissaColumn): boolean {
    const codes = this.#codes
    let position = this.#position
    let code = codes[position] as number
    const isNegative = code === minus
    if (isNegative) code = codes[++position] as number
    const begin = position
    let value = 0
    const exactEnd = begin + exactDigits
    for (; code >= digit0 && position < exactEnd; code = codes[++position] as number) value = value * 10 + code - digit0
    let rest = 0
    const restAt = position
    for (; code >= digit0 && position < begin + digitsMax; code = codes[++position] as number) rest = rest * 10 + code - digit0
    const power = powers[position - restAt] as number
    let isLonger = false
    for (; code >= digit0; code = codes[++position] as number) isLonger = true
    this.#position = position + 1
    const high = Math.floor(value / half)
    const low = (value - high * half) * power + rest
    const carry = Math.floor(low / half)
    put(halves, row, isNegative, low - carry * half, high * power + carry)
    return isLonger || high * power + carry >= half / 2
  }
}

function put(halves: Uint32Array, row: number, isNegative: boolean, low: number, high: number): void {
  halves[2 * row + lowHalf] = isNegative ? -low : low
  halves[2 * row + highHalf] = isNegative ? -high - (low === 0 ? 0 : 1) : high
}
