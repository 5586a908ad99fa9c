import type { ChargeSeriesName } from '../../book/book-interface.ts'
import { equals } from '../../decimal/arithmetic.ts'
import { isoInstant } from '../../time/instant.ts'
import { hourMs } from '../../time/units.ts'
import type { Objection, SeenCharge } from '../evidence.ts'
import type { ChargeName, Finding } from '../finding.ts'
import { ConstantLane, type StoodOut } from './constant-lane.ts'
import type { FoundLater } from './found-later.ts'
import { rateOf } from './interest-due.ts'
import { type ChargeBeside, findingOf, kept, keptBeside, missing } from './kept-charge.ts'
import type { OkxBills } from './okx-bills.ts'
import type { OkxCash } from './okx-cash.ts'
import type { Deduction, OkxDebtBills } from './okx-debt-bills.ts'
import { amountOf, unitsFrom, unitsText } from './units.ts'
import type { Contradicted, WitnessLane } from './witness-lane.ts'

/** A longer gap in a debt is a debt that was gone for a while, of which no bill is kept. */
const gapMaxHours = 24 * 31
/** OKX `type` of everything but VIP loans. */
const marketLoan = '2'
/** A charge and what is beside it in its series. */
export interface Deducted {
  readonly charge: SeenCharge
  readonly before: ChargeBeside | undefined
  /** Once it is known. */
  after: ChargeBeside | undefined
}

interface Short {
  readonly charge: SeenCharge
  readonly overdrawn: bigint
}

/** The hourly charges of one OKX debt against the bills: what was deducted, and how far cash was below zero. */
export class OkxDebtLane {
  readonly #name: string
  readonly #bills: OkxBills
  #ofDebt: OkxDebtBills
  /** Whether the bills name the debt otherwise than the charges do, with an instrument that one of them alone tells. */
  #isNamedOtherwise = false
  #hasAgreed = false
  /** Of cross margin alone: an isolated position has coins of its own. */
  readonly #cash: OkxCash | undefined
  readonly #found: FoundLater
  readonly #isProven: (instant: number) => boolean
  readonly #deductions: WitnessLane<Deducted>
  readonly #short = new ConstantLane<Short>()
  #before: ChargeBeside | undefined
  #open: Deducted | undefined
  #disputedAt = -1

  /** @param deductions of the whole account */
  constructor(
    { asset, instId }: ChargeSeriesName,
    bills: OkxBills,
    deductions: WitnessLane<Deducted>,
    found: FoundLater,
    isProven: (instant: number) => boolean,
  ) {
    this.#name = `${asset} ${instId}`
    this.#bills = bills
    this.#ofDebt = bills.debt(asset, instId)
    this.#cash = instId === '' ? bills.cash(asset) : undefined
    this.#deductions = deductions
    this.#found = found
    this.#isProven = isProven
  }

  /** Whether something else was deducted than this charge says: then it is no witness for the charge after it. */
  isDisputed(at: number): boolean {
    return at === this.#disputedAt
  }

  /** Whether the bills tell every loan and repayment of this debt, as they do of a position's that both name alike. */
  get tellsMoves(): boolean {
    return !this.#isNamedOtherwise
  }

  get undecided(): number {
    return this.#short.undecided
  }

