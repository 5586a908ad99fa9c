import { crc32 } from 'node:zlib'

/** Where the charges of one boundary stand. */
export interface IndexEntry {
  readonly at: number
  readonly tag: number
  readonly count: number
  /** Place of the block of debtors; the debtor himself where `slots` is 0. */
  readonly debtors: number
  /** Place of the block of rates; the rate itself where `slots` is 0. */
  readonly rates: number
  /** How many different rates there are; 0 where a single charge needs no list. */
  readonly slots: number
  /** Place of the block of rows. */
  readonly rows: number
  /** Cells of each amount in a row. */
  readonly widths: readonly number[]
}

/** Four doubles (instant and places), four words (count, slots, tag, nothing), four halves of a word (widths). */
const entryBytes = 56
const doubles = entryBytes / 8
const words = entryBytes / 4
const shorts = entryBytes / 2
const columnsMax = 4

/** Every boundary in memory: 56 bytes each, as they also stand on disk. */
export class ChargeIndex {
  #bytes = new ArrayBuffer(entryBytes * 256)
  #doubles = new Float64Array(this.#bytes)
  #words = new Uint32Array(this.#bytes)
  #shorts = new Uint16Array(this.#bytes)
  #count = 0
  #rows = 0
  #checksum = 0

  get count(): number {
    return this.#count
  }

  /** Charges of all boundaries. */
  get rows(): number {
    return this.#rows
  }

  /** Over all entries. */
  get checksum(): number {
    return this.#checksum
  }

  add(entry: IndexEntry): void {
    const place = this.#count
    this.#reserve(place + 1)
    this.#doubles.set([entry.at, entry.debtors, entry.rates, entry.rows], place * doubles)
    this.#words.set([entry.count, entry.slots, entry.tag, 0], place * words + 8)
    for (let column = 0; column < columnsMax; column++) this.#shorts[place * shorts + 24 + column] = entry.widths[column] ?? 0
    this.#checksum = crc32(new Uint8Array(this.#bytes, place * entryBytes, entryBytes), this.#checksum)
    this.#count++
    this.#rows += entry.count
  }

  at(place: number): number {
    return this.#doubles[place * doubles] ?? 0
  }

  entry(place: number, columns: number): IndexEntry {
    const [at = 0, debtors = 0, rates = 0, rows = 0] = this.#doubles.subarray(place * doubles, place * doubles + 4)
    const [count = 0, slots = 0, tag = 0] = this.#words.subarray(place * words + 8, place * words + 11)
    const widths = [...this.#shorts.subarray(place * shorts + 24, place * shorts + 24 + columns)]
    return { at, tag, count, debtors, rates, slots, rows, widths }
  }

  /** Whether the entry is a single charge of another debtor than those of `wanted`: told without making it. */
  isAnother(place: number, wanted: ReadonlySet<number>): boolean {
    return this.#words[place * words + 9] === 0 && !wanted.has(this.#doubles[place * doubles + 1] ?? 0)
  }

  /** How many lie at or before `instant`. */
  firstAfter(instant: number): number {
    let low = 0
    let high = this.#count
    while (low < high) {
      const middle = (low + high) >>> 1
      if (this.at(middle) <= instant) low = middle + 1
      else high = middle
    }
    return low
  }

  /** The entries from `first` on. */
  bytesFrom(first: number): Uint8Array {
    return new Uint8Array(this.#bytes, first * entryBytes, (this.#count - first) * entryBytes)
  }

  /** Entries as they stood on disk; false when they are not those that `checksum` was made of. */
  load(bytes: Uint8Array, count: number, checksum: number): boolean {
    if (bytes.length < count * entryBytes || crc32(bytes.subarray(0, count * entryBytes)) !== checksum) return false
    this.#reserve(count)
    new Uint8Array(this.#bytes).set(bytes.subarray(0, count * entryBytes))
    this.#count = count
    this.#checksum = checksum
    for (let place = 0; place < count; place++) this.#rows += this.#words[place * words + 8] ?? 0
    return true
  }

  #reserve(count: number): void {
    if (count * entryBytes <= this.#bytes.byteLength) return
    const larger = new ArrayBuffer(Math.max(2 * this.#bytes.byteLength, count * entryBytes))
    new Uint8Array(larger).set(new Uint8Array(this.#bytes))
    this.#bytes = larger
    this.#doubles = new Float64Array(larger)
    this.#words = new Uint32Array(larger)
    this.#shorts = new Uint16Array(larger)
  }
}
