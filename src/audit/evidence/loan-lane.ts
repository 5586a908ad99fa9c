import { isoInstant } from '../../time/instant.ts'
import { hourMs } from '../../time/units.ts'
import type { Objection, SeenCharge } from '../evidence.ts'
import type { Step } from '../finding.ts'
import { ConstantLane, type StoodOut } from './constant-lane.ts'
import type { FoundLater } from './found-later.ts'
import { dueBetween, rateOf } from './interest-due.ts'
import { type ChargeBeside, findingOf, kept, keptBeside, missing } from './kept-charge.ts'
import type { LoanMoves } from './loan-moves.ts'
import { unitsFrom, unitsText } from './units.ts'

/** A gap of more hours is a loan that was repaid and taken up again, or a history that does not go that way. */
const gapMaxHours = 24 * 31

interface Seen {
  readonly at: number
  readonly charge: SeenCharge | undefined
  readonly beside: ChargeBeside
  /** What loans and repayments up to then add up to. */
  readonly moved: bigint
}

/**
 * The hourly charges on one asset's margin loan: each is on what was borrowed at the one before, more by what was lent and
 * less by what was repaid since.
 */
export class LoanLane {
  readonly #moves: LoanMoves
  readonly #found: FoundLater
  readonly #isProven: (instant: number) => boolean
  #base = new ConstantLane<Seen>()
  #before: ChargeBeside | undefined
  #undecided = 0

  constructor(moves: LoanMoves, found: FoundLater, isProven: (instant: number) => boolean) {
    this.#moves = moves
    this.#found = found
    this.#isProven = isProven
  }

  get undecided(): number {
    return this.#undecided + this.#base.undecided
  }

  see(charge: SeenCharge): void {
    const { at, series } = charge
    const before = this.#before
    if (before === undefined || !this.#moves.areProven(series.asset, before.at, at)) this.#startOver()
    else this.#lookBetween(before, at)
    const { before: moved, atInstant } = this.#moves.sumBefore(series.asset, at)
    const principal = unitsFrom(charge.principalMantissa, charge.principalScale)
    const other = principal - moved - atInstant
    // What moved at the full hour itself may have come before or after the charge.
    const value = other === this.#base.value ? other : principal - moved
    this.#before = keptBeside(charge)
    if (this.#base.isSteady(value)) return
    this.#tell(this.#base.feed(value, { at, charge: kept(charge), beside: this.#before, moved }))
  }

  #startOver(): void {
    this.#undecided += this.#base.undecided
    this.#base = new ConstantLane()
  }

  #lookBetween(before: ChargeBeside, until: number): void {
    const { asset } = before.series
    const first = (Math.floor(before.at / hourMs) + 1) * hourMs
    if (until - first > gapMaxHours * hourMs) {
      this.#startOver()
      return
    }
    for (let at = first; at < until; at += hourMs) {
      const held = this.#base.value
      if (held === undefined || !this.#isProven(at)) continue
      const { before: moved, atInstant } = this.#moves.sumBefore(asset, at)
      if (held + moved <= 0n || held + moved + atInstant <= 0n) continue
      this.#tell(this.#base.feed(undefined, { at, charge: undefined, beside: before, moved }))
    }
  }

  #tell(stood: readonly StoodOut<Seen>[]): void {
    for (const { row, expected } of stood) {
      const borrowed = expected + row.moved
      if (row.charge === undefined) this.#tellMissing(row, borrowed)
      else this.#found.add(findingOf(row.charge, objectionTo(row.charge, borrowed)))
    }
  }

  #tellMissing({ at, beside }: Seen, borrowed: bigint): void {
    const { account, series } = beside
    const rate = rateOf(beside)
    const due = dueBetween('binance', { low: borrowed, high: borrowed }, { low: rate, high: rate }, 24n)
    const sentence =
      `${series.asset} at ${isoInstant(at)}: ${unitsText(borrowed)} was borrowed, and no interest was charged although every ` +
      'charge of that time is known'
    const name = { account, asset: series.asset, instId: '', marginMode: '', loanType: '', at }
    this.#found.add(missing(name, due, sentence, [borrowedStep(borrowed)]))
  }
}

function objectionTo(charge: SeenCharge, borrowed: bigint): Objection {
  const rate = rateOf(charge)
  const charged = unitsText(unitsFrom(charge.principalMantissa, charge.principalScale))
  return Object.freeze({
    verdict: borrowed > 0n ? 'wrong-principal' : 'not-due',
    due: dueBetween('binance', { low: borrowed, high: borrowed }, { low: rate, high: rate }, 24n),
    sentence: `${charge.series.asset} at ${isoInstant(charge.at)}: interest was charged on ${charged}, but ${unitsText(borrowed)} was borrowed`,
    steps: [borrowedStep(borrowed)],
  })
}

function borrowedStep(borrowed: bigint): Step {
  const how = 'the principal of the charges before and after, with every loan and repayment between'
  return { what: 'borrowed at that hour', how, result: unitsText(borrowed), restsOn: 'facts A5, A6' }
}
