import type { Kysely, Transaction } from 'kysely'
import { isoInstant } from '../time/instant.ts'
import type { Interval } from '../time/interval.ts'
import { holdAccount } from './account-store.ts'
import { assertOwnRows } from './assert-own-rows.ts'
import type { RecordOutcome } from './book-interface.ts'
import { readProven, recordCoverage } from './coverage-store.ts'
import { differences, type Field } from './differences.ts'
import type { BookEngine, TableWriter } from './engines/engine.ts'
import { lateRows, lateSaying } from './late-rows.ts'
import { parted } from './parted.ts'
import type { CoverageSpan, ExchangeRun } from './record.ts'
import { decimalOfColumns, mantissaColumn } from './tables/decimal-columns.ts'
import type { BookTables } from './tables/tables.ts'

const runWriter: TableWriter<ExchangeRun> = {
  table: 'exchange_runs',
  columns: ['account', 'started_at', 'ended_at', 'received_at'],
  keyLength: 2,
  values: ({ account, from, to, receivedAt }) => [account, from, to, receivedAt],
}

type Detail = ExchangeRun['details'][number] & { readonly account: string; readonly from: number; readonly position: number }

const detailWriter: TableWriter<Detail> = {
  table: 'exchange_run_details',
  columns: [
    'account',
    'started_at',
    'position',
    'asset',
    'negative_balance_mantissa',
    'negative_balance_scale',
    'maximum_threshold_mantissa',
    'maximum_threshold_scale',
  ],
  keyLength: 3,
  values: ({ account, from, position, asset, negativeBalance, maximumThreshold }) => [
    account,
    from,
    position,
    asset,
    mantissaColumn(negativeBalance),
    negativeBalance.scale,
    mantissaColumn(maximumThreshold),
    maximumThreshold.scale,
  ],
}

/** Runs, their details and the coverage they prove, in one transaction. */
export async function recordExchangeRuns(
  engine: BookEngine,
  account: string,
  runs: readonly ExchangeRun[],
  coverage: readonly CoverageSpan[],
): Promise<RecordOutcome> {
  assertOwnRows(account, 'auto-exchange run', runs)
  return engine.write(async (transaction) => {
    await holdAccount(engine, transaction, account)
    const { added, again } = parted(runs, await engine.insertNew(transaction, runWriter, runs))
    const details = added.flatMap((run) => run.details.map((detail, position) => ({ account, from: run.from, position, ...detail })))
    await engine.put(transaction, detailWriter, details)
    const proven = added.length === 0 ? [] : await readProven(transaction, account, 'exchanges')
    await recordCoverage(engine, transaction, account, coverage)
    const late = lateRows(added, ({ from }) => from, proven).map((run) => `${runName(run)}: ${lateSaying}`)
    const changed = await changedRuns(transaction, account, again)
    return { added: added.length, known: again.length - changed.length, changed, late }
  })
}

async function changedRuns(db: Transaction<BookTables>, account: string, again: readonly ExchangeRun[]): Promise<readonly string[]> {
  const changed: string[] = []
  for (const run of again) {
    const [before] = await readExchangeRuns(db, account, { within: { from: run.from, to: run.from + 1 }, newestFirst: false, limit: 1 })
    const found = before === undefined ? [] : differences(runFields(before, run), runFields(run, before))
    if (found.length > 0) changed.push(`${runName(run)}: ${found.join(', ')}`)
  }
  return changed
}

function runName({ account, from }: ExchangeRun): string {
  return `auto-exchange run ${account} ${isoInstant(from)}`
}

/** The fields of `run`, with as many details as the longer of the two has. */
function runFields(run: ExchangeRun, other: ExchangeRun): readonly Field[] {
  const count = Math.max(run.details.length, other.details.length)
  const fields: Field[] = [
    ['end', run.to],
    ['number of assets', run.details.length],
  ]
  for (let position = 0; position < count; position++) {
    const detail = run.details[position]
    fields.push(['asset', detail?.asset])
    fields.push(['negative balance', detail?.negativeBalance], ['maximum threshold', detail?.maximumThreshold])
  }
  return fields
}

export interface RunPage {
  readonly within?: Interval | undefined
  readonly newestFirst: boolean
  readonly limit: number
  /** Only runs beyond this start, in the direction read. */
  readonly beyond?: number | undefined
}

/** One page of an account's runs with their details. */
export async function readExchangeRuns(db: Kysely<BookTables>, account: string, page: RunPage): Promise<readonly ExchangeRun[]> {
  const { within, newestFirst, beyond } = page
  let query = db.selectFrom('exchange_runs').selectAll().where('account', '=', account)
  if (within !== undefined) query = query.where('started_at', '>=', within.from).where('started_at', '<', within.to)
  if (beyond !== undefined) query = query.where('started_at', newestFirst ? '<' : '>', beyond)
  const rows = await query
    .orderBy('started_at', newestFirst ? 'desc' : 'asc')
    .limit(page.limit)
    .execute()
  if (rows.length === 0) return []
  const details = await readDetails(
    db,
    account,
    rows.map((row) => Number(row.started_at)),
  )
  return rows.map((row) =>
    Object.freeze({
      account,
      from: Number(row.started_at),
      to: Number(row.ended_at),
      details: Object.freeze(details.get(Number(row.started_at)) ?? []),
      receivedAt: Number(row.received_at),
    }),
  )
}

async function readDetails(
  db: Kysely<BookTables>,
  account: string,
  starts: readonly number[],
): Promise<Map<number, ExchangeRun['details'][number][]>> {
  const rows = await db
    .selectFrom('exchange_run_details')
    .selectAll()
    .where('account', '=', account)
    .where('started_at', 'in', starts)
    .orderBy('started_at')
    .orderBy('position')
    .execute()
  const details = new Map<number, ExchangeRun['details'][number][]>()
  for (const row of rows) {
    const detail = Object.freeze({
      asset: row.asset,
      negativeBalance: decimalOfColumns(row.negative_balance_mantissa, row.negative_balance_scale),
      maximumThreshold: decimalOfColumns(row.maximum_threshold_mantissa, row.maximum_threshold_scale),
    })
    const startedAt = Number(row.started_at)
    details.set(startedAt, [...(details.get(startedAt) ?? []), detail])
  }
  return details
}
