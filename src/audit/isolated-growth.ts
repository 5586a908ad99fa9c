import { add, compare, strip, subtract } from '../decimal/arithmetic.ts'
import { type Decimal, powerOfTen, toText } from '../decimal/decimal.ts'
import { isoInstant } from '../time/instant.ts'
import { hourMs } from '../time/units.ts'
import { copyOf } from './copied-charge.ts'
import type { Evidence, Objection, SeenCharge } from './evidence.ts'
import { chargedOf, principalOf } from './finding-of.ts'
import { dueByRow } from './judge.ts'

interface LastCharge {
  at: number
  /** Whether the next liability may be held against this charge. */
  isTrusted: boolean
  principalMantissa: bigint
  principalScale: number
  rateMantissa: bigint
  rateScale: number
  interestMantissa: bigint
  interestScale: number
}

/** What an isolated liability contradicts: the charge itself, or the one an hour before. */
export interface GrowthObjection {
  /** The charge before, where the debt grew by what was due and not by what was charged. */
  readonly before: SeenCharge | undefined
  readonly objection: Objection
}

/**
 * The interest of an isolated debt is added to it, so that the liability of an hour is that of the hour before and its
 * interest, unless something moved in between (facts B3.1, B4).
 */
export class IsolatedGrowth {
  readonly #evidence: Evidence
  readonly #last: (LastCharge | undefined)[] = []
  #unknown = 0

  constructor(evidence: Evidence) {
    this.#evidence = evidence
  }

  /** How often a debt changed by more than its interest while nothing proves what moved. */
  get unknown(): number {
    return this.#unknown
  }

  /** Looks at the next charge of its series. `undefined` where it is as it should be, or cannot be told. */
  check(charge: SeenCharge): GrowthObjection | undefined {
    const last = this.#last[charge.seriesIndex]
    if (last === undefined || !last.isTrusted || charge.at - last.at !== hourMs || grewByInterest(last, charge)) return undefined
    const moved = this.#evidence.movedBetween(charge, last.at, charge.at)
    if (moved === 'unknown') this.#unknown++
    return moved === 'none' ? objectionTo(charge, { ...copyOf(charge), ...last }) : undefined
  }

  /** Keeps the charge for the one that follows it. */
  keep(charge: SeenCharge, isTrusted: boolean): void {
    const last = this.#last[charge.seriesIndex]
    if (last === undefined) {
      this.#last[charge.seriesIndex] = { ...figuresOf(charge), at: charge.at, isTrusted }
      return
    }
    last.at = charge.at
    last.isTrusted = isTrusted
    last.principalMantissa = charge.principalMantissa
    last.principalScale = charge.principalScale
    last.rateMantissa = charge.rateMantissa
    last.rateScale = charge.rateScale
    last.interestMantissa = charge.interestMantissa
    last.interestScale = charge.interestScale
  }
}

function grewByInterest(last: LastCharge, charge: SeenCharge): boolean {
  const scale = Math.max(last.principalScale, last.interestScale, charge.principalScale)
  const at = (mantissa: bigint, from: number) => (from === scale ? mantissa : mantissa * powerOfTen(scale - from))
  return (
    at(charge.principalMantissa, charge.principalScale) ===
    at(last.principalMantissa, last.principalScale) + at(last.interestMantissa, last.interestScale)
  )
}

function objectionTo(charge: SeenCharge, before: SeenCharge): GrowthObjection {
  const grown = subtract(principalOf(charge), principalOf(before))
  const due = dueByRow(before)
  const isBefore = due !== undefined && compare(due.low, grown) <= 0 && compare(grown, due.high) <= 0
  const expected = add(principalOf(before), chargedOf(before))
  const { asset, instId } = charge.series
  const what = `${asset} on ${instId}`
  const step = {
    what: 'growth of the isolated liability in one hour',
    how: `${shown(principalOf(charge))} - ${shown(principalOf(before))}, with no movement in between; charged for it was ${shown(chargedOf(before))}`,
    result: shown(grown),
    restsOn: 'facts B3.1, B4',
  }
  if (isBefore) {
    const sentence = `${what} at ${isoInstant(before.at)}: ${shown(chargedOf(before))} was charged, but the debt grew by ${shown(grown)}`
    return { before, objection: { verdict: 'unexplained', due: { low: grown, high: grown }, sentence, steps: [step] } }
  }
  const right = dueByRow(withPrincipal(charge, expected))
  const sentence =
    `${what} at ${isoInstant(charge.at)}: interest was charged on ${shown(principalOf(charge))}, but an hour before ` +
    `${shown(principalOf(before))} was owed and ${shown(chargedOf(before))} was added`
  return {
    before: undefined,
    objection: { verdict: 'wrong-principal', due: right, sentence, steps: [step] },
  }
}

function withPrincipal(charge: SeenCharge, principal: Decimal): SeenCharge {
  return { ...copyOf(charge), principalMantissa: principal.mantissa, principalScale: principal.scale }
}

function figuresOf(charge: SeenCharge) {
  const { principalMantissa, principalScale, rateMantissa, rateScale, interestMantissa, interestScale } = charge
  return { principalMantissa, principalScale, rateMantissa, rateScale, interestMantissa, interestScale }
}

function shown(value: Decimal): string {
  return toText(strip(value))
}
