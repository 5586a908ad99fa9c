import type { Kysely, Selectable } from 'kysely'
import type { Interval } from '../time/interval.ts'
import { accountNumber } from './account-store.ts'
import { type ChargeSeries, readSeries } from './charge-series.ts'
import { chargedDays } from './charged-days.ts'
import type { BookEngine } from './engines/engine.ts'
import type { RowPage } from './read-rows.ts'
import type { Charge } from './record.ts'
import { assertSound, groupsWithin, sealedTable } from './seals/assert-sound.ts'
import { soundRead } from './seals/sound-reads.ts'
import { chargeOfRow } from './stored-charge.ts'
import type { BookTables, ChargeTable } from './tables/tables.ts'

/**
 * One page of an account's charges, ordered by instant, then by the rest of the key. The charges of its last instant are
 * all there, so that a page may be longer than was asked for, by one instant.
 */
export async function readCharges(db: Kysely<BookTables>, account: string, page: RowPage<Charge>): Promise<readonly Charge[]> {
  const { equal = {}, newestFirst = false } = page
  const all = await readSeries(db, account)
  const series = equal.asset === undefined ? all : all.filter(({ asset }) => asset === equal.asset)
  const within = spanOf(series, page)
  if (within === undefined) return []
  const rows = await readStored(db, await accountNumber(db, account), { ...page, within, series, ofAll: series.length === all.length })
  const places = new Map(series.map((one, place) => [one.number, { one, place }]))
  const placed = rows.flatMap((row) => {
    const found = places.get(Number(row.series))
    return found === undefined ? [] : [{ charge: chargeOfRow(row, found.one), place: found.place }]
  })
  placed.sort((left, right) => (left.charge.at - right.charge.at || left.place - right.place) * (newestFirst ? -1 : 1))
  return placed.map(({ charge }) => charge)
}

interface StoredPage extends RowPage<Charge> {
  readonly within: Interval
  readonly series: readonly ChargeSeries[]
  /** Whether these are all series of the account. */
  readonly ofAll: boolean
}

async function readStored(db: Kysely<BookTables>, account: number, page: StoredPage): Promise<readonly Selectable<ChargeTable>[]> {
  const { within, series, ofAll, instants, newestFirst = false, limit } = page
  const numbers = series.map(({ number }) => number)
  const ofAccount = db.selectFrom('charge_rows').selectAll().where('account_number', '=', account)
  const ofSeries = ofAll ? ofAccount : ofAccount.where('series', 'in', numbers)
  const ofInstants = instants === undefined ? ofSeries : ofSeries.where('at', 'in', instants)
  const direction = newestFirst ? 'desc' : 'asc'
  const query = ofInstants.orderBy('at', direction).orderBy('series', direction)
  const asset = Math.min(...numbers)
  const spans = ofAll || limit === undefined ? [within] : await chargedDays(db, { account, asset, within, newestFirst, charges: limit })
  const rows: Selectable<ChargeTable>[] = []
  for (const { from, to } of spans) {
    const inSpan = query.where('at', '>=', from).where('at', '<', to)
    rows.push(...(await (limit === undefined ? inSpan : inSpan.limit(limit - rows.length)).execute()))
    if (rows.length === limit) break
  }
  const last = rows.at(-1)
  if (last !== undefined && rows.length === limit) {
    const rest = ofSeries.where('at', '=', Number(last.at)).where('series', newestFirst ? '<' : '>', Number(last.series))
    rows.push(...(await rest.execute()))
  }
  return rows
}

/** Where there can be charges of a page at all: series of its own, within what is asked for, beyond the page before. */
function spanOf(series: readonly ChargeSeries[], { within, beyond, newestFirst }: RowPage<Charge>): Interval | undefined {
  if (series.length === 0) return undefined
  const firstAt = Math.min(...series.map((one) => one.firstAt))
  const lastAt = Math.max(...series.map((one) => one.lastAt))
  const from = Math.max(firstAt, within?.from ?? firstAt, beyond === undefined || newestFirst === true ? firstAt : beyond.at + 1)
  const to = Math.min(lastAt + 1, within?.to ?? lastAt + 1, beyond === undefined || newestFirst !== true ? lastAt + 1 : beyond.at)
  return from < to ? { from, to } : undefined
}

/** The newest charge of each asset, instrument and margin mode, whatever its loan type. */
export async function latestCharges(opened: () => BookEngine, account: string): Promise<readonly Charge[]> {
  const series = await soundRead(opened, account, ['charge_series'], (db) => readSeries(db, account))
  const number = String(await accountNumber(opened().db, account))
  const sealed = sealedTable('charge_rows')
  for (const at of new Set(series.map(({ lastAt }) => groupsWithin(sealed, { from: lastAt, to: lastAt + 1 }).from))) {
    await assertSound(opened(), 'charge_rows', number, account, { from: at, to: at + 1 })
  }
  return readLatestCharges(opened().db, account)
}

async function readLatestCharges(db: Kysely<BookTables>, account: string): Promise<readonly Charge[]> {
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
