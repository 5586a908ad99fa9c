import { scaleBits } from './charge-text.ts'

/** One decimal of each row: the halves of the mantissas lie over the mantissas. */
interface DecimalColumn {
  readonly mantissas: BigInt64Array
  readonly halves: Uint32Array
  readonly scales: Uint8Array
}

const comma = ','.charCodeAt(0)
const minus = '-'.charCodeAt(0)
const digit0 = '0'.charCodeAt(0)
const half = 2 ** 32
/** So many digits are exact in a number; four more have no more than 63 bits together, or nearly. */
const exactDigits = 15
const digitsMax = 19
const powers = [1, 10, 100, 1_000, 10_000]
const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1
const [lowHalf, highHalf] = isLittleEndian ? [0, 1] : [1, 0]
const scaleMask = (1 << scaleBits) - 1
const scalesRange = 2 ** (3 * scaleBits)

const scaleMax = 255

/** What `readChargeText` put into one number. */
export function unpacked(packed: number): { series: number; principal: number; rate: number; interest: number } {
  const series = Math.floor(packed / scalesRange)
  const scales = packed - series * scalesRange
  return {
    series,
    principal: scales >>> (2 * scaleBits),
    rate: (scales >>> scaleBits) & scaleMask,
    interest: scales & scaleMask,
  }
}

/** The figures of a page of charges, read from their text without an object for any of them. */
export class ChargeColumns {
  readonly at: Float64Array
  readonly seriesOf: Uint32Array
  readonly principal: DecimalColumn
  readonly rate: DecimalColumn
  readonly interest: DecimalColumn
  /** Where the line of each row begins. */
  readonly lineAt: Uint32Array
  /** 1 where a line tells more than the figures. */
  readonly isWide: Uint8Array
  /** Rows of which a mantissa or a scale does not fit. */
  readonly beyond64 = new Set<number>()
  count = 0
  wideCount = 0
  #text = ''
  #position = 0

  constructor(rows: number) {
    this.at = new Float64Array(rows)
    this.seriesOf = new Uint32Array(rows)
    this.principal = decimalColumn(rows)
    this.rate = decimalColumn(rows)
    this.interest = decimalColumn(rows)
    this.lineAt = new Uint32Array(rows)
    this.isWide = new Uint8Array(rows)
  }

  /** Reads a text of `readChargeText`, in place of what was read before. */
  read(text: string, base: number): void {
    this.#text = text
    this.#position = 0
    this.beyond64.clear()
    this.wideCount = 0
    let row = 0
    for (; this.#position < text.length; row++) {
      this.lineAt[row] = this.#position
      this.at[row] = base + this.#whole()
      // Each is to be read, whether or not the one before it fits.
      let beyond = this.#packed(row, this.#whole())
      beyond = this.#mantissa(row, this.principal) || beyond
      beyond = this.#mantissa(row, this.rate) || beyond
      beyond = this.#mantissa(row, this.interest) || beyond
      if (beyond) this.beyond64.add(row)
      const wide = text.charCodeAt(this.#position - 1) === comma
      this.isWide[row] = wide ? 1 : 0
      if (wide) this.#skipLine()
    }
    this.count = row
  }

  #skipLine(): void {
    this.wideCount++
    const end = this.#text.indexOf('\n', this.#position)
    this.#position = end < 0 ? this.#text.length : end + 1
  }

  /** The series and the scales; gives whether one of these is beyond 8 bits. */
  #packed(row: number, packed: number): boolean {
    const { series, principal, rate, interest } = unpacked(packed)
    // Numbers of series begin at 1.
    this.seriesOf[row] = series - 1
    this.principal.scales[row] = principal
    this.rate.scales[row] = rate
    this.interest.scales[row] = interest
    return principal + rate + interest > scaleMax && (principal > scaleMax || rate > scaleMax || interest > scaleMax)
  }

  /** A whole number within 2^53, and the mark behind it. */
  #whole(): number {
    const text = this.#text
    let position = this.#position
    let value = 0
    for (let code = text.charCodeAt(position); code !== comma; code = text.charCodeAt(++position)) value = value * 10 + code - digit0
    this.#position = position + 1
    return value
  }

  /** A mantissa, and the mark behind it; gives whether it is beyond 64 bits. A bigint for each would cost more than all else. */
  #mantissa(row: number, { halves }: DecimalColumn): boolean {
    const text = this.#text
    let position = this.#position
    let code = text.charCodeAt(position)
    const isNegative = code === minus
    if (isNegative) code = text.charCodeAt(++position)
    const begin = position
    let value = 0
    const exactEnd = begin + exactDigits
    // Past the end of the text the code is NaN, which compares as false.
    for (; code >= digit0 && position < exactEnd; code = text.charCodeAt(++position)) value = value * 10 + code - digit0
    let rest = 0
    const restAt = position
    for (; code >= digit0 && position < begin + digitsMax; code = text.charCodeAt(++position)) rest = rest * 10 + code - digit0
    const power = powers[position - restAt] as number
    let isLonger = false
    for (; code >= digit0; code = text.charCodeAt(++position)) isLonger = true
    this.#position = position + 1
    const high = Math.floor(value / half)
    const low = (value - high * half) * power + rest
    const carry = Math.floor(low / half)
    this.#put(halves, row, isNegative, low - carry * half, high * power + carry)
    return isLonger || high * power + carry >= half / 2
  }

  #put(halves: Uint32Array, row: number, isNegative: boolean, low: number, high: number): void {
    halves[2 * row + lowHalf] = isNegative ? -low : low
    halves[2 * row + highHalf] = isNegative ? -high - (low === 0 ? 0 : 1) : high
  }
}

function decimalColumn(rows: number): DecimalColumn {
  const mantissas = new BigInt64Array(rows)
  return { mantissas, halves: new Uint32Array(mantissas.buffer), scales: new Uint8Array(rows) }
}
