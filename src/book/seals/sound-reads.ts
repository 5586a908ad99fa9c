import { isOverdraftError } from '../../errors/overdraft-error.ts'
import type { Interval } from '../../time/interval.ts'
import { dayMs } from '../../time/units.ts'
import { accountLabels, accountNumber } from '../account-store.ts'
import type { BookEngine } from '../engines/engine.ts'
import type { BookTables } from '../tables/tables.ts'
import { assertSound, groupsWithin, sealedTable } from './assert-sound.ts'

/** That the list of accounts is what was written: everything is found by it. @throws `book.damaged` */
export function assertAccounts(engine: BookEngine): Promise<void> {
  return assertSound(engine, 'accounts', '', '')
}

/**
 * Reads of one account, after making sure that there is such an account and that what is read is what was written.
 * @throws `book.account-unknown`, `book.damaged`
 */
export async function soundRead<Result>(
  opened: () => BookEngine,
  account: string,
  tables: readonly (keyof BookTables)[],
  read: (db: BookEngine['db']) => Promise<Result>,
  within?: Interval,
): Promise<Result> {
  await assertAccounts(opened())
  await accountLabels(opened().db, [account])
  for (const table of tables) {
    const sealed = sealedTable(table)
    const owner = sealed.owner === 'account_number' ? String(await accountNumber(opened().db, account)) : account
    await assertSound(opened(), table, owner, account, groupsWithin(sealed, within))
  }
  // It may have been closed meanwhile.
  return read(opened().db)
}

/** What totals are read from. */
export async function assertTotals(engine: BookEngine, account: string, by: string, within: Interval | undefined): Promise<void> {
  const number = String(await accountNumber(engine.db, account))
  await assertSound(engine, 'charge_series', account, account)
  if (by !== 'day') await assertSound(engine, 'month_totals', number, account)
  // Days where they are told, and at both ends of a span; the days between cost as little as a month of charges.
  if (by !== 'day' && within === undefined) return
  const sealed = sealedTable('day_totals')
  const days = within === undefined ? undefined : { from: Math.floor(within.from / dayMs), to: Math.ceil(within.to / dayMs) }
  if (days === undefined || by === 'day') return assertSound(engine, 'day_totals', number, account, groupsWithin(sealed, days))
  for (const at of new Set([days.from, days.to - 1, days.from + monthDays, days.to - monthDays])) {
    await assertSound(engine, 'day_totals', number, account, groupsWithin(sealed, { from: at, to: at + 1 }))
  }
}

/** No longer than a group of days: whatever lies between both ends of a month is in the group of either. */
const monthDays = 31

/**
 * What a read cannot make sense of, by any error, is damage where a seal says so, and a fault of ours otherwise.
 * @throws `book.damaged`, or what was thrown
 */
export async function orDamaged<Result>(read: () => Promise<Result>, assert: () => Promise<void>): Promise<Result> {
  try {
    return await read()
  } catch (error) {
    if (!isOverdraftError(error, 'book.damaged')) await assert()
    throw error
  }
}
