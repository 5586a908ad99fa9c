import type { Kysely, Selectable } from 'kysely'
import { holdAccount } from './account-store.ts'
import { assertOwnRows } from './assert-own-rows.ts'
import type { BookEngine, TableWriter } from './engines/engine.ts'
import type { BalanceSnapshot } from './record.ts'
import { decimalOfColumns, mantissaColumn } from './tables/decimal-columns.ts'
import type { BalanceTable, BookTables } from './tables/tables.ts'

const amounts = ['total', 'owed', 'free', 'um', 'cm', 'interest'] as const

const balanceWriter: TableWriter<BalanceSnapshot> = {
  table: 'balances',
  columns: ['account', 'asset', 'taken_at', ...amounts.flatMap((amount) => [`${amount}_mantissa`, `${amount}_scale`]), 'updated_at'],
  keyLength: 3,
  values: (snapshot) => [
    snapshot.account,
    snapshot.asset,
    snapshot.takenAt,
    ...amounts.flatMap((amount) => [mantissaColumn(snapshot[amount]), snapshot[amount].scale]),
    snapshot.updatedAt,
  ],
}

interface Newest {
  readonly account: string
  readonly asset: string
  readonly lastAt: number
}

const newestWriter: TableWriter<Newest> = {
  table: 'balance_series',
  columns: ['account', 'asset', 'last_at'],
  keyLength: 2,
  values: ({ account, asset, lastAt }) => [account, asset, lastAt],
}

/** Snapshots as they were taken; one that is there already is left as it is. */
export async function recordBalances(engine: BookEngine, account: string, snapshots: readonly BalanceSnapshot[]): Promise<void> {
  assertOwnRows(account, 'balance', snapshots)
  await engine.write(async (transaction) => {
    await holdAccount(engine, transaction, account)
    await engine.insertNew(transaction, balanceWriter, snapshots)
    const newest = new Map<string, number>()
    for (const row of await transaction.selectFrom('balance_series').selectAll().where('account', '=', account).execute()) {
      newest.set(row.asset, Number(row.last_at))
    }
    const moved = new Map<string, Newest>()
    for (const { asset, takenAt } of snapshots) {
      const lastAt = moved.get(asset)?.lastAt ?? newest.get(asset)
      if (lastAt === undefined || takenAt > lastAt) moved.set(asset, { account, asset, lastAt: takenAt })
    }
    await engine.put(transaction, newestWriter, [...moved.values()])
  })
}

/** The newest snapshot of each asset, by asset. */
export async function readLatestBalances(db: Kysely<BookTables>, account: string): Promise<readonly BalanceSnapshot[]> {
  const rows = await db
    .selectFrom('balance_series')
    .innerJoin('balances', (join) =>
      join
        .onRef('balances.account', '=', 'balance_series.account')
        .onRef('balances.asset', '=', 'balance_series.asset')
        .onRef('balances.taken_at', '=', 'balance_series.last_at'),
    )
    .selectAll('balances')
    .where('balance_series.account', '=', account)
    .orderBy('balances.asset')
    .execute()
  return rows.map(snapshotOfRow)
}

function snapshotOfRow(row: Selectable<BalanceTable>): BalanceSnapshot {
  return Object.freeze({
    account: row.account,
    takenAt: Number(row.taken_at),
    asset: row.asset,
    total: decimalOfColumns(row.total_mantissa, row.total_scale),
    owed: decimalOfColumns(row.owed_mantissa, row.owed_scale),
    free: decimalOfColumns(row.free_mantissa, row.free_scale),
    um: decimalOfColumns(row.um_mantissa, row.um_scale),
    cm: decimalOfColumns(row.cm_mantissa, row.cm_scale),
    interest: decimalOfColumns(row.interest_mantissa, row.interest_scale),
    updatedAt: Number(row.updated_at),
  })
}
