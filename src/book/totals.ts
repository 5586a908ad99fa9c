import type { Kysely } from 'kysely'
import { isoDay, isoMonth } from '../time/instant.ts'
import { dayMs } from '../time/units.ts'
import { accountLabels } from './account-store.ts'
import type { TotalsFilter } from './book-interface.ts'
import { readDays, sumDays } from './interest-days.ts'
import type { InterestTotal } from './record.ts'
import type { BookTables } from './tables/tables.ts'

/** Interest per account, period and asset, oldest period first, from the rollups alone. */
export async function readTotals(db: Kysely<BookTables>, filter: TotalsFilter): Promise<readonly InterestTotal[]> {
  const { asset, within, by } = filter
  const firstDay = within === undefined ? undefined : Math.floor(within.from / dayMs)
  const endDay = within === undefined ? undefined : Math.ceil(within.to / dayMs)
  const totals: InterestTotal[] = []
  // One account at a time: what is in memory is bounded, and a sharded database reads each account in one place.
  for (const account of await accountLabels(db, filter.accounts)) {
    const days = await readDays(db, account, { asset, firstDay, endDay })
    const sums = sumDays(days, (day) => {
      const period = periodOf(day.day * dayMs, by)
      return { key: `${period}\n${day.asset}`, group: { asset: day.asset, period } }
    })
    for (const { group, charges, interest } of sums) totals.push(Object.freeze({ account, ...group, charges, interest }))
  }
  return totals.sort(byPeriodThenAsset)
}

function periodOf(instant: number, by: TotalsFilter['by']): string {
  switch (by) {
    case 'all':
      return ''
    case 'day':
      return isoDay(instant)
    case 'month':
      return isoMonth(instant)
    case 'year':
      return isoMonth(instant).slice(0, -'-01'.length)
  }
}

function byPeriodThenAsset(left: InterestTotal, right: InterestTotal): number {
  return compareText(left.account, right.account) || compareText(left.period, right.period) || compareText(left.asset, right.asset)
}

function compareText(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
