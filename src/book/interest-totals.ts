import type { Transaction } from 'kysely'
import { isoMonth } from '../time/instant.ts'
import { dayMs } from '../time/units.ts'
import type { StoredCharge } from './charge-series.ts'
import type { BookEngine, TableWriter } from './engines/engine.ts'
import { addTo, addUnder, type Sum } from './sum.ts'
import { mantissaColumn } from './tables/decimal-columns.ts'
import type { BookTables } from './tables/tables.ts'

/** The sum of one asset over one UTC day, counted from the epoch, or one month, as `2026-01`. */
interface Total<Period extends number | string> extends Sum {
  readonly account: number
  readonly period: Period
  /** The first series of the asset stands for it. */
  readonly asset: number
}

function totalWriter<Period extends number | string>(table: 'day_totals' | 'month_totals', column: string): TableWriter<Total<Period>> {
  return {
    table,
    columns: ['account_number', column, 'asset_series', 'charges', 'interest_mantissa', 'interest_scale'],
    keyLength: 3,
    values: (total) => [total.account, total.period, total.asset, total.charges, mantissaColumn(total), total.scale],
  }
}

const dayWriter = totalWriter<number>('day_totals', 'day')
const monthWriter = totalWriter<string>('month_totals', 'month')

/**
 * Adds newly recorded charges to the sums of their days and months. The account must be held, or another writer's sum
 * would be lost.
 * @param assets the number that stands for each asset
 */
export async function addToTotals(
  engine: BookEngine,
  transaction: Transaction<BookTables>,
  assets: ReadonlyMap<string, number>,
  added: readonly StoredCharge[],
): Promise<void> {
  const [first] = added
  if (first === undefined) return
  const { account } = first
  const days = new Map<string, Total<number>>()
  const months = new Map<string, Total<string>>()
  sumByDay(added, assets, days)
  let [day, month] = [Number.NaN, '']
  for (const part of days.values()) {
    const { asset } = part
    // Days come in order, each with all its assets.
    if (part.period !== day) [day, month] = [part.period, isoMonth(part.period * dayMs)]
    const period = month
    addUnder(months, `${period} ${asset}`, () => ({ account, period, asset, charges: 0, mantissa: 0n, scale: 0 }), part)
  }
  const daysBefore = await addRecorded(transaction, 'day_totals', 'day', account, days)
  const monthsBefore = await addRecorded(transaction, 'month_totals', 'month', account, months)
  await engine.put(transaction, dayWriter, inOrder(days), daysBefore)
  await engine.put(transaction, monthWriter, inOrder(months), monthsBefore)
}

function sumByDay(added: readonly StoredCharge[], assets: ReadonlyMap<string, number>, days: Map<string, Total<number>>): void {
  for (const { charge, account, series } of added) {
    const asset = assets.get(charge.asset) ?? series
    const period = Math.floor(charge.at / dayMs)
    const key = `${period} ${asset}`
    const { mantissa, scale } = charge.interest
    const sum = days.get(key)
    if (sum === undefined) days.set(key, { account, period, asset, charges: 1, mantissa, scale })
    else addTo(sum, 1, mantissa, scale)
  }
}

/** Adds what the book holds already of the periods touched, and gives that. */
async function addRecorded<Period extends number | string>(
  db: Transaction<BookTables>,
  table: 'day_totals' | 'month_totals',
  column: 'day' | 'month',
  account: number,
  touched: ReadonlyMap<string, Total<Period>>,
): Promise<readonly Total<Period>[]> {
  const [first, last] = ends([...touched.values()].map(({ period }) => period))
  const rows = await db
    .selectFrom(table as 'day_totals')
    .selectAll()
    .where('account_number', '=', account)
    .where(column as 'day', '>=', first as number)
    .where(column as 'day', '<=', last as number)
    .execute()
  const before: Total<Period>[] = []
  for (const row of rows) {
    const sum = touched.get(`${row[column as 'day']} ${row.asset_series}`)
    if (sum === undefined) continue
    const [charges, mantissa, scale] = [Number(row.charges), BigInt(row.interest_mantissa), Number(row.interest_scale)]
    before.push({ account, period: sum.period, asset: sum.asset, charges, mantissa, scale })
    addTo(sum, charges, mantissa, scale)
  }
  return before
}

function ends<Period extends number | string>(periods: readonly Period[]): readonly [Period | undefined, Period | undefined] {
  let [first] = periods
  let last = first
  for (const period of periods) {
    if (first === undefined || period < first) first = period
    if (last === undefined || period > last) last = period
  }
  return [first, last]
}

/** Ascending, as the key is: a tree that grows at its end is filled better and faster. */
function inOrder<Period extends number | string>(totals: ReadonlyMap<string, Total<Period>>): readonly Total<Period>[] {
  return [...totals.values()].sort((left, right) =>
    left.period === right.period ? left.asset - right.asset : left.period < right.period ? -1 : 1,
  )
}
