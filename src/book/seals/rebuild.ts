import { sql, type Transaction } from 'kysely'
import type { Interval } from '../../time/interval.ts'
import { intervalSet } from '../../time/interval-set.ts'
import { balanceSeriesWriter } from '../balance-store.ts'
import { assetSeries, readSeries, type StoredCharge, seriesWriter } from '../charge-series.ts'
import type { BookEngine } from '../engines/engine.ts'
import { addToTotals } from '../interest-totals.ts'
import type { Stream } from '../record.ts'
import { chargeOfRow } from '../stored-charge.ts'
import type { BookTables } from '../tables/tables.ts'
import { sealedTable } from './assert-sound.ts'
import { readGroups } from './read-groups.ts'

const rowsAtOnce = 5_000

async function dropSeals(transaction: Transaction<BookTables>, table: keyof BookTables, owner: string): Promise<void> {
  await transaction.deleteFrom('seals').where('kind', '=', sealedTable(table).kind).where('owner', '=', owner).execute()
}

/** Whether the rows of an owner are what its seal says, as they now stand in the transaction. */
async function fits(engine: BookEngine, transaction: Transaction<BookTables>, table: keyof BookTables, owner: string): Promise<boolean> {
  const { damaged } = await readGroups({ kind: engine.kind, db: transaction }, sealedTable(table), { owner, from: 0, to: 1 })
  return damaged.length === 0
}

/**
 * First and last instants of the series, from the rows. Their names stand nowhere else: where the seal does not fit with the
 * instants made right, they are what was damaged.
 * @returns false where names are damaged; then nothing is changed that matters
 */
export async function rebuildSeries(
  engine: BookEngine,
  transaction: Transaction<BookTables>,
  account: string,
  number: string,
): Promise<boolean> {
  const isWhole = await fits(engine, transaction, 'charge_series', account)
  const ends = await transaction
    .selectFrom('charge_rows')
    .select(({ fn }) => ['series', fn.min('at').as('first'), fn.max('at').as('last')])
    .where('account_number', '=', Number(number))
    .groupBy('series')
    .execute()
  const bySeries = new Map(ends.map(({ series, first, last }) => [Number(series), { firstAt: Number(first), lastAt: Number(last) }]))
  const before = await readSeries(transaction, account)
  const after = before.map((series) => ({ ...series, ...bySeries.get(series.number) }))
  if (!isWhole) {
    // Not through the seal: it says whether these are what was written.
    for (const series of after) await putSeries(transaction, series)
    return (
      (await fits(engine, transaction, 'charge_series', account)) &&
      ends.every(({ series }) => before.some((one) => one.number === Number(series)))
    )
  }
  await engine.put(transaction, seriesWriter, after, before)
  await engine.settle(transaction)
  return true
}

async function putSeries(transaction: Transaction<BookTables>, series: Awaited<ReturnType<typeof readSeries>>[number]): Promise<void> {
  await transaction
    .updateTable('charge_series')
    .set({ first_at: series.firstAt, last_at: series.lastAt })
    .where('account', '=', series.account)
    .where('number', '=', series.number)
    .execute()
}

/** Daily and monthly totals, from the charges. */
export async function rebuildTotals(
  engine: BookEngine,
  transaction: Transaction<BookTables>,
  account: string,
  number: number,
): Promise<void> {
  for (const table of ['day_totals', 'month_totals'] as const) {
    await transaction.deleteFrom(table).where('account_number', '=', number).execute()
    await dropSeals(transaction, table, String(number))
  }
  const series = await readSeries(transaction, account)
  const byNumber = new Map(series.map((one) => [one.number, one]))
  const assets = assetSeries(series)
  for (let beyond: StoredCharge | undefined; ; ) {
    let query = transaction.selectFrom('charge_rows').selectAll().where('account_number', '=', number)
    if (beyond !== undefined) {
      const [at, last] = [beyond.charge.at, beyond.series]
      query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('at', 'series'), '>', tuple(at, last)))
    }
    const rows = await query.orderBy('at').orderBy('series').limit(rowsAtOnce).execute()
    const charges = rows.flatMap((row): StoredCharge[] => {
      const one = byNumber.get(Number(row.series))
      return one === undefined ? [] : [{ charge: chargeOfRow(row, one), account: number, series: one.number }]
    })
    await addToTotals(engine, transaction, assets, charges)
    beyond = charges.at(-1)
    if (rows.length < rowsAtOnce || beyond === undefined) return
  }
}

/** When each asset was seen last, from the balances. */
export async function rebuildBalanceSeries(engine: BookEngine, transaction: Transaction<BookTables>, account: string): Promise<void> {
  await transaction.deleteFrom('balance_series').where('account', '=', account).execute()
  await dropSeals(transaction, 'balance_series', account)
  const rows = await transaction
    .selectFrom('balances')
    .select([sql<string>`asset`.as('asset'), sql<number>`max(taken_at)`.as('last_at')])
    .where('account', '=', account)
    .groupBy(sql`asset`)
    .execute()
  await engine.put(
    transaction,
    balanceSeriesWriter,
    rows.map((row) => ({ account, asset: row.asset, lastAt: Number(row.last_at) })),
  )
}

/**
 * The proofs joined, from the proofs as they were given, where the seal says that none was ever withdrawn. Otherwise nothing is
 * proven any more: which of them still hold is not known.
 * @returns whether they are what was written
 */
export async function rebuildProven(engine: BookEngine, transaction: Transaction<BookTables>, account: string): Promise<boolean> {
  const given = new Map<Stream, Interval[]>()
  for (const row of await transaction.selectFrom('coverage').selectAll().where('account', '=', account).execute()) {
    const stream = row.stream as Stream
    given.set(stream, [...(given.get(stream) ?? []), { from: Number(row.from_at), to: Number(row.to_at) }])
  }
  const joined = [...given].flatMap(([stream, spans]) => intervalSet(spans).map(({ from, to }) => ({ account, stream, from, to })))
  await transaction.deleteFrom('proven').where('account', '=', account).execute()
  for (const { stream, from, to } of joined) {
    await transaction.insertInto('proven').values({ account, stream, from_at: from, to_at: to }).execute()
  }
  if (await fits(engine, transaction, 'proven', account)) return true
  await transaction.deleteFrom('proven').where('account', '=', account).execute()
  await dropSeals(transaction, 'proven', account)
  return false
}
