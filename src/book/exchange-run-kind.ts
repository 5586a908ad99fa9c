import type { Kysely } from 'kysely'
import type { Field } from './differences.ts'
import { parted } from './parted.ts'
import { readRows } from './read-rows.ts'
import type { ExchangeRun } from './record.ts'
import { keptInTable, type RowKind } from './row-kind.ts'
import { decimalField, rowTable, textField, wholeField } from './tables/row-table.ts'
import type { BookTables } from './tables/tables.ts'

type Detail = ExchangeRun['details'][number] & { readonly account: string; readonly from: number; readonly position: number }

const runTable = rowTable<Omit<ExchangeRun, 'details'>>(
  'exchange_runs',
  { account: textField('account'), from: wholeField('started_at'), to: wholeField('ended_at'), receivedAt: wholeField('received_at') },
  2,
  'from',
)

const detailTable = rowTable<Detail>(
  'exchange_run_details',
  {
    account: textField('account'),
    from: wholeField('started_at'),
    position: wholeField('position'),
    asset: textField('asset'),
    negativeBalance: decimalField('negative_balance'),
    maximumThreshold: decimalField('maximum_threshold'),
  },
  3,
  'from',
)

const kept = keptInTable(runTable)

/** Auto-exchange runs, with what they were for. */
export const exchangeRuns: RowKind<ExchangeRun> = {
  noun: 'auto-exchange run',
  tables: ['exchange_runs', 'exchange_run_details'],
  keyOf: kept.keyOf,
  nameOf: () => [],
  instantOf: ({ from }) => from,
  streamOf: () => 'exchanges',
  commonOf: (stream) => (stream === 'exchanges' ? {} : undefined),
  fieldsOf: runFields,
  async insert(engine, transaction, account, rows) {
    const { added, again } = parted(rows, await engine.insertNew(transaction, runTable.writer, rows))
    const details = added.flatMap((run) => run.details.map((detail, position) => ({ account, from: run.from, position, ...detail })))
    await engine.put(transaction, detailTable.writer, details)
    return { added, again }
  },
  async read(db, account, page) {
    const runs = await readRows(db, runTable, account, page)
    const details = await readDetails(
      db,
      account,
      runs.map(({ from }) => from),
    )
    return runs.map((run) => Object.freeze({ ...run, details: Object.freeze(details.get(run.from) ?? []) }))
  },
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

async function readDetails(
  db: Kysely<BookTables>,
  account: string,
  starts: readonly number[],
): Promise<ReadonlyMap<number, readonly ExchangeRun['details'][number][]>> {
  const details = new Map<number, ExchangeRun['details'][number][]>()
  if (starts.length === 0) return details
  for (const { from, asset, negativeBalance, maximumThreshold } of await readRows(db, detailTable, account, { instants: starts })) {
    const detail = Object.freeze({ asset, negativeBalance, maximumThreshold })
    const known = details.get(from)
    if (known === undefined) details.set(from, [detail])
    else known.push(detail)
  }
  return details
}
