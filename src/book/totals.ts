import type { Kysely } from 'kysely'
import { decimalOf } from '../decimal/decimal.ts'
import { isoDay, isoMonth, parseInstant } from '../time/instant.ts'
import type { Interval } from '../time/interval.ts'
import { dayMs } from '../time/units.ts'
import { accountLabels, accountNumber } from './account-store.ts'
import type { TotalsFilter } from './book-interface.ts'
import { assetSeries, readSeries } from './charge-series.ts'
import type { InterestTotal } from './record.ts'
import { addUnder, type Sum } from './sum.ts'
import type { BookTables } from './tables/tables.ts'

/** Interest per account, period and asset, oldest period first, from the rollups alone. */
export async function readTotals(db: Kysely<BookTables>, filter: TotalsFilter): Promise<readonly InterestTotal[]> {
  const totals: InterestTotal[] = []
  // One account at a time: what is in memory is bounded, and a sharded database reads each account in one place.
  for (const account of await accountLabels(db, filter.accounts)) {
    for (const { asset, period, charges, mantissa, scale } of await accountSums(db, account, filter)) {
      totals.push(Object.freeze({ account, asset, period, charges, interest: decimalOf(mantissa, scale) }))
    }
  }
  return totals.sort(byPeriodThenAsset)
}

interface AssetSum extends Sum {
  readonly asset: string
  readonly period: string
}

async function accountSums(db: Kysely<BookTables>, account: string, filter: TotalsFilter): Promise<Iterable<AssetSum>> {
  const names = new Map([...assetSeries(await readSeries(db, account))].map(([asset, series]) => [series, asset]))
  const parts = partsOf(filter)
  const sums = new Map<string, AssetSum>()
  const add = (row: TotalRow, period: string) => {
    const asset = names.get(Number(row.asset_series))
    if (asset === undefined || (filter.asset !== undefined && asset !== filter.asset)) return
    const part = { charges: Number(row.charges), mantissa: BigInt(row.interest_mantissa), scale: Number(row.interest_scale) }
    addUnder(sums, `${period} ${asset}`, () => ({ asset, period, charges: 0, mantissa: 0n, scale: 0 }), part)
  }
  const number = await accountNumber(db, account)
  for (const { from, to } of parts.days) {
    const days = db.selectFrom('day_totals').selectAll().where('account_number', '=', number)
    const rows = days.where('day', '>=', from).where('day', '<', to)
    for (const row of await rows.execute()) add(row, periodOfDay(Number(row.day) * dayMs, filter.by))
  }
  if (parts.months !== undefined) {
    let rows = db.selectFrom('month_totals').selectAll().where('account_number', '=', number)
    if (parts.months !== 'all') rows = rows.where('month', '>=', parts.months.from).where('month', '<', parts.months.to)
    for (const row of await rows.execute()) add(row, periodOfMonth(row.month, filter.by))
  }
  return sums.values()
}

interface TotalRow {
  readonly asset_series: bigint | number | string
  readonly charges: bigint | number | string
  readonly interest_mantissa: bigint | number | string
  readonly interest_scale: bigint | number | string
}

/** Which days are read one by one, and which months as a whole. */
interface Parts {
  readonly days: readonly Interval[]
  readonly months: { readonly from: string; readonly to: string } | 'all' | undefined
}

const wholeTime: Interval = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER }

function partsOf({ within, by }: TotalsFilter): Parts {
  const span = within === undefined ? wholeTime : { from: Math.floor(within.from / dayMs), to: Math.ceil(within.to / dayMs) }
  if (by === 'day') return { days: [span], months: undefined }
  if (within === undefined) return { days: [], months: 'all' }
  // The first month that begins within the span, and the month that its end is in.
  const first = isMonthBegin(span.from) ? span.from : monthAfter(span.from)
  const last = monthOf(span.to)
  if (first >= last) return { days: [span], months: undefined }
  const months = { from: isoMonth(first * dayMs), to: isoMonth(last * dayMs) }
  return {
    days: [
      { from: span.from, to: first },
      { from: last, to: span.to },
    ].filter(({ from, to }) => from < to),
    months,
  }
}

/** The day on which the month of a day begins. */
function monthOf(day: number): number {
  return parseInstant(`${isoMonth(day * dayMs)}-01`) / dayMs
}

const daysOfLongestMonth = 31

function monthAfter(day: number): number {
  return monthOf(monthOf(day) + daysOfLongestMonth)
}

function isMonthBegin(day: number): boolean {
  return monthOf(day) === day
}

function periodOfDay(instant: number, by: TotalsFilter['by']): string {
  return by === 'day' ? isoDay(instant) : periodOfMonth(isoMonth(instant), by)
}

function periodOfMonth(month: string, by: TotalsFilter['by']): string {
  if (by === 'all') return ''
  return by === 'year' ? month.slice(0, -'-01'.length) : month
}

function byPeriodThenAsset(left: InterestTotal, right: InterestTotal): number {
  return compareText(left.account, right.account) || compareText(left.period, right.period) || compareText(left.asset, right.asset)
}

function compareText(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
