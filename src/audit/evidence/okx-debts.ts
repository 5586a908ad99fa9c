import type { Book } from '../../book/book-interface.ts'
import { hourMs } from '../../time/units.ts'
import type { Objection, SeenCharge } from '../evidence.ts'
import type { FoundLater } from './found-later.ts'
import { findingOf } from './kept-charge.ts'
import { OkxBills } from './okx-bills.ts'
import { type Deducted, OkxDebtLane, otherDeduction } from './okx-debt-lane.ts'
import { otherPart } from './okx-liability-part.ts'
import { ProvenSpans } from './proven-spans.ts'
import { secondCharge } from './second-charge.ts'
import { WitnessLane } from './witness-lane.ts'

interface Series {
  hour: number
  at: number
  readonly lane: OkxDebtLane
}

/** Witnesses of an OKX account's charges: the bills. */
export class OkxDebts {
  readonly #found: FoundLater
  readonly #bills: OkxBills
  readonly #interest: ProvenSpans
  readonly #series: (Series | undefined)[] = []
  readonly #deductions: WitnessLane<Deducted>
  #unasked = 0

  private constructor(found: FoundLater, bills: OkxBills, interest: ProvenSpans) {
    this.#found = found
    this.#bills = bills
    this.#interest = interest
    this.#deductions = new WitnessLane((told) => found.add(findingOf(told.row.charge, otherDeduction(told))))
  }

  static async open(book: Book, account: string, found: FoundLater): Promise<OkxDebts> {
    return new OkxDebts(found, await OkxBills.open(book, account), new ProvenSpans(await book.proven(account, 'interest')))
  }

  /** A bill may come later than the charge it is of, within the hour. */
  async advance(from: number, to: number): Promise<void> {
    const left = await this.#bills.advance(Math.floor(from / hourMs) * hourMs - hourMs, to + hourMs)
    this.#unasked += left.filter(({ hour }) => this.#interest.covers(hour)).length
  }

  objectionTo(charge: SeenCharge, sound: boolean): Objection | undefined {
    const series = this.#series[charge.seriesIndex] ?? this.#open(charge)
    const hour = Math.floor(charge.at / hourMs)
    if (series.hour === hour) return secondCharge(charge, series.at, 'hour')
    series.hour = hour
    series.at = charge.at
    if (!this.#bills.isEmpty && charge.series.loanType !== '1') series.lane.see(charge, sound)
    const liabilities = charge.liabilities?.()
    return liabilities === undefined ? undefined : otherPart(charge, liabilities)
  }

  movedBetween({ series, seriesIndex }: SeenCharge, from: number, to: number): 'none' | 'some' | 'unknown' {
    // By what the charge before says the debt did not grow.
    if (this.#series[seriesIndex]?.lane.isDisputed(from) === true) return 'some'
    // What is owed on cross margin moves with unrealised results too, of which there is no history.
    return series.instId === '' ? 'unknown' : this.#bills.isolatedMovedBetween(series.asset, series.instId, from, to)
  }

  finish(): void {
    this.#deductions.finish()
    const undecided = this.#deductions.undecided + this.#series.reduce((sum, series) => sum + (series?.lane.undecided ?? 0), 0)
    this.#found.couldNotJudge('bills and charges do not tell the same here, or nothing after it tells which is right', undecided)
    this.#found.couldNotJudge('interest deducted by the bills outside any known debt', this.#unasked)
  }

  #open({ seriesIndex }: SeenCharge): Series {
    const opened = {
      hour: -1,
      at: -1,
      lane: new OkxDebtLane(this.#bills, this.#deductions, this.#found, (instant) => this.#interest.covers(instant)),
    }
    this.#series[seriesIndex] = opened
    return opened
  }
}
