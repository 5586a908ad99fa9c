import { Decimal } from 'decimal.js'
import { startPostgres } from '../test/support/postgres.ts'
import { amountOfDebt, assets, accounts as venueAccounts } from './scale-world.ts'

export interface BesideResult {
  /** OKX hours as `insert … select` per boundary into an indexed table, `fsync` off. */
  readonly sqlPerSecond: number
  readonly sqlBytesPerCharge: number
  /** The same hours in a loop with a decimal library, kept as objects in memory. */
  readonly loopPerSecond: number
}

const debts = (venueAccounts / 2) * assets.length
const rateDaily = '0.000098'

/** The hourly accrual of the OKX half, as one would write it without a venue: what is owed grows by its interest. */
export async function benchScaleBeside(hours = 12): Promise<BesideResult> {
  const { perSecond, bytesPerCharge } = await inSql(hours)
  return { sqlPerSecond: perSecond, sqlBytesPerCharge: bytesPerCharge, loopPerSecond: inLoop(Math.ceil(hours / 3)) }
}

async function inSql(hours: number): Promise<{ perSecond: number; bytesPerCharge: number }> {
  const { Client } = await import('pg')
  const server = await startPostgres()
  const client = new Client({ connectionString: server.url })
  await client.connect()
  try {
    await client.query(`
      CREATE TABLE debt (account int, asset text, liability numeric(38, 16) NOT NULL, PRIMARY KEY (account, asset));
      CREATE TABLE rate (asset text PRIMARY KEY, daily numeric NOT NULL);
      CREATE TABLE charge (account int, asset text, at bigint, liability numeric(38, 16), interest numeric(38, 16), rate numeric,
        PRIMARY KEY (account, at, asset));
    `)
    for (const asset of assets) await client.query('INSERT INTO rate VALUES ($1, $2)', [asset, rateDaily])
    const rows = allDebts()
    await client.query('INSERT INTO debt SELECT * FROM unnest($1::int[], $2::text[], $3::numeric[])', [
      rows.map(({ account }) => account),
      rows.map(({ asset }) => asset),
      rows.map(({ amount }) => amount),
    ])
    await client.query('ANALYZE')
    const started = process.hrtime.bigint()
    for (let hour = 0; hour < hours; hour++) {
      await client.query('BEGIN')
      await client.query(
        `INSERT INTO charge SELECT account, asset, $1::bigint, liability, ceil(liability * daily / 24 * 1e16) / 1e16, daily
         FROM debt JOIN rate USING (asset)`,
        [hour * 3_600_000],
      )
      await client.query(
        `UPDATE debt SET liability = debt.liability + charge.interest FROM charge
         WHERE charge.account = debt.account AND charge.asset = debt.asset AND charge.at = $1`,
        [hour * 3_600_000],
      )
      await client.query('COMMIT')
    }
    const seconds = secondsSince(started)
    const size = await client.query<{ bytes: string }>(`SELECT pg_total_relation_size('charge') AS bytes`)
    return { perSecond: (debts * hours) / seconds, bytesPerCharge: Number(size.rows[0]?.bytes) / (debts * hours) }
  } finally {
    await client.end()
    await server.stop()
  }
}

function inLoop(hours: number): number {
  const Exact = Decimal.clone({ precision: 60 })
  const owed = allDebts().map(({ amount }) => new Exact(amount))
  const rate = new Exact(rateDaily)
  const kept: { readonly liability: Decimal; readonly interest: Decimal }[][] = []
  const started = process.hrtime.bigint()
  for (let hour = 0; hour < hours; hour++) {
    kept.push(
      owed.map((liability, index) => {
        const interest = liability.times(rate).div(24).toDecimalPlaces(16, Decimal.ROUND_UP)
        owed[index] = liability.plus(interest)
        return { liability, interest }
      }),
    )
  }
  return (kept.length * debts) / secondsSince(started)
}

function allDebts(): { account: number; asset: string; amount: string }[] {
  return Array.from({ length: venueAccounts / 2 }, (_, account) =>
    assets.map((asset, place) => ({ account, asset, amount: amountOfDebt(account, place) })),
  ).flat()
}

function secondsSince(started: bigint): number {
  return Number(process.hrtime.bigint() - started) / 1e9
}
