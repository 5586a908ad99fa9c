import { crc32 } from 'node:zlib'
import { fail } from '../../errors/overdraft-error.ts'
import type { ChargeFiles } from './charge-files.ts'

/** Every page ends with a checksum over the rest of it, and the rest to eight bytes. */
const trailerBytes = 8

/** How rows of one width lie in pages: a block is a row of full pages and a shorter one at its end. */
export interface PageShape {
  readonly rowBytes: number
  readonly pageRows: number
}

/** Bytes that `rows` rows take in a block. */
export function blockBytes({ rowBytes, pageRows }: PageShape, rows: number): number {
  const body = rows * rowBytes
  const pages = Math.ceil(rows / pageRows)
  const lastRows = rows - (pages - 1) * pageRows
  const paddedBody = body - lastRows * rowBytes + padded(lastRows * rowBytes)
  return rows === 0 ? 0 : paddedBody + pages * trailerBytes
}

/** Where a row begins within its block. */
export function rowOffset({ rowBytes, pageRows }: PageShape, row: number): number {
  const page = Math.floor(row / pageRows)
  return page * (pageRows * rowBytes + trailerBytes) + (row - page * pageRows) * rowBytes
}

/** Writes the checksums of a block whose rows stand in their places. `block` begins at a multiple of eight bytes. */
export function sealBlock(shape: PageShape, rows: number, block: Uint8Array): void {
  const fullBytes = shape.pageRows * shape.rowBytes
  const trailers = new Uint32Array(block.buffer, block.byteOffset, block.length / 4)
  for (let first = 0, at = 0; first < rows; first += shape.pageRows) {
    const length = first + shape.pageRows <= rows ? fullBytes : padded((rows - first) * shape.rowBytes)
    trailers[(at + length) / 4] = crc32(block.subarray(at, at + length))
    trailers[(at + length) / 4 + 1] = 0
    at += length + trailerBytes
  }
}

/** A page as it was read and found whole; valid until the next one is asked for. */
export interface Page {
  readonly words: Uint32Array
  readonly cells: BigInt64Array
}

/** Room for a page, used again and again: a history that is asked for often must not keep the garbage collector busy. */
interface Slot extends Page {
  readonly bytes: Uint8Array
}

const slotBytesLeast = 4_096 + trailerBytes

/** Reads single pages of blocks, each checked against its checksum; the last ones read stay at hand. */
export class PageReader {
  readonly #files: ChargeFiles
  readonly #pagesMax: number
  /** By where the page begins; the one not asked for longest comes first. */
  readonly #known = new Map<number, Slot>()

  constructor(files: ChargeFiles, pagesMax: number) {
    this.#files = files
    this.#pagesMax = pagesMax
  }

  /** The page that holds a row of the block at `place`. @throws `storage.damaged` */
  pageOf(place: number, shape: PageShape, rows: number, row: number): Page {
    const first = row - (row % shape.pageRows)
    const at = place + rowOffset(shape, first)
    const known = this.#known.get(at)
    if (known !== undefined) {
      this.#known.delete(at)
      this.#known.set(at, known)
      return known
    }
    const bodyBytes = padded(Math.min(shape.pageRows, rows - first) * shape.rowBytes)
    const slot = this.#freeSlot(bodyBytes + trailerBytes)
    this.#read(at, bodyBytes, slot)
    this.#known.set(at, slot)
    return slot
  }

  #freeSlot(bytes: number): Slot {
    if (this.#known.size < this.#pagesMax) return newSlot(bytes)
    for (const [at, slot] of this.#known) {
      this.#known.delete(at)
      return slot.bytes.length >= bytes ? slot : newSlot(bytes)
    }
    return newSlot(bytes)
  }

  #read(at: number, bodyBytes: number, { bytes, words }: Slot): void {
    this.#files.read(at, bytes.subarray(0, bodyBytes + trailerBytes))
    if (crc32(bytes.subarray(0, bodyBytes)) !== words[bodyBytes / 4] || words[bodyBytes / 4 + 1] !== 0) {
      fail('storage.damaged', { path: this.#files.pathAt(at), reason: `the checksum of the page at byte ${at} does not match` })
    }
  }
}

function newSlot(bytesLeast: number): Slot {
  const bytes = new Uint8Array(Math.max(bytesLeast, slotBytesLeast))
  return { bytes, words: new Uint32Array(bytes.buffer), cells: new BigInt64Array(bytes.buffer) }
}

function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8
}
