import { zero } from '../../decimal/decimal.ts'
import { nextBinanceCharge } from '../../rules/binance-charge-instant.ts'
import { isoInstant } from '../../time/instant.ts'
import type { Objection, SeenCharge } from '../evidence.ts'
import type { Step } from '../finding.ts'
import { type PossiblePrincipal, possiblePrincipal } from './binance-principal.ts'
import { ConstantLane, type StoodOut } from './constant-lane.ts'
import type { FoundLater } from './found-later.ts'
import { dueBetween, rateOf } from './interest-due.ts'
import { findingOf, kept, missing } from './kept-charge.ts'
import type { OwedSpans, Standing } from './owed-spans.ts'
import { standingStep } from './standing-step.ts'
import { unitsFrom, unitsText } from './units.ts'

/** A charge, or the instant of one that is not there, and what the asset stood at then. */
interface Seen {
  readonly at: number
  readonly charge: SeenCharge | undefined
  /** The nearest charge there is, whose rate stands for the one of a charge that is missing. */
  readonly beside: SeenCharge
  readonly standing: Standing
  readonly possible: PossiblePrincipal
}

/**
 * The charges on one asset's negative balance against what the asset stood at. What of a debt is free of interest is
 * learned from the charges themselves: it stays the same from one to the next, until the level changes.
 */
export class NegativeBalanceLane {
  readonly #owed: OwedSpans
  readonly #found: FoundLater
  readonly #isProven: (instant: number) => boolean
  readonly #free = new ConstantLane<Seen>()
  #before: SeenCharge | undefined

  constructor(owed: OwedSpans, found: FoundLater, isProven: (instant: number) => boolean) {
    this.#owed = owed
    this.#found = found
    this.#isProven = isProven
  }

  get undecided(): number {
    return this.#free.undecided
  }

  /** The next charge of the asset. */
  objectionTo(charge: SeenCharge): Objection | undefined {
    const { at } = charge
    if (this.#before !== undefined) this.#lookBetween(this.#before, charge)
    const standing = this.#owed.at(at)
    this.#before = standing === undefined && this.#owed.spans.length === 0 ? undefined : kept(charge)
    if (standing === undefined) return undefined
    const possible = possiblePrincipal(charge.series.asset, standing, at)
    const charged = unitsFrom(charge.principalMantissa, charge.principalScale)
    const seen: Seen = { at, charge: this.#before, beside: this.#before ?? charge, standing, possible }
    if (possible.high === 0n) return this.#object(seen, { low: 0n, high: 0n })
    if (charged > possible.high) return this.#object(seen, possible)
    if (!possible.isBeforeThreshold) return charged < possible.low ? this.#object(seen, possible) : undefined
    if (standing.by !== 'futures-alone') this.#learn(seen, charged)
    return undefined
  }

  /** Charges that fell due after one and before another, and are not there. */
  #lookBetween(before: SeenCharge, after: SeenCharge): void {
    for (let at = nextBinanceCharge(before.at); at < after.at; at = nextBinanceCharge(at)) {
      const standing = this.#owed.at(at)
      if (standing === undefined || standing.by === 'futures-alone' || !this.#isProven(at)) continue
      const possible = possiblePrincipal(before.series.asset, standing, at)
      if (possible.low === 0n) continue
      const seen = { at, charge: undefined, beside: before, standing, possible }
      if (possible.isBeforeThreshold) this.#tell(this.#free.feed(undefined, seen))
      else this.#tellMissing(seen, 0n, after)
    }
  }

  #learn(seen: Seen, charged: bigint): void {
    const { possible } = seen
    const held = this.#free.value
    const [free, other] = [possible.high - charged, possible.low - charged]
    const value = other === held ? other : free
    // Where the balance changed at the very instant either may have been charged: that teaches nothing new.
    if (this.#free.isSteady(value) || (other !== free && value !== held)) return
    this.#tell(this.#free.feed(value, seen))
  }

  #tell(stood: readonly StoodOut<Seen>[]): void {
    for (const { row, expected } of stood) {
      if (row.charge === undefined) this.#tellMissing(row, expected, undefined)
      else {
        const objection = this.#object(row, lessFree(row.possible, expected), expected)
        if (objection !== undefined) this.#found.add(findingOf(row.charge, objection))
      }
    }
  }

  #object({ at, charge, standing, possible }: Seen, due: PrincipalDue, free?: bigint): Objection | undefined {
    if (charge === undefined) return undefined
    const { asset } = charge.series
    const charged = unitsText(unitsFrom(charge.principalMantissa, charge.principalScale))
    const rate = rateOf(charge)
    const isDue = due.high > 0n
    // What is free of it may lower what was due to nothing, where it is not known.
    const isFreeKnown = free !== undefined || !possible.isBeforeThreshold
    const lowest = isFreeKnown ? due.low : 0n
    const amounts = dueBetween('binance', { low: lowest, high: due.high }, { low: rate, high: rate })
    return Object.freeze({
      verdict: isDue ? 'wrong-principal' : 'not-due',
      due: isDue ? amounts : { low: zero, high: zero },
      sentence: `${asset} at ${isoInstant(at)}: interest was charged on ${charged}, but ${isDue ? `${boundsText(due, isFreeKnown)} was owed` : 'nothing was to be charged'}`,
      steps: [standingStep(standing, at), ...freeSteps(free), principalStep(possible, due, isFreeKnown)],
    })
  }

  #tellMissing({ at, beside, standing, possible }: Seen, free: bigint, after: SeenCharge | undefined): void {
    const due = lessFree(possible, free)
    if (due.low <= 0n) return
    const { account, series } = beside
    const rates = [rateOf(beside), rateOf(after ?? beside)] as const
    const [low, high] =
      rates[0].mantissa * 10n ** BigInt(rates[1].scale) <= rates[1].mantissa * 10n ** BigInt(rates[0].scale) ? rates : [rates[1], rates[0]]
    const amounts = dueBetween('binance', due, { low, high })
    const sentence = `${series.asset} at ${isoInstant(at)}: ${unitsText(due.low)} was owed beyond what is free, and no interest was charged although every charge of that time is known`
    const steps = [standingStep(standing, at), ...freeSteps(free), principalStep(possible, due, true)]
    this.#found.add(missing({ account, ...series, at }, amounts, sentence, steps))
  }
}

interface PrincipalDue {
  readonly low: bigint
  readonly high: bigint
}

function lessFree({ low, high }: PossiblePrincipal, free: bigint): PrincipalDue {
  return { low: low > free ? low - free : 0n, high: high > free ? high - free : 0n }
}

function boundsText({ low, high }: PrincipalDue, isExact: boolean): string {
  if (!isExact) return `no more than ${unitsText(high)}`
  return low === high ? unitsText(low) : `between ${unitsText(low)} and ${unitsText(high)}`
}

function freeSteps(free: bigint | undefined): readonly Step[] {
  if (free === undefined) return []
  const how = 'owed less charged, the same in the charges before and after it'
  return [{ what: 'what of the debt is free of interest', how, result: unitsText(free), restsOn: 'facts A4.2' }]
}

function principalStep({ regime }: PossiblePrincipal, due: PrincipalDue, isFreeKnown: boolean): Step {
  const most = unitsText(due.high)
  const how = `regime ${regime.name}${isFreeKnown ? '' : '; what of it is free is not known'}`
  const result = isFreeKnown && due.low === due.high ? most : `at most ${most}`
  return { what: 'what interest was to be charged on', how, result, restsOn: 'facts A4.1, A4.2' }
}
