import { type Decimal, decimalOf, powerOfTen } from '../../src/decimal/decimal.ts'
import type { Exchange } from '../../src/rules/exchange.ts'
import { ledgerScale } from '../../src/rules/ledger-scale.ts'
import { seededRandom } from '../support/random.ts'

const wordRange = 0x1_0000_0000

/** The one stream everything of a run is drawn from: the same seed, the same run. */
export class Draws {
  readonly #word: (below: number) => number

  constructor(seed: number) {
    this.#word = seededRandom(seed)
  }

  /** A whole number from 0 up to `count`, itself excluded. */
  below(count: number): number {
    return count <= wordRange ? this.#word(count) : Number(this.bigBelow(BigInt(count)))
  }

  /** A whole number within both bounds. */
  between(least: number, most: number): number {
    return least + this.below(most - least + 1)
  }

  bigBelow(count: bigint): bigint {
    let drawn = 0n
    for (let range = 1n; range < count * BigInt(wordRange); range *= BigInt(wordRange))
      drawn = drawn * BigInt(wordRange) + BigInt(this.#word(wordRange))
    return drawn % count
  }

  /** True so many times in a hundred. */
  percent(share: number): boolean {
    return this.below(10_000) < share * 100
  }

  pick<Item>(items: readonly [Item, ...Item[]]): Item
  pick<Item>(items: readonly Item[]): Item | undefined
  pick<Item>(items: readonly Item[]): Item | undefined {
    return items[this.below(Math.max(items.length, 1))]
  }

  /** One of those given, each as often as its weight says. */
  weighted<Item>(items: readonly (readonly [weight: number, item: Item])[]): Item {
    let left = this.below(items.reduce((sum, [weight]) => sum + weight, 0))
    for (const [weight, item] of items) {
      left -= weight
      if (left < 0) return item
    }
    throw new Error('nothing to draw from')
  }

  /** A magnitude of any size, few digits as often as many; 1 at least. */
  magnitude(digitsMax: number): bigint {
    return 1n + this.bigBelow(10n ** BigInt(1 + this.below(digitsMax)))
  }

  /** What a person would type, above zero, at the scale of the ledger or coarser. */
  amount(exchange: Exchange): Decimal {
    const scale = this.below(ledgerScale(exchange) + 1)
    return decimalOf(this.magnitude(scale + 5), scale)
  }

  /** Amounts at and beyond the bounds: zero, below zero, too fine, too large, and the largest there may be. */
  oddAmount(exchange: Exchange): Decimal {
    const scale = ledgerScale(exchange)
    const whole = powerOfTen(20)
    return this.pick([
      decimalOf(0n),
      decimalOf(-this.magnitude(12), scale),
      decimalOf(this.magnitude(6) * 10n + 1n, scale + 1),
      decimalOf(whole * powerOfTen(scale), scale),
      decimalOf(whole * powerOfTen(scale) + 1n, scale),
      decimalOf(1n, scale),
      decimalOf(this.magnitude(20) * powerOfTen(30), scale + 30),
      decimalOf(this.magnitude(19)),
    ])
  }

  signed(value: Decimal): Decimal {
    return this.percent(60) ? decimalOf(-value.mantissa, value.scale) : value
  }

  /** A daily rate: everyday ones, none, high ones, and ones with many digits. None is so high that a year of it fills pages. */
  rate(): Decimal {
    return this.weighted<() => Decimal>([
      [12, () => decimalOf(this.magnitude(5), 8)],
      [1, () => decimalOf(0n)],
      [2, () => decimalOf(this.magnitude(18), 20)],
      [1, () => decimalOf(this.magnitude(28), 30)],
      [1, () => decimalOf(this.magnitude(3), 4)],
    ])()
  }
}
