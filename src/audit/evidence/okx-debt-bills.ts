import { hourMs } from '../../time/units.ts'
import { HourLine } from './hour-line.ts'
import type { ProvenSpans } from './proven-spans.ts'

/** Interest taken in one hour of one debt. */
export interface Deduction {
  readonly asset: string
  /** Of an isolated position; empty for cross. */
  readonly instId: string
  /** The full hour it belongs to. */
  readonly hour: number
  readonly interest: bigint
}

interface HourOfDebt {
  readonly hour: number
  /** `undefined` once it is taken. */
  interest: bigint | undefined
}

/** The bills of one OKX debt: what was deducted for it hour by hour, and when an isolated one was borrowed or repaid. */
export class OkxDebtBills {
  readonly #asset: string
  readonly #instId: string
  readonly #proven: ProvenSpans
  readonly #deductions = new HourLine<HourOfDebt>()
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
    const { last } = this.#deductions
    if (last?.hour === hour) last.interest = (last.interest ?? 0n) + interest
    else this.#deductions.push({ hour, interest })
  }

  move(at: number): void {
    this.#moved.push(at)
  }

  /** What was deducted in the hour, in units of evidence, once: whoever asks has it. */
  takeDeduction(hour: number): bigint | undefined {
    const deduction = this.#deductions.at(hour)
    if (deduction === undefined) return undefined
    const { interest } = deduction
    deduction.interest = undefined
    return interest
  }

  /** Whether an isolated debt was borrowed or repaid between two instants; what happened at one of them may have. */
  movedBetween(from: number, to: number): 'none' | 'some' | 'unknown' {
    if (!this.#proven.coversBetween(from, to)) return 'unknown'
    return this.#moved.some((at) => from <= at && at <= to) ? 'some' : 'none'
  }

  /** Forgets what lies before an hour; gives the deductions that nobody asked for. */
  forget(before: number): readonly Deduction[] {
    if (this.#moved.length > 0) this.#moved = this.#moved.filter((at) => at >= before)
    return this.#deductions.forget(before, 0).flatMap(({ hour, interest }) => {
      return interest === undefined ? [] : [{ asset: this.#asset, instId: this.#instId, hour, interest }]
    })
  }
}
