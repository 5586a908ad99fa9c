import type { Kysely } from 'kysely'
import type { Interval } from '../time/interval.ts'
import { holdAccount } from './account-store.ts'
import { assertOwnRows } from './assert-own-rows.ts'
import type { BookEngine } from './engines/engine.ts'
import { readRows } from './read-rows.ts'
import type { ForecastCharge } from './record.ts'
import { decimalField, rowTable, textField, wholeField } from './tables/row-table.ts'
import type { BookTables } from './tables/tables.ts'

const table = rowTable<ForecastCharge>(
  'forecasts',
  {
    account: textField('account'),
    chargeAt: wholeField('charge_at'),
    day: wholeField('day'),
    asset: textField('asset'),
    position: textField('position'),
    madeAt: wholeField('made_at'),
    low: decimalField('low'),
    amount: decimalField('amount'),
    high: decimalField('high'),
  },
  5,
  'chargeAt',
)

/** The first forecast of a day stays: a later one knows more, and would score better than was foreseen. */
export async function recordForecast(engine: BookEngine, account: string, charges: readonly ForecastCharge[]): Promise<void> {
  assertOwnRows(account, 'forecast', charges)
  await engine.write(async (transaction) => {
    await holdAccount(engine, transaction, account)
    await engine.insertNew(transaction, table.writer, charges)
  })
}

/** Those whose charge falls into the span, oldest first. */
export function readForecasts(db: Kysely<BookTables>, account: string, within: Interval): Promise<readonly ForecastCharge[]> {
  return readRows(db, table, account, { within })
}
