import type { Kysely, Transaction } from 'kysely'
import type { ChargeSeriesName } from './book-interface.ts'
import type { BookEngine, TableWriter } from './engines/engine.ts'
import type { Charge } from './record.ts'
import type { BookTables } from './tables/tables.ts'

/** The charges of one asset, instrument, margin mode and loan type: from the first to the last. */
export interface ChargeSeries extends ChargeSeriesName {
  readonly account: string
  readonly firstAt: number
  readonly lastAt: number
  /** What stands for the series in the rows of the account; never given to another. */
  readonly number: number
}

/** A charge with the numbers that its account and series have in the book. */
export interface StoredCharge {
  readonly charge: Charge
  readonly account: number
  readonly series: number
}

export const seriesWriter: TableWriter<ChargeSeries> = {
  table: 'charge_series',
  columns: ['account', 'asset', 'inst_id', 'margin_mode', 'loan_type', 'first_at', 'last_at', 'number'],
  keyLength: 5,
  values: ({ account, asset, instId, marginMode, loanType, firstAt, lastAt, number }) => [
    account,
    asset,
    instId,
    marginMode,
    loanType,
    firstAt,
    lastAt,
    number,
  ],
}

/** By asset, instrument, margin mode and loan type. */
export async function readSeries(db: Kysely<BookTables>, account: string): Promise<readonly ChargeSeries[]> {
  let query = db.selectFrom('charge_series').selectAll().where('account', '=', account)
  for (const column of ['asset', 'inst_id', 'margin_mode', 'loan_type'] as const) query = query.orderBy(column)
  return (await query.execute()).map((row) => ({
    account: row.account,
    asset: row.asset,
    instId: row.inst_id,
    marginMode: row.margin_mode,
    loanType: row.loan_type,
    firstAt: Number(row.first_at),
    lastAt: Number(row.last_at),
    number: Number(row.number),
  }))
}

/** The charges with their numbers, in the order of their keys; a series that is new gets the next number. */
export function numberedCharges(known: readonly ChargeSeries[], account: number, charges: readonly Charge[]): readonly StoredCharge[] {
  const numbers = new Map(known.map((series) => [seriesKey(series), series.number]))
  const numbered = charges.map((charge) => {
    const key = seriesKey(charge)
    const series = numbers.get(key) ?? numbers.size + 1
    if (series > numbers.size) numbers.set(key, series)
    return { charge, account, series }
  })
  // Newest first, as exchanges send them, a page of the file would be split at its beginning each time and stay half empty.
  return numbered.sort((left, right) => left.charge.at - right.charge.at || left.series - right.series)
}

/** Keeps the series up to date with newly added charges; gives all there are then. */
export async function widenSeries(
  engine: BookEngine,
  transaction: Transaction<BookTables>,
  known: readonly ChargeSeries[],
  added: readonly StoredCharge[],
): Promise<readonly ChargeSeries[]> {
  const before = new Map(known.map((series) => [series.number, series]))
  const touched = new Map<number, ChargeSeries>()
  for (const { charge, series: number } of added) {
    const { account, asset, instId, marginMode, loanType, at } = charge
    const one = touched.get(number) ?? before.get(number)
    if (one !== undefined && one.firstAt <= at && at <= one.lastAt) continue
    const firstAt = Math.min(one?.firstAt ?? at, at)
    const lastAt = Math.max(one?.lastAt ?? at, at)
    touched.set(number, { account, asset, instId, marginMode, loanType, firstAt, lastAt, number })
  }
  const widened = [...touched.values()]
  const replaced = widened.flatMap(({ number }) => before.get(number) ?? [])
  await engine.put(transaction, seriesWriter, widened, replaced)
  return [...new Map([...before, ...touched]).values()]
}

// None of the four holds a line break: labels of the exchanges are words.
function seriesKey({ asset, instId, marginMode, loanType }: ChargeSeriesName): string {
  return `${asset}\n${instId}\n${marginMode}\n${loanType}`
}

/** The numbers of the series that stand for their assets in totals: the first of each, which never changes. */
export function assetSeries(series: readonly ChargeSeries[]): ReadonlyMap<string, number> {
  const first = new Map<string, number>()
  for (const { asset, number } of series) first.set(asset, Math.min(first.get(asset) ?? number, number))
  return first
}
