import type { PublishedRate } from '../../book/record.ts'
import { equals } from '../../decimal/arithmetic.ts'
import { toText } from '../../decimal/decimal.ts'
import { isoInstant } from '../../time/instant.ts'
import type { Objection, SeenCharge } from '../evidence.ts'
import { ConstantLane } from './constant-lane.ts'
import type { FoundLater } from './found-later.ts'
import { dueBetween, rateOf } from './interest-due.ts'
import { findingOf, kept } from './kept-charge.ts'
import { unitsFrom } from './units.ts'

interface Held {
  readonly charge: SeenCharge
  readonly published: PublishedRate
}

/** A charge at the published rate; any other value is the rate it was charged at. */
const asPublished = -1n

/**
 * The rates of one series of charges against those published. A level of its own has rates of its own, so a rate is told
 * wrong only where the charges before and after it are at theirs.
 */
export class RateLane {
  readonly #found: FoundLater
  readonly #periods: 1n | 24n
  readonly #lane = new ConstantLane<Held>()
  /** The last that was published, and the rate charged by it. */
  #published: readonly PublishedRate[] | undefined
  #rateMantissa = -1n
  #rateScale = -1

  constructor(found: FoundLater, periods: 1n | 24n) {
    this.#found = found
    this.#periods = periods
  }

  get undecided(): number {
    // A run at another level's rates is never taken for errors.
    return this.#lane.undecided
  }

  see(charge: SeenCharge, published: readonly PublishedRate[]): void {
    const [first] = published
    if (first === undefined) return
    if (this.#isSeen(charge, published)) return
    const rate = rateOf(charge)
    const isAgreed = published.some((one) => equals(one.rate, rate))
    const value = isAgreed ? asPublished : unitsFrom(rate.mantissa, rate.scale)
    this.#keep(charge, published, value === asPublished)
    if (this.#lane.isSteady(value)) return
    for (const { row, expected } of this.#lane.feed(value, { charge: kept(charge), published: first })) {
      if (expected === asPublished) this.#found.add(findingOf(row.charge, this.#object(row)))
    }
  }

  /** Whether it was at its rate before, and still is: hour for hour nearly all are. */
  #isSeen({ rateMantissa, rateScale }: SeenCharge, published: readonly PublishedRate[]): boolean {
    const isSame = published === this.#published && rateMantissa === this.#rateMantissa && rateScale === this.#rateScale
    return isSame && this.#lane.isSteady(asPublished)
  }

  #keep({ rateMantissa, rateScale }: SeenCharge, published: readonly PublishedRate[], isAgreed: boolean): void {
    this.#published = isAgreed ? published : undefined
    this.#rateMantissa = rateMantissa
    this.#rateScale = rateScale
  }

  #object({ charge, published }: Held): Objection {
    const principal = unitsFrom(charge.principalMantissa, charge.principalScale)
    const { rate } = published
    const level = published.vipLevel === undefined ? '' : ` for level ${published.vipLevel}`
    const how = `in force since ${isoInstant(published.at)}${level}; the charges before and after are at theirs`
    return Object.freeze({
      verdict: 'wrong-rate',
      due: dueBetween('binance', { low: principal, high: principal }, { low: rate, high: rate }, this.#periods),
      sentence: `${charge.series.asset} at ${isoInstant(charge.at)}: charged at ${toText(rateOf(charge))} a day, but ${toText(rate)} was published`,
      steps: [{ what: 'published rate', how, result: toText(rate), restsOn: 'facts A4.2, A5' }],
    })
  }
}
