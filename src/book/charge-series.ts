import type { Kysely, Selectable, Transaction } from 'kysely'
import type { BookEngine, TableWriter } from './engines/engine.ts'
import type { Charge } from './record.ts'
import type { BookTables, ChargeSeriesTable } from './tables/tables.ts'

/** The charges of one asset, instrument, margin mode and loan type: from the first to the last. */
export interface ChargeSeries {
  readonly account: string
  readonly asset: string
  readonly instId: string
  readonly marginMode: string
  readonly loanType: string
  readonly firstAt: number
  readonly lastAt: number
}

const seriesWriter: TableWriter<ChargeSeries> = {
  table: 'charge_series',
  columns: ['account', 'asset', 'inst_id', 'margin_mode', 'loan_type', 'first_at', 'last_at'],
  keyLength: 5,
  values: (series) => [series.account, series.asset, series.instId, series.marginMode, series.loanType, series.firstAt, series.lastAt],
}

export async function readSeries(db: Kysely<BookTables>, account: string): Promise<readonly ChargeSeries[]> {
  const rows = await db.selectFrom('charge_series').selectAll().where('account', '=', account).execute()
  return rows.map(seriesOfRow)
}

function seriesOfRow(row: Selectable<ChargeSeriesTable>): ChargeSeries {
  return {
    account: row.account,
    asset: row.asset,
    instId: row.inst_id,
    marginMode: row.margin_mode,
    loanType: row.loan_type,
    firstAt: Number(row.first_at),
    lastAt: Number(row.last_at),
  }
}

/** Keeps the series up to date with newly added charges. */
export async function widenSeries(
  engine: BookEngine,
  transaction: Transaction<BookTables>,
  account: string,
  added: readonly Charge[],
): Promise<void> {
  if (added.length === 0) return
  const known = new Map((await readSeries(transaction, account)).map((series) => [seriesKey(series), series]))
  const touched = new Map<string, ChargeSeries>()
  for (const charge of added) {
    const { asset, instId, marginMode, loanType, at } = charge
    const key = seriesKey(charge)
    const before = touched.get(key) ?? known.get(key)
    if (before !== undefined && before.firstAt <= at && at <= before.lastAt) continue
    const firstAt = Math.min(before?.firstAt ?? at, at)
    const lastAt = Math.max(before?.lastAt ?? at, at)
    touched.set(key, { account, asset, instId, marginMode, loanType, firstAt, lastAt })
  }
  await engine.put(transaction, seriesWriter, [...touched.values()])
}

// None of the four holds a line break: labels of the exchanges are words.
export function seriesKey({ asset, instId, marginMode, loanType }: Pick<Charge, 'asset' | 'instId' | 'marginMode' | 'loanType'>): string {
  return `${asset}\n${instId}\n${marginMode}\n${loanType}`
}
