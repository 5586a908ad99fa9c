import type { Kysely } from 'kysely'
import { type Interval, interval, overlap } from '../time/interval.ts'
import { chargeOfRow } from './charge-row.ts'
import { type ChargeSeries, readSeries } from './charge-series.ts'
import type { RowPage } from './read-rows.ts'
import type { Charge } from './record.ts'
import type { BookTables } from './tables/tables.ts'

/** One page of an account's charges, ordered by instant, then by the rest of the key. */
export async function readCharges(db: Kysely<BookTables>, account: string, page: RowPage<Charge>): Promise<readonly Charge[]> {
  const { equal = {}, instants, newestFirst = false, limit, beyond } = page
  const { asset } = equal
  const charged = asset === undefined ? undefined : await chargedSpan(db, account, asset)
  const within = charged === undefined || page.within === undefined ? (charged ?? page.within) : overlap(charged, page.within)
  if (within === undefined && charged !== undefined) return []
  const direction = newestFirst ? 'desc' : 'asc'
  let query = db.selectFrom('charges').selectAll().where('account', '=', account)
  if (asset !== undefined) query = query.where('asset', '=', asset)
  if (instants !== undefined) query = query.where('at', 'in', instants)
  if (within !== undefined) query = query.where('at', '>=', within.from).where('at', '<', within.to)
  if (beyond !== undefined) {
    query = query.where((where) =>
      where(
        where.refTuple('at', 'asset', 'inst_id', 'margin_mode', 'loan_type'),
        newestFirst ? '<' : '>',
        where.tuple(beyond.at, beyond.asset, beyond.instId, beyond.marginMode, beyond.loanType),
      ),
    )
  }
  for (const column of ['at', 'asset', 'inst_id', 'margin_mode', 'loan_type'] as const) query = query.orderBy(column, direction)
  if (limit !== undefined) query = query.limit(limit)
  const rows = await query.execute()
  return rows.map(chargeOfRow)
}

/** The span in which an asset has charges at all, so that a rare asset does not cost a scan of the whole account. */
async function chargedSpan(db: Kysely<BookTables>, account: string, asset: string): Promise<Interval> {
  const series = (await readSeries(db, account)).filter((one) => one.asset === asset)
  if (series.length === 0) return interval(0, 0)
  return interval(Math.min(...series.map(({ firstAt }) => firstAt)), Math.max(...series.map(({ lastAt }) => lastAt)) + 1)
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
  for (const [, { asset, instId, marginMode, loanType, lastAt }] of [...newest].sort(([left], [right]) => (left < right ? -1 : 1))) {
    const row = await db
      .selectFrom('charges')
      .selectAll()
      .where('account', '=', account)
      .where('at', '=', lastAt)
      .where('asset', '=', asset)
      .where('inst_id', '=', instId)
      .where('margin_mode', '=', marginMode)
      .where('loan_type', '=', loanType)
      .executeTakeFirst()
    if (row !== undefined) charges.push(chargeOfRow(row))
  }
  return charges
}
