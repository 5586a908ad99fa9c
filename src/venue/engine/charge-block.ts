import { type AmountVector, amountUnit } from './amount-vector.ts'
import { blockBytes, type PageShape, rowOffset, sealBlock } from './charge-pages.ts'

const cellBytes = 8
const rowsPerPage = 64

/** A page of rows is what one read fetches: the debts of an account stand side by side in it. */
export function rowShape(widths: readonly number[]): PageShape {
  return { rowBytes: cellBytes * widths.reduce((sum, width) => sum + width, 0), pageRows: rowsPerPage }
}

/** Cells that the first `count` amounts need: none when all are 0, one when 64 bits hold them, else one for every 16 digits. */
export function widthOf(amounts: AmountVector | undefined, count: number): number {
  if (amounts === undefined) return 0
  const { low, units } = amounts.columns
  const beyond = [...(amounts.beyondColumns ?? [])].filter(([index]) => index < count)
  if (beyond.length > 0) return beyond.reduce((widest, [, value]) => Math.max(widest, limbsOf(value)), 2)
  if (units !== undefined && !isZero(units, count)) return 2
  return isZero(low, count) ? 0 : 1
}

/** A block of rows that is filled, sealed and compared with the one before. */
export class RowBlock {
  #bytes = new ArrayBuffer(0)
  #length = 0

  get bytes(): Uint8Array {
    return new Uint8Array(this.#bytes, 0, this.#length)
  }

  fill(columns: readonly AmountVector[], widths: readonly number[], count: number): void {
    const shape = rowShape(widths)
    const stride = shape.rowBytes / cellBytes
    this.#length = blockBytes(shape, count)
    if (this.#length > this.#bytes.byteLength) this.#bytes = new ArrayBuffer(2 * this.#length)
    let cell = 0
    for (const [column, width] of widths.entries()) {
      const amounts = columns[column]
      if (amounts !== undefined) fillColumn(amounts, width, count, this.#bytes, shape, cell, stride)
      cell += width
    }
    sealBlock(shape, count, this.bytes)
  }

  equals(other: RowBlock): boolean {
    return this.#length === other.#length && Buffer.compare(this.bytes, other.bytes) === 0
  }
}

/** An amount of a row, from the cells that begin at `cell`. */
export function amountAt(cells: BigInt64Array, cell: number, width: number): bigint {
  let value = 0n
  for (let limb = width - 1; limb >= 0; limb--) value = value * amountUnit + (cells[cell + limb] ?? 0n)
  return value
}

function fillColumn(
  amounts: AmountVector,
  width: number,
  count: number,
  block: ArrayBuffer,
  shape: PageShape,
  firstCell: number,
  stride: number,
): void {
  const { low, units } = amounts.columns
  const target = new Int32Array(block)
  const lower = new Int32Array(low.buffer)
  const upper = units === undefined ? undefined : new Int32Array(units.buffer)
  const limbs = new BigInt64Array(block)
  for (let first = 0; first < count; first += rowsPerPage) {
    const rows = Math.min(rowsPerPage, count - first)
    const cell = rowOffset(shape, first) / cellBytes + firstCell
    if (width > 2) placeLimbs(amounts, width, first, rows, limbs, cell, stride)
    else {
      if (width > 0) placeColumn(lower, first, rows, target, 2 * cell, 2 * stride)
      if (width > 1 && upper !== undefined) placeColumn(upper, first, rows, target, 2 * cell + 2, 2 * stride)
    }
  }
}

/** Halves of 64 bits, which every engine copies without making a bigint of each. */
function placeColumn(source: Int32Array, first: number, rows: number, target: Int32Array, at: number, stride: number): void {
  for (let row = 0; row < rows; row++) {
    target[at + row * stride] = source[2 * (first + row)] as number
    target[at + row * stride + 1] = source[2 * (first + row) + 1] as number
  }
}

function placeLimbs(
  amounts: AmountVector,
  width: number,
  first: number,
  rows: number,
  target: BigInt64Array,
  cell: number,
  stride: number,
): void {
  for (let row = 0; row < rows; row++) {
    let rest = amounts.get(first + row)
    for (let limb = 0; limb < width; limb++) {
      target[cell + row * stride + limb] = rest % amountUnit
      rest /= amountUnit
    }
  }
}

function limbsOf(value: bigint): number {
  let limbs = 0
  for (let rest = value; rest !== 0n; rest /= amountUnit) limbs++
  return limbs
}

function isZero(column: BigInt64Array<ArrayBuffer>, count: number): boolean {
  const halves = new Int32Array(column.buffer, 0, 2 * count)
  for (let half = 0; half < halves.length; half++) if (halves[half] !== 0) return false
  return true
}
