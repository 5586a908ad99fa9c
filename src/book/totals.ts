import { type Kysely, sql } from 'kysely'
import { decimalOf } from '../decimal/decimal.ts'
import { isoDay, isoMonth, parseInstant } from '../time/instant.ts'
import type { Interval } from '../time/interval.ts'
import { dayMs } from '../time/units.ts'
import { accountLabels, accountNumber } from './account-store.ts'
import type { TotalsFilter } from './book-interface.ts'
import { assetSeries, readSeries } from './charge-series.ts'
import { readText } from './read-text.ts'
import type { InterestTotal } from './record.ts'
import { addUnder, type Sum } from './sum.ts'
import type { BookTables } from './tables/tables.ts'

/** Interest per account, then per period and asset, oldest period first, from the rollups alone. */
export async function readTotals(db: Kysely<BookTables>, filter: TotalsFilter): Promise<readonly InterestTotal[]> {
  const totals: InterestTotal[] = []
  // One account at a time: what is in memory is bounded, and a sharded database reads each account in one place.
  for (const account of await accountLabels(db, filter.accounts)) {
    for (const { asset, period, charges, mantissa, scale } of await accountSums(db, account, filter)) {
      totals.push(Object.freeze({ account, asset, period, charges, interest: decimalOf(mantissa, scale) }))
    }
  }
  return totals
}

interface AssetSum extends Sum {
  readonly asset: string
  readonly period: string
}

async function accountSums(db: Kysely<BookTables>, account: string, filter: TotalsFilter): Promise<Iterable<AssetSum>> {
  const names = new Map([...assetSeries(await readSeries(db, account))].map(([asset, series]) => [String(series), asset]))
  const sums = new Map<string, AssetSum>()
  /** Lines of a period, the series of an asset, charges, mantissa and scale. */
  const addLines = (text: string, periodOf: (told: string) => string) => {
    const periods = new Map<string, string>()
    for (const line of text === '' ? [] : text.split('\n')) {
      const [told = '', series = '', charges, mantissa = '', scale] = line.split(',')
      const asset = names.get(series)
      if (asset === undefined || (filter.asset !== undefined && asset !== filter.asset)) continue
      const period = periods.get(told) ?? periodOf(told)
      periods.set(told, period)
      const part = { charges: Number(charges), mantissa: BigInt(mantissa), scale: Number(scale) }
      addUnder(sums, `${period} ${series}`, () => ({ asset, period, charges: 0, mantissa: 0n, scale: 0 }), part)
    }
  }
  const number = await accountNumber(db, account)
  const { days, months } = partsOf(filter)
  for (const { from, to } of days) {
    const line = sql<string>`format('%s,%s,%s,%s,%s', day, asset_series, charges, interest_mantissa, interest_scale)`.as('line')
    const rows = db.selectFrom('day_totals').select(line).where('account_number', '=', number)
    const text = await readText(db, rows.where('day', '>=', from).where('day', '<', to))
    addLines(text, (day) => periodOfDay(Number(day) * dayMs, filter.by))
  }
  if (months !== undefined) {
    const line = sql<string>`format('%s,%s,%s,%s,%s', month, asset_series, charges, interest_mantissa, interest_scale)`.as('line')
    const rows = db.selectFrom('month_totals').select(line).where('account_number', '=', number)
    const text = await readText(db, months === 'all' ? rows : rows.where('month', '>=', months.from).where('month', '<', months.to))
    addLines(text, (month) => periodOfMonth(month, filter.by))
  }
  return [...sums.values()].sort(byPeriodThenAsset)
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

function byPeriodThenAsset(left: AssetSum, right: AssetSum): number {
  return compareText(left.period, right.period) || compareText(left.asset, right.asset)
}

function compareText(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
