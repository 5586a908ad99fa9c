import { equals } from '../../decimal/arithmetic.ts'
import { type Decimal, toText } from '../../decimal/decimal.ts'
import { isoInstant } from '../../time/instant.ts'
import type { Objection, SeenCharge } from '../evidence.ts'
import type { FoundLater } from './found-later.ts'
import { rateOf } from './interest-due.ts'
import { findingOf, kept } from './kept-charge.ts'
import { WitnessLane } from './witness-lane.ts'

interface Conflict {
  readonly charge: SeenCharge
  readonly other: SeenCharge
}

/** The charges on one asset at the instant that is passing. */
interface Instant {
  at: number
  rateMantissa: bigint
  rateScale: number
  /** Whether more than one series of the asset was ever charged at one instant: only then are charges kept. */
  isShared: boolean
  first: SeenCharge | undefined
  conflict: Conflict | undefined
  hasAgreed: boolean
  /** The rate of the instant before, where all its charges had the same. */
  before: Decimal | undefined
}

/** All charges on one asset at one instant share one rate, whatever debt they are on; VIP loans alone have rates of their own. */
export class SharedRates {
  readonly #byAsset = new Map<string, Instant>()
  readonly #lane: WitnessLane<Conflict>
  #undecided = 0

  constructor(found: FoundLater) {
    this.#lane = new WitnessLane(({ row }) => found.add(findingOf(row.charge, objectionTo(row))))
  }

  /** After `finish`. */
  get undecided(): number {
    return this.#undecided + this.#lane.undecided
  }

  see(charge: SeenCharge): void {
    const instant = this.#byAsset.get(charge.series.asset)
    if (instant === undefined) this.#byAsset.set(charge.series.asset, newInstant(charge))
    else if (instant.at !== charge.at) this.#next(instant, charge)
    else this.#beside(instant, charge)
  }

  finish(): void {
    for (const instant of this.#byAsset.values()) if (instant.conflict !== undefined) this.#undecided++
    this.#lane.finish()
  }

  #beside(instant: Instant, charge: SeenCharge): void {
    instant.isShared = true
    const isSame = instant.rateMantissa === charge.rateMantissa && instant.rateScale === charge.rateScale
    if (isSame) instant.hasAgreed = true
    else if (instant.first !== undefined) instant.conflict = { charge: kept(charge), other: instant.first }
  }

  #next(instant: Instant, charge: SeenCharge): void {
    const { conflict, isShared } = instant
    if (conflict !== undefined) this.#decide(conflict, instant.before, rateOf(charge))
    else if (instant.hasAgreed) this.#lane.agree(charge.series.asset)
    if (isShared) instant.before = conflict === undefined ? rateOf(instant) : undefined
    instant.at = charge.at
    instant.rateMantissa = charge.rateMantissa
    instant.rateScale = charge.rateScale
    instant.first = isShared ? kept(charge) : undefined
    instant.conflict = undefined
    instant.hasAgreed = false
  }

  /** The one whose rate was neither that of the hour before nor that of the hour after is the wrong one. */
  #decide({ charge, other }: Conflict, before: Decimal | undefined, after: Decimal): void {
    const isKnown = (rate: Decimal) => equals(rate, after) || (before !== undefined && equals(rate, before))
    const [isFirst, isSecond] = [isKnown(rateOf(other)), isKnown(rateOf(charge))]
    if (isFirst === isSecond) {
      this.#undecided++
      return
    }
    const row = isFirst ? { charge, other } : { charge: other, other: charge }
    this.#lane.disagree(charge.series.asset, { row, other: undefined })
  }
}

function newInstant({ at, rateMantissa, rateScale }: SeenCharge): Instant {
  return { at, rateMantissa, rateScale, isShared: false, first: undefined, conflict: undefined, hasAgreed: false, before: undefined }
}

function objectionTo({ charge, other }: Conflict): Objection {
  const [told, shared] = [toText(rateOf(charge)), toText(rateOf(other))]
  const debt = (one: SeenCharge) => [one.series.marginMode, one.series.instId].filter((part) => part !== '').join(' ')
  return Object.freeze({
    verdict: 'wrong-rate',
    due: undefined,
    sentence: `${charge.series.asset} (${debt(charge)}) at ${isoInstant(charge.at)}: charged at ${told} an hour, but ${debt(other)} at ${shared}`,
    steps: [
      {
        what: 'rate of another charge on the same asset at the same instant',
        how: `${debt(other)}; the hours before and after have it too`,
        result: shared,
        restsOn: 'facts B4',
      },
    ],
  })
}
