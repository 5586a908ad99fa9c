import type { Kysely } from 'kysely'
import { type Interval, overlap } from '../time/interval.ts'
import { dayMs } from '../time/units.ts'
import type { BookTables } from './tables/tables.ts'

/** Whose days, where, and how many of them. */
export interface DaysAsked {
  readonly account: number
  /** The series that stands for the asset in totals. */
  readonly asset: number
  readonly within: Interval
  readonly newestFirst: boolean
  /** How many charges they are to hold at least, if there are so many. */
  readonly charges: number
}

/**
 * Where an asset has charges, by its daily totals, as runs of days in the direction read: an asset that is owed now and
 * then would cost a scan of everything else that was owed meanwhile.
 */
export async function chargedDays(db: Kysely<BookTables>, asked: DaysAsked): Promise<readonly Interval[]> {
  const { account, asset, within, newestFirst, charges } = asked
  const rows = await db
    .selectFrom('day_totals')
    .select('day')
    .where('account_number', '=', account)
    .where('asset_series', '=', asset)
    .where('day', '>=', Math.floor(within.from / dayMs))
    .where('day', '<', Math.ceil(within.to / dayMs))
    .orderBy('day', newestFirst ? 'desc' : 'asc')
    // Every day has a charge, though not the part of a day at either end.
    .limit(charges + 2)
    .execute()
  const runs: Interval[] = []
  for (const { day } of rows) {
    const from = Number(day) * dayMs
    const to = from + dayMs
    const run = runs.at(-1)
    if (run?.to === from) runs[runs.length - 1] = { from: run.from, to }
    else if (run?.from === to) runs[runs.length - 1] = { from, to: run.to }
    else runs.push({ from, to })
  }
  return runs.flatMap((run) => overlap(run, within) ?? [])
}
