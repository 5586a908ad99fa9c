import { equals } from '../../decimal/arithmetic.ts'
import { isoInstant } from '../../time/instant.ts'
import { hourMs } from '../../time/units.ts'
import type { Objection, SeenCharge } from '../evidence.ts'
import { ConstantLane, type StoodOut } from './constant-lane.ts'
import type { FoundLater } from './found-later.ts'
import { rateOf } from './interest-due.ts'
import { findingOf, kept, missing } from './kept-charge.ts'
import type { OkxBills } from './okx-bills.ts'
import { amountOf, unitsFrom, unitsText } from './units.ts'

/** A longer gap in a debt is a debt that was gone for a while, of which no bill is kept. */
const gapMaxHours = 24 * 31
const asDeducted = -1n

interface Seen {
  readonly charge: SeenCharge
  /** What was deducted for it; `undefined` where nothing was. */
  readonly deducted: bigint | undefined
  /** Of the charge before it. */
  readonly rateBefore: SeenCharge | undefined
}

interface Short {
  readonly charge: SeenCharge
  readonly overdrawn: bigint
}

/** The hourly charges of one OKX debt against the bills: what was deducted, and how far cash was below zero. */
export class OkxDebtLane {
  readonly #bills: OkxBills
  readonly #found: FoundLater
  readonly #isProven: (instant: number) => boolean
  readonly #deducted = new ConstantLane<Seen>()
  readonly #short = new ConstantLane<Short>()
  #before: SeenCharge | undefined
  #matched = 0

  constructor(bills: OkxBills, found: FoundLater, isProven: (instant: number) => boolean) {
    this.#bills = bills
    this.#found = found
    this.#isProven = isProven
  }

  /** Charges that had their deduction. */
  get matched(): number {
    return this.#matched
  }

  get undecided(): number {
    return this.#deducted.undecided + this.#short.undecided
  }

