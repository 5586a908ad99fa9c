import type { Book } from '../book/book-interface.ts'
import type { InterestTotal } from '../book/record.ts'
import { add } from '../decimal/arithmetic.ts'
import { type Decimal, zero } from '../decimal/decimal.ts'
import { isoDay, isoMonth } from '../time/instant.ts'
import type { Interval } from '../time/interval.ts'
import { dayMs } from '../time/units.ts'

export type Grouping = 'asset' | 'account' | 'day' | 'month'

/** Interest added up. Amounts of different assets are never added to one another. */
export interface GroupTotal {
  /** Empty unless grouped by account. */
  readonly account: string
  readonly asset: string
  /** The UTC day or month; empty unless grouped by it. */
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
  const period = by === 'day' || by === 'month' ? by : 'all'
  // The book keeps totals by whole days only; bounds within a day are added up from the charges.
  const isWholeDays = within === undefined || (within.from % dayMs === 0 && within.to % dayMs === 0)
  const totals = isWholeDays ? await book.totals({ accounts, asset, within, by: period }) : await addUp(book, question)
  return grouped(totals, by)
}

async function addUp(book: Book, { accounts, asset, within, by }: TotalsQuestion): Promise<readonly InterestTotal[]> {
  const totals = new Map<string, InterestTotal>()
  for await (const charge of book.charges({ accounts, asset, within })) {
    const period = by === 'day' ? isoDay(charge.at) : by === 'month' ? isoMonth(charge.at) : ''
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
    const period = by === 'day' || by === 'month' ? total.period : ''
    const key = JSON.stringify([account, period, total.asset])
    const { charges, interest } = groups.get(key) ?? { charges: 0, interest: zero }
    const next = { account, asset: total.asset, period, charges: charges + total.charges, interest: add(interest, total.interest) }
    groups.set(key, Object.freeze(next))
  }
  return [...groups.values()].sort(
    (left, right) => byText(right.period, left.period) || byText(left.account, right.account) || byText(left.asset, right.asset),
  )
}

function byText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
