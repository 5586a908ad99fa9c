import { strip } from '../../src/decimal/arithmetic.ts'
import { type Decimal, powerOfTen } from '../../src/decimal/decimal.ts'
import type { Movement, MovementCause } from '../../src/venue/engine/record.ts'
import { must } from './must.ts'

/** Causes that move money within one asset of one account, and neither make nor destroy any. */
const within: readonly MovementCause[] = [
  'lock',
  'unlock',
  'borrow',
  'repay-loan',
  'repay-futures',
  'auto-repay',
  'collection',
  'bnb-transfer',
  'bankruptcy-loan',
  'repay-bankruptcy',
]
/** Causes that turn one asset into another at index price. */
const converting: readonly MovementCause[] = ['auto-exchange', 'repay-debt', 'forced-repayment']
/** Prices have at most so many decimals. */
const priceScale = 30

interface Sum {
  units: bigint
  /** Of one unit, at `priceScale`; undefined where there is no price. */
  readonly price: bigint | undefined
}

/** Whether money was made or lost where it may not; movements are shown to it one by one, each at the prices of its instant. */
export class Money {
  readonly #sums = new Map<string, Map<string, Sum>>()
  readonly #movements = new Map<string, number>()

  add({ account, asset, instId, at, cause, changes }: Movement, prices: ReadonlyMap<string, Decimal>): void {
    // The coins of an isolated position are not modelled: the house takes the other side.
    if (instId !== '' || !(within.includes(cause) || converting.includes(cause))) return
    const key = `${cause} of ${account} at ${at}`
    const assets = this.#sums.get(key) ?? new Map<string, Sum>()
    this.#sums.set(key, assets)
    this.#movements.set(key, (this.#movements.get(key) ?? 0) + 1)
    const sum = assets.get(asset) ?? { units: 0n, price: within.includes(cause) ? undefined : unitPrice(prices.get(asset)) }
    assets.set(asset, sum)
    for (const { delta } of changes) sum.units += delta.mantissa
  }

  /** Each conversion is rounded against its account, by less than a unit of either asset. */
  check(): void {
    for (const [key, assets] of this.#sums) {
      let value = 0n
      let dearest = 0n
      for (const [asset, { units, price }] of assets) {
        must(price !== undefined || units === 0n, () => `${key} neither makes nor takes ${asset}, of which nothing is sold: ${units}`)
        value += units * (price ?? 0n)
        if (price !== undefined && price > dearest) dearest = price
      }
      const most = dearest * BigInt(2 * (this.#movements.get(key) ?? 0))
      must(
        value <= 0n && value >= -most,
        () => `${key} exchanges at index prices: it makes ${value} of ${most} at ${priceScale} decimals and units of the ledger`,
      )
    }
  }
}

function unitPrice(price: Decimal | undefined): bigint | undefined {
  if (price === undefined) return undefined
  // Of what was written, zeros at the end may go beyond it.
  const { mantissa, scale } = strip(price)
  return mantissa * powerOfTen(priceScale - scale)
}
