import type { Kysely } from 'kysely'
import { overlap } from '../time/interval.ts'
import { accountNumber } from './account-store.ts'
import { type ChargeSeries, readSeries } from './charge-series.ts'
import type { RowPage } from './read-rows.ts'
import type { Charge } from './record.ts'
import { chargeOfRow } from './stored-charge.ts'
import type { BookTables } from './tables/tables.ts'

/**
 * One page of an account's charges, ordered by instant, then by the rest of the key. The charges of its last instant are
 * all there, so that a page may be longer than was asked for, by one instant.
 */
export async function readCharges(db: Kysely<BookTables>, account: string, page: RowPage<Charge>): Promise<readonly Charge[]> {
  const { equal = {}, instants, newestFirst = false, limit, beyond } = page
  const all = await readSeries(db, account)
  const series = equal.asset === undefined ? all : all.filter(({ asset }) => asset === equal.asset)
  const charged = chargedSpan(series)
  const within = charged === undefined || page.within === undefined ? charged : overlap(charged, page.within)
  if (within === undefined) return []
  const ofAccount = db
    .selectFrom('charge_rows')
    .selectAll()
    .where('account_number', '=', await accountNumber(db, account))
  const numbers = series.map(({ number }) => number)
  const ofSeries = series.length === all.length ? ofAccount : ofAccount.where('series', 'in', numbers)
  let query = ofSeries.where('at', '>=', within.from).where('at', '<', within.to)
  if (instants !== undefined) query = query.where('at', 'in', instants)
  if (beyond !== undefined) query = query.where('at', newestFirst ? '<' : '>', beyond.at)
  const direction = newestFirst ? 'desc' : 'asc'
  query = query.orderBy('at', direction).orderBy('series', direction)
  const rows = await (limit === undefined ? query : query.limit(limit)).execute()
  const last = rows.at(-1)
  if (last !== undefined && rows.length === limit) {
    const rest = ofSeries.where('at', '=', Number(last.at)).where('series', newestFirst ? '<' : '>', Number(last.series))
    rows.push(...(await rest.execute()))
  }
  const places = new Map(series.map((one, place) => [one.number, { one, place }]))
  const placed = rows.flatMap((row) => {
    const found = places.get(Number(row.series))
    return found === undefined ? [] : [{ charge: chargeOfRow(row, found.one), place: found.place }]
  })
  placed.sort((left, right) => (left.charge.at - right.charge.at || left.place - right.place) * (newestFirst ? -1 : 1))
  return placed.map(({ charge }) => charge)
}

/** The span in which series have charges at all, so that a rare asset does not cost a scan of the whole account. */
function chargedSpan(series: readonly ChargeSeries[]): { readonly from: number; readonly to: number } | undefined {
  if (series.length === 0) return undefined
  const from = Math.min(...series.map(({ firstAt }) => firstAt))
  return { from, to: Math.max(...series.map(({ lastAt }) => lastAt)) + 1 }
}

/** The newest charge of each asset, instrument and margin mode, whatever its loan type. */
export async function readLatestCharges(db: Kysely<BookTables>, account: string): Promise<readonly Charge[]> {
  const newest = new Map<string, ChargeSeries>()
  for (const series of await readSeries(db, account)) {
    const key = JSON.stringify([series.asset, series.instId, series.marginMode])
    const before = newest.get(key)
    if (before === undefined || series.lastAt > before.lastAt) newest.set(key, series)
  }
  const charges: Charge[] = []
  const number = await accountNumber(db, account)
  for (const series of newest.values()) {
    const row = await db
      .selectFrom('charge_rows')
      .selectAll()
      .where('account_number', '=', number)
      .where('at', '=', series.lastAt)
      .where('series', '=', series.number)
      .executeTakeFirst()
    if (row !== undefined) charges.push(chargeOfRow(row, series))
  }
  return charges
}
