import { type Kysely, sql } from 'kysely'
import { decimalOf } from '../../decimal/decimal.ts'
import { isoMonth } from '../../time/instant.ts'
import { dayMs } from '../../time/units.ts'
import { addTo, type Sum } from '../sum.ts'
import { mantissaColumn } from '../tables/decimal-columns.ts'
import { createTable } from './column-types.ts'
import type { Migration } from './migration.ts'

/**
 * Charges name their account and series by number: five words in each of millions of rows were more than half of a book.
 * Totals are kept by month as well, so that years are added up without their days.
 */
export const thirdSchema: Migration = {
  number: 3,
  name: 'numbered series',
  async apply(db, engine) {
    const whole = engine === 'sqlite' ? sql`integer` : sql`bigint`
    for (const table of ['accounts', 'charge_series']) {
      await db.schema
        .alterTable(table)
        .addColumn('number', whole, (column) => column.notNull().defaultTo(0))
        .execute()
    }
    await numberAll(db as unknown as Kysely<OldTables>)
    await db.schema.createIndex('accounts_by_number').unique().on('accounts').columns(['number']).execute()
    await createTable(
      db,
      engine,
      'charge_rows',
      // Time first: reports read spans of time, and pages of an exchange come in its order.
      { account_number: 'whole', at: 'instant', series: 'whole' },
      {
        principal: 'decimal',
        rate: 'decimal',
        interest: 'decimal',
        total_liability: 'decimal?',
        free_liability: 'decimal?',
        extra: 'text?',
        received_at: 'instant',
      },
    )
    const sums = { charges: 'whole', interest: 'decimal' } as const
    await createTable(db, engine, 'day_totals', { account_number: 'whole', day: 'whole', asset_series: 'whole' }, sums)
    await createTable(db, engine, 'month_totals', { account_number: 'whole', month: 'text', asset_series: 'whole' }, sums)
    const tables = db as unknown as Kysely<OldTables>
    await moveCharges(tables)
    await moveDays(tables)
    await addUpMonths(tables)
    for (const table of ['charges', 'interest_days']) await db.schema.dropTable(table).execute()
  },
}

interface OldTables {
  accounts: { account: string; number: number }
  charge_series: SeriesKey & { number: number }
  charges: SeriesKey & ChargeColumns
  charge_rows: ChargeColumns & { account_number: number; series: number }
  interest_days: TotalColumns & { account: string; asset: string; day: number }
  day_totals: TotalColumns & { account_number: number; asset_series: number; day: number }
  month_totals: TotalColumns & { account_number: number; asset_series: number; month: string }
}

interface SeriesKey {
  account: string
  asset: string
  inst_id: string
  margin_mode: string
  loan_type: string
}

type ChargeColumns = Record<(typeof chargeColumns)[number], number>

interface TotalColumns {
  charges: number
  interest_mantissa: bigint | string
  interest_scale: number
}

const seriesColumns = ['account', 'asset', 'inst_id', 'margin_mode', 'loan_type'] as const
const chargeColumns = [
  'at',
  'principal_mantissa',
  'principal_scale',
  'rate_mantissa',
  'rate_scale',
  'interest_mantissa',
  'interest_scale',
  'total_liability_mantissa',
  'total_liability_scale',
  'free_liability_mantissa',
  'free_liability_scale',
  'extra',
  'received_at',
] as const
const totalColumns = ['charges', 'interest_mantissa', 'interest_scale'] as const

/** Accounts from 1 on, and the series of each account from 1 on. */
async function numberAll(db: Kysely<OldTables>): Promise<void> {
  const accounts = await db.selectFrom('accounts').select('account').orderBy('account').execute()
  for (const [place, { account }] of accounts.entries()) {
    await db
      .updateTable('accounts')
      .set({ number: place + 1 })
      .where('account', '=', account)
      .execute()
    let query = db.selectFrom('charge_series').select(seriesColumns).where('account', '=', account)
    for (const column of seriesColumns) query = query.orderBy(column)
    for (const [seriesPlace, series] of (await query.execute()).entries()) {
      let update = db.updateTable('charge_series').set({ number: seriesPlace + 1 })
      for (const column of seriesColumns) update = update.where(column, '=', series[column])
      await update.execute()
    }
  }
}

async function moveCharges(db: Kysely<OldTables>): Promise<void> {
  const rows = db
    .selectFrom('charges')
    .innerJoin('accounts', 'accounts.account', 'charges.account')
    .innerJoin('charge_series', (join) => {
      let joined = join
      for (const column of seriesColumns) joined = joined.onRef(`charge_series.${column}`, '=', `charges.${column}`)
      return joined
    })
    .select(['accounts.number as account_number', 'charge_series.number as series'])
    .select(chargeColumns.map((column) => `charges.${column}` as const))
    .orderBy('accounts.number')
    .orderBy('charges.at')
    .orderBy('charge_series.number')
  await db
    .insertInto('charge_rows')
    .columns(['account_number', 'series', ...chargeColumns])
    .expression(rows)
    .execute()
}

async function moveDays(db: Kysely<OldTables>): Promise<void> {
  const firstOfAsset = db
    .selectFrom('charge_series')
    .select(['account', 'asset', ({ fn }) => fn.min('number').as('number')])
    .groupBy(['account', 'asset'])
    .as('first')
  const rows = db
    .selectFrom('interest_days')
    .innerJoin('accounts', 'accounts.account', 'interest_days.account')
    .innerJoin(firstOfAsset, (join) =>
      join.onRef('first.account', '=', 'interest_days.account').onRef('first.asset', '=', 'interest_days.asset'),
    )
    .select(['accounts.number as account_number', 'first.number as asset_series', 'interest_days.day'])
    .select(totalColumns.map((column) => `interest_days.${column}` as const))
    .orderBy('accounts.number')
    .orderBy('interest_days.day')
    .orderBy('first.number')
  await db
    .insertInto('day_totals')
    .columns(['account_number', 'asset_series', 'day', ...totalColumns])
    .expression(rows)
    .execute()
}

/** Scales differ from day to day, so that SQL alone cannot add them up. One account at a time is in memory. */
async function addUpMonths(db: Kysely<OldTables>): Promise<void> {
  for (const { number } of await db.selectFrom('accounts').select('number').execute()) {
    const months = new Map<string, Sum & { readonly month: string; readonly series: number }>()
    for (const row of await db.selectFrom('day_totals').selectAll().where('account_number', '=', number).execute()) {
      const month = isoMonth(Number(row.day) * dayMs)
      const series = Number(row.asset_series)
      const key = `${month} ${series}`
      const sum = months.get(key) ?? { month, series, charges: 0, mantissa: 0n, scale: 0 }
      months.set(key, sum)
      addTo(sum, Number(row.charges), BigInt(row.interest_mantissa), Number(row.interest_scale))
    }
    for (const { month, series, charges, mantissa, scale } of months.values()) {
      const interest_mantissa = mantissaColumn(decimalOf(mantissa, scale))
      const row = { account_number: number, month, asset_series: series, charges, interest_mantissa, interest_scale: scale }
      await db.insertInto('month_totals').values(row).execute()
    }
  }
}
