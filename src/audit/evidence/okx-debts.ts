import type { Book } from '../../book/book-interface.ts'
import type { Interval } from '../../time/interval.ts'
import { hourMs } from '../../time/units.ts'
import type { Objection, SeenCharge } from '../evidence.ts'
import type { FoundLater } from './found-later.ts'
import { findingOf } from './kept-charge.ts'
import { OkxBills } from './okx-bills.ts'
import type { Deduction } from './okx-debt-bills.ts'
import { type Deducted, OkxDebtLane, otherDeduction, withoutCharge } from './okx-debt-lane.ts'
import { otherPart } from './okx-liability-part.ts'
import { ProvenSpans } from './proven-spans.ts'
import { secondCharge } from './second-charge.ts'
import { SharedRates } from './shared-rates.ts'
import { WitnessLane } from './witness-lane.ts'

interface Series {
  hour: number
  at: number
  readonly lane: OkxDebtLane
}

/** Unasked deductions that are kept until it is known whether bills and charges agree at all. */
const unaskedMax = 10_000

/** Witnesses of an OKX account's charges: the bills. */
export class OkxDebts {
  readonly #account: string
  readonly #from: number
  readonly #end: number
  readonly #found: FoundLater
  readonly #bills: OkxBills
  readonly #interest: ProvenSpans
  readonly #series: (Series | undefined)[] = []
  readonly #deductions: WitnessLane<Deducted>
  readonly #rates: SharedRates
  readonly #unasked: Deduction[] = []
  #unaskedBeyond = 0

  private constructor(account: string, found: FoundLater, bills: OkxBills, interest: ProvenSpans, within: Interval | undefined) {
    this.#account = account
    this.#from = within?.from ?? 0
    this.#end = within?.to ?? Number.MAX_SAFE_INTEGER
    this.#found = found
    this.#bills = bills
    this.#interest = interest
    this.#rates = new SharedRates(found)
    this.#deductions = new WitnessLane((told) => found.add(findingOf(told.row.charge, otherDeduction(told))))
  }

  /** @param within what is judged; all there is where it is left out */
  static async open(book: Book, account: string, found: FoundLater, within?: Interval): Promise<OkxDebts> {
    const interest = new ProvenSpans(await book.proven(account, 'interest'))
    return new OkxDebts(account, found, await OkxBills.open(book, account), interest, within)
  }

  /** A bill may come later than the charge it is of, within the hour. */
  async advance(from: number, to: number): Promise<void> {
    this.#leave(await this.#bills.advance(Math.floor(from / hourMs) * hourMs - hourMs, to + hourMs))
  }

  objectionTo(charge: SeenCharge, sound: boolean): Objection | undefined {
    const series = this.#series[charge.seriesIndex] ?? this.#open(charge)
    const hour = Math.floor(charge.at / hourMs)
    if (series.hour === hour) return secondCharge(charge, series.at, 'hour')
    series.hour = hour
    series.at = charge.at
    if (!this.#bills.isEmpty && charge.series.loanType !== '1') series.lane.see(charge, sound)
    if (sound && charge.series.loanType !== '1') this.#rates.see(charge)
    const liabilities = charge.liabilities?.()
    return liabilities === undefined ? undefined : otherPart(charge, liabilities)
  }

  movedBetween({ series, seriesIndex }: SeenCharge, from: number, to: number): 'none' | 'some' | 'unknown' {
    // By what the charge before says the debt did not grow.
    if (this.#series[seriesIndex]?.lane.isDisputed(from) === true) return 'some'
    // What is owed on cross margin moves with unrealised results too, of which there is no history.
    if (series.instId === '' || this.#series[seriesIndex]?.lane.tellsMoves === false) return 'unknown'
    return this.#bills.debt(series.asset, series.instId).movedBetween(from, to)
  }

  /** Once the walk is over. */
  async finish(): Promise<void> {
    await this.#bills.advance(0, this.#end)
    this.#leave(await this.#bills.advance(Number.MAX_SAFE_INTEGER, this.#end))
    this.#deductions.finish()
    this.#rates.finish()
    this.#found.couldNotJudge(
      'two charges on one asset at one instant have different rates, and nothing tells which is right',
      this.#rates.undecided,
    )
    const areTold = this.#unasked.length <= this.#deductions.agreed
    if (areTold) for (const deduction of this.#unasked) this.#found.add(withoutCharge(this.#account, deduction))
    const undecided = this.#series.reduce((sum, series) => sum + (series?.lane.undecided ?? 0), this.#deductions.undecided)
    const unasked = this.#unaskedBeyond + (areTold ? 0 : this.#unasked.length)
    this.#found.couldNotJudge('bills and charges do not tell the same here, or nothing after it tells which is right', undecided + unasked)
  }

  /** Interest that was deducted, and that no charge of that hour asked for. */
  #leave(deductions: readonly Deduction[]): void {
    for (const deduction of deductions) {
      const { hour } = deduction
      if (hour < this.#from || hour >= this.#end || !this.#interest.covers(hour)) continue
      if (this.#unasked.length < unaskedMax) this.#unasked.push(deduction)
      else this.#unaskedBeyond++
    }
  }

  #open({ series, seriesIndex }: SeenCharge): Series {
    const isProven = (instant: number) => this.#interest.covers(instant)
    const lane = new OkxDebtLane(series, this.#bills, this.#deductions, this.#found, isProven)
    const opened = { hour: -1, at: -1, lane }
    this.#series[seriesIndex] = opened
    return opened
  }
}
