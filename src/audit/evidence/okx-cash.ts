import { hourMs } from '../../time/units.ts'
import { FigureColumn } from './figure-column.ts'
import { Periods } from './periods.ts'
import type { ProvenSpans } from './proven-spans.ts'
import { unitsFrom } from './units.ts'

/** Cash of one currency, as the bills tell it: of each hour only how it ended, for nothing else is asked. */
export class OkxCash {
  readonly #proven: ProvenSpans
  readonly #hours = new Periods()
  readonly #after = new FigureColumn()
  /** The instant of the last bill of each hour. */
  readonly #lastAt: number[] = []
  /** Hours at the very beginning of which anything but interest moved it. */
  readonly #movedAtHour = new Set<number>()

  constructor(proven: ProvenSpans) {
    this.#proven = proven
  }

  /** The next bill: what cash was after it. */
  take(at: number, mantissa: bigint, scale: number, isInterest: boolean): void {
    const hour = Math.floor(at / hourMs) * hourMs
    const place = this.#hours.last === hour ? this.#hours.count - 1 : this.#hours.push(hour)
    this.#after.set(place, mantissa, scale)
    this.#lastAt[place] = at
    if (at === hour && !isInterest) this.#movedAtHour.add(hour)
  }

  /** What it was when an hour began, before its interest, in units of evidence; `undefined` where that is not known for certain. */
  at(hour: number): bigint | undefined {
    // What happened at the full hour itself, other than its interest, may have come before the charge or after.
    if (this.#movedAtHour.size > 0 && this.#movedAtHour.has(hour)) return undefined
    const place = this.#hours.placeBefore(hour)
    if (place < 0) return undefined
    if (!this.#proven.coversBetween(this.#lastAt[place] as number, hour)) return undefined
    return unitsFrom(this.#after.mantissa(place), this.#after.scale(place))
  }

  /** Forgets what lies before an hour, but for the last of it. */
  forget(before: number): void {
    const forgotten = this.#hours.countBefore(before, 1)
    this.#hours.forget(forgotten)
    this.#after.forget(forgotten)
    this.#lastAt.splice(0, forgotten)
    for (const hour of this.#movedAtHour) if (hour < before) this.#movedAtHour.delete(hour)
  }
}
