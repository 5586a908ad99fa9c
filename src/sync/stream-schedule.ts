import type { History } from '../histories/history.ts'
import { type Interval, interval } from '../time/interval.ts'
import { difference, type IntervalSet } from '../time/interval-set.ts'
import { dayMs } from '../time/units.ts'
import { pagesOfSpan, type RowDensity } from './plan-pages.ts'
import { planWalks } from './plan-walks.ts'
import { type Urgency, urgencyOf } from './urgency.ts'

/** What pages revealed is believed once they span this much, or hold as many rows as a page. */
const tellingMs = 7 * dayMs

/** What one stream of one account still has to ask for, planned anew from what each page reveals. */
export class StreamSchedule {
  readonly rule: History
  readonly #now: number
  readonly #assumed: RowDensity
  #left: IntervalSet
  #walks: readonly Interval[] | undefined
  #rows = 0
  #spanMs = 0

  constructor(rule: History, asked: IntervalSet, density: RowDensity, now: number) {
    this.rule = rule
    this.#left = asked
    this.#assumed = density
    this.#now = now
  }

  /** The newest span to walk; `undefined` once everything was asked for. */
  get next(): Interval | undefined {
    return this.#planned()[0]
  }

  /** Of what is next; `undefined` once everything was asked for. */
  get urgency(): Urgency | undefined {
    return this.next === undefined ? undefined : this.urgencyOf(this.next)
  }

  /** Requests that are expected to be left. */
  get requestsLeft(): number {
    const density = this.#density()
    return this.#planned().reduce((sum, walk) => sum + pagesOfSpan(walk, this.rule, density), 0)
  }

  urgencyOf(span: Interval): Urgency {
    return urgencyOf(this.rule, span, this.#now)
  }

  /** Takes what one page settled, and tells whether the walk is worth going on with below it. */
  takePage(settled: Interval, rows: number): boolean {
    this.#rows += rows
    this.#spanMs += settled.to - settled.from
    this.#take(settled)
    const [newest] = this.#planned()
    // Else what lies right below is proven, and going on would read it once more for nothing.
    return newest !== undefined && newest.to >= settled.from
  }

  /** Takes that a walk has come to its end, whatever it could prove. */
  takeEnd(walk: Interval): void {
    this.#take(walk)
  }

  /** Takes that nothing more is asked for, although it is not proven. */
  giveUp(): void {
    this.#left = []
    this.#walks = undefined
  }

  #take(span: Interval): void {
    this.#left = difference(this.#left, span.from < span.to ? [interval(span.from, span.to)] : [])
    this.#walks = undefined
  }

  #planned(): readonly Interval[] {
    this.#walks ??= planWalks(this.#left, this.rule, this.#density())
    return this.#walks
  }

  #density(): RowDensity {
    const isTelling = this.#spanMs >= tellingMs || this.#rows >= (this.rule.pageRows ?? Number.POSITIVE_INFINITY)
    return isTelling ? { ...this.#assumed, perDay: (this.#rows * dayMs) / Math.max(this.#spanMs, 1) } : this.#assumed
  }
}
