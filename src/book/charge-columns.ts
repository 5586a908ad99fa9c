import { scaleBits } from './charge-text.ts'
import { FigureText, type MantissaColumn, mantissaColumn } from './figure-text.ts'

interface DecimalColumn extends MantissaColumn {
  readonly scales: Uint8Array
}

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
  /** One more than the greatest of `seriesOf` since the first page. */
  seriesEnd = 0
  readonly #figures = new FigureText()

  /** The text that was read, a byte for each code of it. */
  get bytes(): Uint8Array {
    return this.#figures.bytes
  }

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
    const figures = this.#figures
    figures.begin(text)
    this.beyond64.clear()
    this.wideCount = 0
    let row = 0
    for (; !figures.isOver; row++) {
      this.lineAt[row] = figures.position
      this.at[row] = base + figures.whole()
      // Each is to be read, whether or not the one before it fits.
      let beyond = this.#packed(row, figures.whole())
      beyond = figures.mantissa(row, this.principal) || beyond
      beyond = figures.mantissa(row, this.rate) || beyond
      beyond = figures.mantissa(row, this.interest) || beyond
      if (beyond) this.beyond64.add(row)
      const wide = figures.isWithinLine
      this.isWide[row] = wide ? 1 : 0
      if (!wide) continue
      this.wideCount++
      figures.skipLine()
    }
    this.count = row
  }

  /** The series and the scales; gives whether one of these is beyond 8 bits. */
  #packed(row: number, packed: number): boolean {
    const { series, principal, rate, interest } = unpacked(packed)
    // Numbers of series begin at 1.
    this.seriesOf[row] = series - 1
    if (series > this.seriesEnd) this.seriesEnd = series
    this.principal.scales[row] = principal
    this.rate.scales[row] = rate
    this.interest.scales[row] = interest
    return principal + rate + interest > scaleMax && (principal > scaleMax || rate > scaleMax || interest > scaleMax)
  }
}

function decimalColumn(rows: number): DecimalColumn {
  return { ...mantissaColumn(rows), scales: new Uint8Array(rows) }
}
