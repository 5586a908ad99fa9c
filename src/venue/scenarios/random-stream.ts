import { createHash } from 'node:crypto'
import { rescale, subtract } from '../../decimal/arithmetic.ts'
import { type Decimal, decimalOf } from '../../decimal/decimal.ts'

/** An endless stream of bytes that follows from its name alone: the same on every machine and every version of Node. */
export class RandomStream {
  readonly #name: string
  #block = Buffer.alloc(0)
  #position = 0
  #blocks = 0

  constructor(...names: readonly string[]) {
    this.#name = JSON.stringify(names)
  }

  byte(): number {
    if (this.#position === this.#block.length) {
      this.#block = createHash('sha512')
        .update(`${this.#name}#${this.#blocks++}`)
        .digest()
      this.#position = 0
    }
    return this.#block[this.#position++] ?? 0
  }

  bytes(length: number): Uint8Array {
    return Uint8Array.from({ length }, () => this.byte())
  }

  /** Evenly spread over 0 to `below` - 1; the bias of 64 bits is beyond seeing. */
  integer(below: bigint): bigint {
    let drawn = 0n
    for (let taken = 0; taken < 8; taken++) drawn = (drawn << 8n) | BigInt(this.byte())
    return (drawn * below) >> 64n
  }

  /** A decimal from `low` to `high`, both included, in units of the last decimal that either is written with. */
  decimalBetween(low: Decimal, high: Decimal): Decimal {
    const scale = Math.max(low.scale, high.scale)
    const from = rescale(low, scale, 'down')
    const span = rescale(subtract(high, low), scale, 'down').mantissa
    return decimalOf(from.mantissa + this.integer(span + 1n), scale)
  }

  /** `length` characters out of `alphabet`. */
  text(length: number, alphabet: string): string {
    return Array.from({ length }, () => alphabet[Number(this.integer(BigInt(alphabet.length)))]).join('')
  }
}
