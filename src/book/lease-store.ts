import { holdAccount } from './account-store.ts'
import type { BookEngine, TableWriter } from './engines/engine.ts'
import type { SyncLease } from './record.ts'

const leaseWriter: TableWriter<SyncLease> = {
  table: 'leases',
  columns: ['account', 'holder', 'until_at'],
  keyLength: 1,
  values: ({ account, holder, until }) => [account, holder, until],
}

/** Takes or prolongs the lease unless another holds it at `now`; gives whoever holds it afterwards. */
export function takeLease(engine: BookEngine, lease: SyncLease, now: number): Promise<SyncLease> {
  const { account } = lease
  return engine.write(async (transaction) => {
    await holdAccount(engine, transaction, account)
    const row = await transaction.selectFrom('leases').selectAll().where('account', '=', account).executeTakeFirst()
    if (row !== undefined && row.holder !== lease.holder && Number(row.until_at) > now) {
      return Object.freeze({ account, holder: row.holder, until: Number(row.until_at) })
    }
    await engine.put(transaction, leaseWriter, [lease])
    return lease
  })
}

/** Gives it back; does nothing where another holds it. */
export async function dropLease(engine: BookEngine, account: string, holder: string): Promise<void> {
  await engine.write((transaction) =>
    transaction.deleteFrom('leases').where('account', '=', account).where('holder', '=', holder).execute(),
  )
}
