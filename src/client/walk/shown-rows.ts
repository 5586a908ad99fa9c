import { contains, type Interval } from '../../time/interval.ts'
import { distinctRows } from './distinct-rows.ts'
import type { HistoryPage } from './history-page.ts'
import type { SpanHistory } from './span-history.ts'
import { type StrayRow, whyStray } from './stray-rows.ts'

/** The rows of every reply since the last page of a walk: also of replies that were not believed to be all there is. */
export class ShownRows<Row> {
  readonly #history: SpanHistory<Row>
  #rows: Row[] = []
  #strays: StrayRow<Row>[] = []

  constructor(history: SpanHistory<Row>) {
    this.#history = history
  }

  /**
   * Takes the rows of a reply to a request for a span.
   * @param now the exchange's time, epoch ms
   * @returns those that cannot be an answer to it
   */
  take(span: Interval, rows: readonly Row[], now: number): readonly StrayRow<Row>[] {
    const strays: StrayRow<Row>[] = []
    for (const row of rows) {
      const why = whyStray(this.#history, span, row, now)
      if (why === undefined) this.#rows.push(row)
      else strays.push({ row, why })
    }
    this.#strays.push(...strays)
    return strays
  }

  /** What belongs to a page that answers for a span. Nothing that was shown is let go. */
  around(span: Interval): Pick<HistoryPage<Row>, 'rows' | 'besides' | 'strays'> {
    const { instantOf } = this.#history
    const inside = this.#rows.filter((row) => contains(span, instantOf(row)))
    const besides = this.#rows.filter((row) => !contains(span, instantOf(row)))
    return {
      rows: distinctRows(inside).sort((left, right) => instantOf(right) - instantOf(left)),
      ...(besides.length === 0 ? {} : { besides: distinctRows(besides) }),
      ...(this.#strays.length === 0 ? {} : { strays: distinctRows(this.#strays) }),
    }
  }

  /** A page was made of it. */
  clear(): void {
    this.#rows = []
    this.#strays = []
  }
}
