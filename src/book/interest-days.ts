import type { Kysely, Transaction } from 'kysely'
import { type Decimal, decimalOf, powerOfTen } from '../decimal/decimal.ts'
import { dayMs } from '../time/units.ts'
import type { BookEngine, TableWriter } from './engines/engine.ts'
import type { Charge } from './record.ts'
import { decimalOfColumns, mantissaColumn } from './tables/decimal-columns.ts'
import type { BookTables } from './tables/tables.ts'

/** Interest of one asset on one UTC day; `day` counts days from the epoch. */
export interface InterestDay {
  readonly account: string
  readonly asset: string
  readonly day: number
  readonly charges: number
  readonly interest: Decimal
}

/** The same while it is being added up, without an object per charge. */
interface Sum {
  charges: number
  mantissa: bigint
  scale: number
}

interface TouchedDay extends Sum {
  readonly account: string
  readonly asset: string
  readonly day: number
}

const dayWriter: TableWriter<TouchedDay> = {
  table: 'interest_days',
  columns: ['account', 'asset', 'day', 'charges', 'interest_mantissa', 'interest_scale'],
  keyLength: 3,
  values: (touched) => [touched.account, touched.asset, touched.day, touched.charges, mantissaColumn(touched), touched.scale],
}

/** Adds newly recorded charges to the days' sums. The account must be held, or another writer's sum would be lost. */
export async function addToDays(
  engine: BookEngine,
  transaction: Transaction<BookTables>,
  account: string,
  added: readonly Charge[],
): Promise<void> {
  const all: TouchedDay[] = []
  for (const [asset, days] of grouped(account, added)) {
    // Ascending, as the key is: a tree that grows at its end is filled better and faster.
    const touched = [...days.values()].sort((left, right) => left.day - right.day)
    let first = Number.POSITIVE_INFINITY
    let last = Number.NEGATIVE_INFINITY
    for (const { day } of touched) {
      first = Math.min(first, day)
      last = Math.max(last, day)
    }
    const recorded = await transaction
      .selectFrom('interest_days')
      .select(['day', 'charges', 'interest_mantissa', 'interest_scale'])
      .where('account', '=', account)
      .where('asset', '=', asset)
      .where('day', '>=', first)
      .where('day', '<=', last)
      .execute()
    for (const row of recorded) {
      const sum = days.get(Number(row.day))
      if (sum !== undefined) addTo(sum, Number(row.charges), BigInt(row.interest_mantissa), Number(row.interest_scale))
    }
    for (const day of touched) all.push(day)
  }
  await engine.put(transaction, dayWriter, all)
}

function grouped(account: string, added: readonly Charge[]): Map<string, Map<number, TouchedDay>> {
  const assets = new Map<string, Map<number, TouchedDay>>()
  for (const { asset, at, interest } of added) {
    const days = assets.get(asset) ?? new Map<number, TouchedDay>()
    assets.set(asset, days)
    const day = Math.floor(at / dayMs)
    const sum = days.get(day)
    if (sum === undefined) days.set(day, { account, asset, day, charges: 1, mantissa: interest.mantissa, scale: interest.scale })
    else addTo(sum, 1, interest.mantissa, interest.scale)
  }
  return assets
}

function addTo(sum: Sum, charges: number, mantissa: bigint, scale: number): void {
  sum.charges += charges
  if (scale > sum.scale) {
    sum.mantissa = sum.mantissa * powerOfTen(scale - sum.scale) + mantissa
    sum.scale = scale
  } else {
    sum.mantissa += scale === sum.scale ? mantissa : mantissa * powerOfTen(sum.scale - scale)
  }
}

/** The days of an account in `[firstDay, endDay)`, by day and asset. */
export async function readDays(
  db: Kysely<BookTables>,
  account: string,
  filter: { readonly asset?: string | undefined; readonly firstDay?: number | undefined; readonly endDay?: number | undefined },
): Promise<readonly InterestDay[]> {
  let query = db.selectFrom('interest_days').selectAll().where('account', '=', account)
  if (filter.asset !== undefined) query = query.where('asset', '=', filter.asset)
  if (filter.firstDay !== undefined) query = query.where('day', '>=', filter.firstDay)
  if (filter.endDay !== undefined) query = query.where('day', '<', filter.endDay)
  const rows = await query.orderBy('day').orderBy('asset').execute()
  return rows.map((row) => ({
    account,
    asset: row.asset,
    day: Number(row.day),
    charges: Number(row.charges),
    interest: decimalOfColumns(row.interest_mantissa, row.interest_scale),
  }))
}

/** Days with the same group, added up; groups in the order of their first day. */
export function sumDays<Group>(
  days: readonly InterestDay[],
  groupOf: (day: InterestDay) => { readonly key: string; readonly group: Group },
): readonly { readonly group: Group; readonly charges: number; readonly interest: Decimal }[] {
  const sums = new Map<string, Sum & { readonly group: Group }>()
  for (const day of days) {
    const { key, group } = groupOf(day)
    const sum = sums.get(key)
    if (sum === undefined) sums.set(key, { group, charges: day.charges, mantissa: day.interest.mantissa, scale: day.interest.scale })
    else addTo(sum, day.charges, day.interest.mantissa, day.interest.scale)
  }
  return [...sums.values()].map(({ group, charges, mantissa, scale }) => ({ group, charges, interest: decimalOf(mantissa, scale) }))
}
