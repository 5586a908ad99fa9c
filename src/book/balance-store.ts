import type { Kysely } from 'kysely'
import { holdAccount } from './account-store.ts'
import { assertOwnRows } from './assert-own-rows.ts'
import type { BookEngine, TableWriter } from './engines/engine.ts'
import type { OrderedKind } from './ordered-rows.ts'
import { readRows } from './read-rows.ts'
import type { BalanceSnapshot } from './record.ts'
import { decimalField, rowTable, textField, wholeField } from './tables/row-table.ts'
import type { BookTables } from './tables/tables.ts'

const table = rowTable<BalanceSnapshot>(
  'balances',
  {
    account: textField('account'),
    asset: textField('asset'),
    takenAt: wholeField('taken_at'),
    total: decimalField('total'),
    owed: decimalField('owed'),
    free: decimalField('free'),
    um: decimalField('um'),
    cm: decimalField('cm'),
    interest: decimalField('interest'),
    updatedAt: wholeField('updated_at'),
  },
  3,
  'takenAt',
)

export interface NewestBalance {
  readonly account: string
  readonly asset: string
  readonly lastAt: number
}

export const balanceSeriesWriter: TableWriter<NewestBalance> = {
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
    await engine.insertNew(transaction, table.writer, snapshots)
    const newest = new Map<string, number>()
    for (const row of await transaction.selectFrom('balance_series').selectAll().where('account', '=', account).execute()) {
      newest.set(row.asset, Number(row.last_at))
    }
    const moved = new Map<string, NewestBalance>()
    for (const { asset, takenAt } of snapshots) {
      const lastAt = moved.get(asset)?.lastAt ?? newest.get(asset)
      if (lastAt === undefined || takenAt > lastAt) moved.set(asset, { account, asset, lastAt: takenAt })
    }
    const replaced = [...moved.keys()].flatMap((asset) => {
      const lastAt = newest.get(asset)
      return lastAt === undefined ? [] : [{ account, asset, lastAt }]
    })
    await engine.put(transaction, balanceSeriesWriter, [...moved.values()], replaced)
  })
}

/** The newest snapshot of each asset, by asset. */
export async function readLatestBalances(db: Kysely<BookTables>, account: string): Promise<readonly BalanceSnapshot[]> {
  const newest = await db.selectFrom('balance_series').selectAll().where('account', '=', account).orderBy('asset').execute()
  const pages = newest.map(({ asset, last_at }) => readRows(db, table, account, { equal: { asset }, instants: [Number(last_at)] }))
  return (await Promise.all(pages)).flat()
}

/** Snapshots in the order in which they were taken. */
export const balances: OrderedKind<BalanceSnapshot> = {
  tables: ['balances'],
  instantOf: ({ takenAt }) => takenAt,
  read: (db, account, page) => readRows(db, table, account, page),
}
