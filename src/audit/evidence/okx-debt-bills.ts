import { hourMs } from '../../time/units.ts'
import { FigureColumn } from './figure-column.ts'
import { Periods } from './periods.ts'
import type { ProvenSpans } from './proven-spans.ts'

/** Interest taken in one hour of one debt. */
export interface Deduction {
  readonly asset: string
  /** Of a position with a debt of its own; empty for what is billed to cash. */
  readonly instId: string
  /** The full hour it belongs to. */
  readonly hour: number
  readonly interest: bigint
}

/** The bills of one OKX debt: what was deducted for it hour by hour, and when an isolated one was borrowed or repaid. */
export class OkxDebtBills {
  readonly #asset: string
  readonly #instId: string
  readonly #proven: ProvenSpans
  readonly #hours = new Periods()
  /** What was deducted in each hour, at the scale of evidence. */
  readonly #units = new FigureColumn()
  /** Whether somebody took it. */
  readonly #isTaken: boolean[] = []
  /** Instants at which loans or repayments moved it. */
  #moved: number[] = []

  constructor(asset: string, instId: string, proven: ProvenSpans) {
    this.#asset = asset
    this.#instId = instId
    this.#proven = proven
  }

  /** Interest of the next bill, in units of evidence. */
  deduct(at: number, interest: bigint): void {
    const hour = Math.floor(at / hourMs) * hourMs
    const isFirst = this.#hours.last !== hour
    const place = isFirst ? this.#hours.push(hour) : this.#hours.count - 1
    const before = isFirst || this.#isTaken[place] === true ? 0n : this.#units.mantissa(place)
    this.#units.set(place, before + interest, 0)
    this.#isTaken[place] = false
  }

  move(at: number): void {
    this.#moved.push(at)
  }

  /** What was deducted in the hour and nobody took, in units of evidence. */
  deduction(hour: number): bigint | undefined {
    const place = this.#hours.placeAt(hour)
    return place < 0 || this.#isTaken[place] === true ? undefined : this.#units.mantissa(place)
  }

  /** The same, once: whoever asks has it. */
  takeDeduction(hour: number): bigint | undefined {
    const interest = this.deduction(hour)
    if (interest !== undefined) this.#isTaken[this.#hours.placeAt(hour)] = true
    return interest
  }

  /** Whether the debt of a position was borrowed or repaid between two instants; what happened at one of them may have. */
  movedBetween(from: number, to: number): 'none' | 'some' | 'unknown' {
    if (!this.#proven.coversBetween(from, to)) return 'unknown'
    return this.#moved.some((at) => from <= at && at <= to) ? 'some' : 'none'
  }

  /** Forgets what lies before an hour; gives the deductions that nobody asked for. */
  forget(before: number): readonly Deduction[] {
    if (this.#moved.length > 0) this.#moved = this.#moved.filter((at) => at >= before)
    const forgotten = this.#hours.countBefore(before, 0)
    const left: Deduction[] = []
    for (let place = 0; place < forgotten; place++) {
      if (this.#isTaken[place] === true) continue
      left.push({ asset: this.#asset, instId: this.#instId, hour: this.#hours.begin(place), interest: this.#units.mantissa(place) })
    }
    this.#hours.forget(forgotten)
    this.#units.forget(forgotten)
    this.#isTaken.splice(0, forgotten)
    return left
  }
}
