import { hourMs } from '../../time/units.ts'
import { HourLine } from './hour-line.ts'
import type { ProvenSpans } from './proven-spans.ts'
import { unitsFrom } from './units.ts'

/** What the bills of one hour left of cash. */
interface HourOfCash {
  readonly hour: number
  lastAt: number
  mantissa: bigint
  scale: number
  /** Whether anything but interest moved it at the full hour itself. */
  isMovedAtHour: boolean
}

/** Cash of one currency, as the bills tell it: of each hour only how it ended, for nothing else is asked. */
export class OkxCash {
  readonly #proven: ProvenSpans
  readonly #hours = new HourLine<HourOfCash>()

  constructor(proven: ProvenSpans) {
    this.#proven = proven
  }

  /** The next bill: what cash was after it. */
  take(at: number, mantissa: bigint, scale: number, isInterest: boolean): void {
    const hour = Math.floor(at / hourMs) * hourMs
    const isMovedAtHour = at === hour && !isInterest
    const { last } = this.#hours
    if (last?.hour !== hour) {
      this.#hours.push({ hour, lastAt: at, mantissa, scale, isMovedAtHour })
      return
    }
    last.lastAt = at
    last.mantissa = mantissa
    last.scale = scale
    if (isMovedAtHour) last.isMovedAtHour = true
  }

  /** What it was when an hour began, before its interest, in units of evidence; `undefined` where that is not known for certain. */
  at(hour: number): bigint | undefined {
    // What happened at the full hour itself, other than its interest, may have come before the charge or after.
    if (this.#hours.at(hour)?.isMovedAtHour === true) return undefined
    const last = this.#hours.before(hour)
    return last !== undefined && this.#proven.coversBetween(last.lastAt, hour) ? unitsFrom(last.mantissa, last.scale) : undefined
  }

  /** Forgets what lies before an hour, but for the last of it. */
  forget(before: number): void {
    this.#hours.forget(before, 1)
  }
}