  see(charge: SeenCharge, sound: boolean): void {
    if (this.#bills.isEmpty) return
    const hour = Math.floor(charge.at / hourMs) * hourMs
    if (this.#before !== undefined && hour - this.#before.at > hourMs) this.#lookBetween(this.#before, charge, hour)
    const before = this.#before
    this.#before = kept(charge)
    this.#holdAgainstDeduction(charge, hour, sound, before)
    if (sound && charge.series.instId === '' && charge.series.marginMode !== 'isolated') this.#holdAgainstCash(charge, hour)
  }

  #holdAgainstDeduction(charge: SeenCharge, hour: number, sound: boolean, rateBefore: SeenCharge | undefined): void {
    const deduction = this.#bills.takeDeduction(charge.series.asset, charge.series.instId, hour)
    if (deduction === undefined && !this.#bills.provesHour(hour)) return
    const isSame = deduction?.interest === unitsFrom(charge.interestMantissa, charge.interestScale)
    if (isSame) this.#matched++
    // What does not follow from its own row is told as such already.
    if (!sound && !isSame) return
    const value = isSame ? asDeducted : deduction?.interest
    if (value !== undefined && this.#deducted.isSteady(value)) return
    const stood = this.#deducted.feed(value, { charge: kept(charge), deducted: deduction?.interest, rateBefore })
    for (const { row, expected } of stood) if (expected === asDeducted) this.#found.add(findingOf(row.charge, otherDeduction(row, charge)))
  }

  /** The quota frees no borrowed coins: at least what cash is below zero is charged (facts B4), less what is always free. */
  #holdAgainstCash(charge: SeenCharge, hour: number): void {
    const cash = this.#bills.cashAt(charge.series.asset, hour)
    if (cash === undefined) return
    const overdrawn = cash < 0n ? -cash : 0n
    const short = overdrawn - unitsFrom(charge.principalMantissa, charge.principalScale)
    const value = short > 0n ? short : 0n
    if (this.#short.isSteady(value)) return
    this.#tellShort(this.#short.feed(value, { charge: kept(charge), overdrawn }))
  }

  #tellShort(stood: readonly StoodOut<Short>[]): void {
    for (const { row, value, expected } of stood) {
      if (value === undefined || value <= expected) continue
      const { charge, overdrawn } = row
      const owed = unitsText(overdrawn - expected)
      const charged = unitsText(unitsFrom(charge.principalMantissa, charge.principalScale))
      this.#found.add(
        findingOf(charge, {
          verdict: 'wrong-principal',
          due: undefined,
          sentence: `${charge.series.asset} at ${isoInstant(charge.at)}: interest was charged on ${charged}, but at least ${owed} was owed`,
          steps: [{ what: 'cash before the hour', how: 'the last bill before it', result: unitsText(-overdrawn), restsOn: 'facts B4, B5' }],
        }),
      )
    }
  }

  /** Hours between two charges of the debt that have none. */
  #lookBetween(before: SeenCharge, after: SeenCharge, until: number): void {
    const { account, series } = before
    const first = (Math.floor(before.at / hourMs) + 1) * hourMs
    if (until - first > gapMaxHours * hourMs) return
    const stood = series.instId !== '' && this.#bills.isolatedMovedBetween(series.asset, series.instId, before.at, after.at) === 'none'
    for (let hour = first; hour < until; hour += hourMs) {
      if (!this.#isProven(hour)) continue
      const deduction = this.#bills.takeDeduction(series.asset, series.instId, hour)
      const where = series.instId === '' ? series.asset : `${series.asset} on ${series.instId}`
      const name = { account, ...series, at: hour }
      if (deduction !== undefined) {
        const due = { low: amountOf(deduction.interest), high: amountOf(deduction.interest) }
        const sentence = `${where} at ${isoInstant(hour)}: ${unitsText(deduction.interest)} was deducted by the bills, but the history of interest, proven for that hour, has no such charge`
        const how = 'the bill of that hour'
        this.#found.add(
          missing(name, due, sentence, [{ what: 'interest deducted', how, result: unitsText(deduction.interest), restsOn: 'facts B5' }]),
        )
      } else if (stood || this.#isOverdrawn(series.asset, series.instId, hour)) {
        const sentence = `${where} at ${isoInstant(hour)}: the debt stood, and no interest was charged although every charge of that time is known`
        const how = stood ? 'no bill borrowed or repaid between the charges before and after' : 'cash was below zero by the bills'
        this.#found.add(missing(name, undefined, sentence, [{ what: 'the debt in that hour', how, result: 'stood', restsOn: 'facts B4' }]))
      }
    }
  }

  /** Only where what is free of interest never covered cash below zero. */
  #isOverdrawn(asset: string, instId: string, hour: number): boolean {
    const cash = instId === '' ? this.#bills.cashAt(asset, hour) : undefined
    return cash !== undefined && cash < 0n && this.#short.value === 0n
  }
}

function otherDeduction({ charge, deducted, rateBefore }: Seen, after: SeenCharge): Objection {
  const { series, at } = charge
  const where = series.instId === '' ? series.asset : `${series.asset} on ${series.instId}`
  const told = unitsText(unitsFrom(charge.interestMantissa, charge.interestScale))
  const paid = deducted ?? 0n
  const due = { low: amountOf(paid), high: amountOf(paid) }
  const isRateSame = (other: SeenCharge | undefined) => other !== undefined && equals(rateOf(other), rateOf(charge))
  const isOtherRate = !isRateSame(rateBefore) && !isRateSame(after) && rateBefore !== undefined && equals(rateOf(rateBefore), rateOf(after))
  return Object.freeze({
    verdict: deducted === undefined ? 'not-due' : isOtherRate ? 'wrong-rate' : 'wrong-principal',
    due,
    sentence: `${where} at ${isoInstant(at)}: ${told} by the history of interest, but ${deducted === undefined ? 'nothing' : unitsText(paid)} was deducted`,
    steps: [{ what: 'interest deducted', how: 'the bills of that hour', result: unitsText(paid), restsOn: 'facts B5' }],
  })
}
