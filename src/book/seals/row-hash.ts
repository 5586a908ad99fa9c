const [factorA, factorB, addend] = [0xcc9e2d51, 0x1b873593, 0x2b5ad1f3]
const [finishA, finishB] = [0x85ebca6b, 0xc2b2ae35]
const [textMark, nothingMark] = [0x7e87a5e3, 0x51ed270b]
/** Exact, as a division by the power of two is, and cheaper. */
const perHalf = 2 ** -32
const asciiEnd = 0x80
const nul = '\u0000'

/**
 * A hash of 64 bits over the cells of one row: two halves that are mixed word by word with different factors and turns, and
 * finished as MurmurHash3 finishes, so that every bit of every cell changes about half of them. It tells accidents, which do not
 * choose their bits; it does not keep out who writes the seals as well.
 *
 * An integer counts by its value, however it is kept. Nothing is made anew for a row: a million of them are hashed a second.
 */
export class RowHash {
  /** The halves of the hash, from 0 on, as `finish` left them. */
  low = 0
  high = 0
  #one = 0
  #two = 0
  readonly #long = new BigInt64Array(1)
  readonly #halves = new Int32Array(this.#long.buffer)
  #bytes = Buffer.alloc(1_024)

  begin(): void {
    this.#one = 0x2b5ad1f3
    this.#two = 0x4f1bbcdc
  }

  nothing(): void {
    this.word(nothingMark)
  }

  /** A whole number within 2^53. */
  whole(value: number): void {
    const low = value | 0
    this.word(low)
    if (low !== value) this.word(Math.floor(value * perHalf) | 0)
  }

  /** A whole number of 64 bits. */
  long(value: bigint): void {
    this.#long[0] = value
    const halves = this.#halves
    this.halves(halves[lowAt] as number, halves[highAt] as number)
  }

  /** The same in halves. Most numbers have one word; where one has two, the other cells would have to change with it. */
  halves(low: number, high: number): void {
    const word = low | 0
    this.word(word)
    if ((high | 0) !== word >> 31) this.word(high | 0)
  }

  /** Up to its first NUL: what is behind it SQLite does not tell. */
  text(whole: string): void {
    if (whole === '') {
      this.word(textMark)
      return
    }
    const value = whole.includes(nul) ? whole.slice(0, whole.indexOf(nul)) : whole
    const bytes = value.length * 3
    if (this.#bytes.length < bytes) this.#bytes = Buffer.alloc(bytes * 2)
    const buffer = this.#bytes
    let length = 0
    for (; length < value.length; length++) {
      const code = value.charCodeAt(length)
      if (code >= asciiEnd) break
      buffer[length] = code
    }
    if (length < value.length) length = buffer.write(value, 'utf8')
    this.bytes(buffer, 0, length)
  }

  /** The same text as UTF-8. */
  bytes(buffer: Uint8Array, begin: number, end: number): void {
    this.word(textMark + end - begin)
    let at = begin
    for (; at + 4 <= end; at += 4) {
      this.word(
        (buffer[at] as number) |
          ((buffer[at + 1] as number) << 8) |
          ((buffer[at + 2] as number) << 16) |
          ((buffer[at + 3] as number) << 24),
      )
    }
    if (at === end) return
    let rest = 0
    for (let shift = 0; at < end; at++, shift += 8) rest |= (buffer[at] as number) << shift
    this.word(rest)
  }

  /** Each step can be undone in each half: a change of one word alone always changes the hash. */
  word(word: number): void {
    const one = Math.imul(this.#one ^ word, factorA)
    this.#one = (one << 15) | (one >>> 17)
    const two = Math.imul((this.#two + word) | 0, factorB)
    // Kept within 32 bits: a number that leaves them is kept as a float, which costs more than the rest of the step.
    this.#two = (((two << 13) | (two >>> 19)) + addend) | 0
  }

  /** Ends what was hashed since `begin`; it may go on afterwards. */
  finish(): void {
    const two = finished(this.#two)
    const one = finished((this.#one + two) | 0)
    this.low = one >>> 0
    this.high = (two + one) >>> 0
  }
}

const isLittleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1
const [lowAt, highAt] = isLittleEndian ? [0, 1] : [1, 0]

function finished(word: number): number {
  let mixed = word ^ (word >>> 16)
  mixed = Math.imul(mixed, finishA)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, finishB)
  return mixed ^ (mixed >>> 16)
}