  see(charge: SeenCharge, sound: boolean): void {
    if (this.#bills.isEmpty) return
    const hour = Math.floor(charge.at / hourMs) * hourMs
    if (this.#before !== undefined && hour - this.#before.at > hourMs) this.#lookBetween(this.#before, charge, hour)
    this.#holdAgainstDeduction(charge, hour, sound)
    if (sound && charge.series.instId === '' && charge.series.marginMode !== 'isolated') this.#holdAgainstCash(charge, hour)
  }

  #holdAgainstDeduction(charge: SeenCharge, hour: number, sound: boolean): void {
    const before = this.#before
    this.#before = keptBeside(charge)
    if (this.#open !== undefined) this.#open.after = this.#before
    this.#open = undefined
    const interest = unitsFrom(charge.interestMantissa, charge.interestScale)
    const deduction = this.#takeDeduction(charge, hour, interest)
    if (deduction === undefined && !this.#bills.provesHour(hour)) return
    if (deduction === interest) {
      this.#hasAgreed = true
      this.#deductions.agree(this.#name)
    }
    // What does not follow from its own row is told as such already.
    else if (sound) {
      this.#open = { charge: kept(charge), before, after: undefined }
      this.#disputedAt = charge.at
      this.#deductions.disagree(this.#name, { row: this.#open, other: deduction })
    }
  }

  /**
   * Neither an instrument nor a margin mode need stand on both the charge and its bill (facts B4): bills that name the debt
   * otherwise are known by the first deduction of the very same interest.
   */
  #takeDeduction({ series }: SeenCharge, hour: number, interest: bigint): bigint | undefined {
    if (!this.#hasAgreed && this.#ofDebt.deduction(hour) === undefined) {
      const other = this.#bills.debtDeducting(series.asset, hour, interest, this.#ofDebt)
      if (other !== undefined) {
        this.#ofDebt = other
        this.#isNamedOtherwise = true
      }
    }
    return this.#ofDebt.takeDeduction(hour)
  }

  /** The quota frees no borrowed coins: at least what cash is below zero is charged (facts B4), less what is always free. */
  #holdAgainstCash(charge: SeenCharge, hour: number): void {
    const cash = this.#cash?.at(hour)
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
  #lookBetween(before: ChargeBeside, after: SeenCharge, until: number): void {
    const { account, series } = before
    const first = (Math.floor(before.at / hourMs) + 1) * hourMs
    if (until - first > gapMaxHours * hourMs) return
    const stood = series.instId !== '' && this.tellsMoves && this.#ofDebt.movedBetween(before.at, after.at) === 'none'
    for (let hour = first; hour < until; hour += hourMs) {
      if (!this.#isProven(hour)) continue
      const deduction = this.#ofDebt.takeDeduction(hour)
      const where = series.instId === '' ? series.asset : `${series.asset} on ${series.instId}`
      const name = { account, ...series, at: hour }
      if (deduction !== undefined) {
        this.#found.add(missingOf(name, deduction))
      } else if (stood || this.#isOverdrawn(hour)) {
        const sentence = `${where} at ${isoInstant(hour)}: the debt stood, and no interest was charged although every charge of that time is known`
        const how = stood ? 'no bill borrowed or repaid between the charges before and after' : 'cash was below zero by the bills'
        this.#found.add(missing(name, undefined, sentence, [{ what: 'the debt in that hour', how, result: 'stood', restsOn: 'facts B4' }]))
      }
    }
  }

  /** Only where what is free of interest never covered cash below zero. */
  #isOverdrawn(hour: number): boolean {
    const cash = this.#cash?.at(hour)
    return cash !== undefined && cash < 0n && this.#short.value === 0n
  }
}

/** Interest that was deducted from a debt of which no charge of any hour is near. */
export function withoutCharge(account: string, { asset, instId, hour, interest }: Deduction): Finding {
  return missingOf({ account, asset, instId, marginMode: instId === '' ? 'cross' : 'isolated', loanType: marketLoan, at: hour }, interest)
}

function missingOf(name: ChargeName, interest: bigint): Finding {
  const { asset, instId, at } = name
  const where = instId === '' ? asset : `${asset} on ${instId}`
  const taken = unitsText(interest)
  const sentence = `${where} at ${isoInstant(at)}: ${taken} was deducted by the bills, but the history of interest, proven for that hour, has no such charge`
  const due = { low: amountOf(interest), high: amountOf(interest) }
  return missing(name, due, sentence, [{ what: 'interest deducted', how: 'the bill of that hour', result: taken, restsOn: 'facts B5' }])
}

/** What is held against a charge of which something else was deducted. */
export function otherDeduction({ row, other }: Contradicted<Deducted>): Objection {
  const { charge, before, after } = row
  const { series, at } = charge
  const where = series.instId === '' ? series.asset : `${series.asset} on ${series.instId}`
  const told = unitsText(unitsFrom(charge.interestMantissa, charge.interestScale))
  const paid = other ?? 0n
  const isRateOf = (beside: ChargeBeside | undefined) => beside !== undefined && equals(rateOf(beside), rateOf(charge))
  const isAlone = !isRateOf(before) && !isRateOf(after) && (before !== undefined || after !== undefined)
  const isOtherRate = isAlone && (before === undefined || after === undefined || equals(rateOf(before), rateOf(after)))
  return Object.freeze({
    verdict: other === undefined ? 'not-due' : isOtherRate ? 'wrong-rate' : 'wrong-principal',
    due: { low: amountOf(paid), high: amountOf(paid) },
    sentence: `${where} at ${isoInstant(at)}: ${told} by the history of interest, but ${other === undefined ? 'nothing' : unitsText(paid)} was deducted`,
    steps: [{ what: 'interest deducted', how: 'the bills of that hour', result: unitsText(paid), restsOn: 'facts B5' }],
  })
}
