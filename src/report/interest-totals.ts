import type { Book } from '../book/book-interface.ts'
import type { InterestTotal } from '../book/record.ts'
import { add } from '../decimal/arithmetic.ts'
import { type Decimal, zero } from '../decimal/decimal.ts'
import type { Interval } from '../time/interval.ts'
import { dayMs } from '../time/units.ts'
import type { AnswerGap } from './answer-coverage.ts'
import { namedPeriod, type Period, periodOf } from './period.ts'

export type Grouping = 'asset' | 'account' | 'day' | 'month' | 'year'

/** Interest added up. Amounts of different assets are never added to one another. */
export interface GroupTotal {
  /** Empty unless grouped by account. */
  readonly account: string
  readonly asset: string
  /** The UTC day, month or year; empty unless grouped by it. */
  readonly period: string
  readonly charges: number
  readonly interest: Decimal
}

export interface TotalsQuestion {
  readonly accounts?: readonly string[] | undefined
  readonly asset?: string | undefined
  readonly within?: Interval | undefined
  readonly by: Grouping
}

/** Interest by asset and group, newest period first. Exact also for bounds within a day. */
export async function interestTotals(book: Book, question: TotalsQuestion): Promise<readonly GroupTotal[]> {
  const { accounts, asset, within, by } = question
  // The book keeps totals by whole days only; bounds within a day are added up from the charges.
  const isWholeDays = within === undefined || (within.from % dayMs === 0 && within.to % dayMs === 0)
  const totals = isWholeDays ? await book.totals({ accounts, asset, within, by: periodBy(by) }) : await addUp(book, question)
  return grouped(totals, by)
}

/** A total, and whether nothing of it can be missing. */
export interface TotalLine {
  readonly total: GroupTotal
  readonly isComplete: boolean
}

/** Totals, each with whether a gap could hold more of it. */
export function totalLines(totals: readonly GroupTotal[], gaps: readonly AnswerGap[]): readonly TotalLine[] {
  return totals.map((total) => Object.freeze({ total, isComplete: !gaps.some((gap) => couldHoldMore(gap, total)) }))
}

/** Where the oldest period begins, epoch ms: a total of a period is an answer about all of it. `undefined` where time is not cut. */
export function firstPeriod(totals: readonly GroupTotal[]): number | undefined {
  const begins = totals.flatMap(({ period }) => (period === '' ? [] : [namedPeriod(period).from]))
  return begins.length === 0 ? undefined : begins.reduce((least, begin) => Math.min(least, begin))
}

/** The period that a grouping cuts time into. */
export function periodBy(by: Grouping): Period {
  return by === 'asset' || by === 'account' ? 'all' : by
}

/** Whether a gap could hold more of a total. */
function couldHoldMore(gap: AnswerGap, total: Pick<GroupTotal, 'account' | 'period'>): boolean {
  if (total.account !== '' && total.account !== gap.account) return false
  if (total.period === '') return true
  const { from, to } = namedPeriod(total.period)
  return gap.span.from < to && from < gap.span.to
}

async function addUp(book: Book, { accounts, asset, within, by }: TotalsQuestion): Promise<readonly InterestTotal[]> {
  const totals = new Map<string, InterestTotal>()
  for await (const charge of book.charges({ accounts, asset, within })) {
    const period = periodOf(charge.at, periodBy(by)).name
    const key = JSON.stringify([charge.account, charge.asset, period])
    const { charges, interest } = totals.get(key) ?? { charges: 0, interest: zero }
    const { account } = charge
    totals.set(key, { account, asset: charge.asset, period, charges: charges + 1, interest: add(interest, charge.interest) })
  }
  return [...totals.values()]
}

function grouped(totals: readonly InterestTotal[], by: Grouping): readonly GroupTotal[] {
  const groups = new Map<string, GroupTotal>()
  for (const total of totals) {
    const account = by === 'account' ? total.account : ''
    const key = groupKey(total, by)
    const { charges, interest } = groups.get(key) ?? { charges: 0, interest: zero }
    const { asset, period } = total
    groups.set(key, Object.freeze({ account, asset, period, charges: charges + total.charges, interest: add(interest, total.interest) }))
  }
  return [...groups.values()].sort(
    (left, right) => byText(right.period, left.period) || byText(left.account, right.account) || byText(left.asset, right.asset),
  )
}

/** What tells one group from another, for a sum that belongs to one account, asset and period. */
export function groupKey({ account, asset, period }: Pick<InterestTotal, 'account' | 'asset' | 'period'>, by: Grouping): string {
  return JSON.stringify([by === 'account' ? account : '', period, asset])
}

function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
