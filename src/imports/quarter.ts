import { fail } from '../errors/overdraft-error.ts'
import { parseInstant } from '../time/instant.ts'
import { type Interval, interval } from '../time/interval.ts'
import { hourMs } from '../time/units.ts'

/** A quarter of a year of which an exchange gives a file. */
export interface Quarter {
  /** `2025-Q3`. */
  readonly name: string
  /** By the calendar of UTC. */
  readonly utc: Interval
  /** By the calendar of Hong Kong, where OKX keeps its days: 8 hours earlier. */
  readonly hongKong: Interval
}

const quarterRe = /^(\d{4})-?Q([1-4])$/i
const hongKongAheadMs = 8 * hourMs
/** OKX gives bills from here on (facts B5). */
const oldestBills = '2021-02-01'

/** @throws `import.quarter-malformed`, `import.quarter-too-old`, `import.quarter-not-over` */
export function quarterOfBills(text: string, now: number): Quarter {
  const [, yearText = '', numberText = ''] = quarterRe.exec(text) ?? fail('import.quarter-malformed', { text })
  const [year, number] = [Number(yearText), Number(numberText)]
  const name = `${yearText}-Q${numberText}`
  const oldest = parseInstant(oldestBills)
  const [first, to] = [firstOfMonth(year, number * 3 - 2), firstOfMonth(year, number * 3 + 1)]
  if (to <= oldest) fail('import.quarter-too-old', { quarter: name, oldest: oldestBills })
  if (now < to) fail('import.quarter-not-over', { quarter: name })
  const utc = interval(Math.max(first, oldest), to)
  return Object.freeze({ name, utc, hongKong: interval(utc.from - hongKongAheadMs, utc.to - hongKongAheadMs) })
}

function firstOfMonth(year: number, month: number): number {
  const [whole, rest] = month > 12 ? [year + 1, month - 12] : [year, month]
  return parseInstant(`${`${whole}`.padStart(4, '0')}-${`${rest}`.padStart(2, '0')}-01`)
}

/** Every instant that a file of the quarter may tell of, whichever calendar it was cut by. */
export function admitted({ utc, hongKong }: Quarter): Interval {
  return interval(hongKong.from, utc.to)
}

/**
 * By whose calendar a file was cut is not documented. Rows in the first or the last of these hours tell; while there are
 * none, only what both calendars have in common is certain.
 */
export class QuarterRows {
  readonly #quarter: Quarter
  #count = 0
  #before: number | undefined
  #after: number | undefined

  constructor(quarter: Quarter) {
    this.#quarter = quarter
  }

  take(at: number): void {
    this.#count++
    if (at < this.#quarter.utc.from) this.#before ??= at
    if (at >= this.#quarter.hongKong.to) this.#after ??= at
  }

  get count(): number {
    return this.#count
  }

  /** What the file speaks for; `undefined` where its rows fit neither calendar, for they reach beyond either end. */
  get span(): Interval | undefined {
    const { utc, hongKong } = this.#quarter
    if (this.#before !== undefined && this.#after !== undefined) return undefined
    if (this.#before !== undefined) return hongKong
    return this.#after === undefined ? interval(utc.from, hongKong.to) : utc
  }
}
