import { openBook } from '../src/book/open-book.ts'
import { syncAll } from '../src/sync/sync-all.ts'
import { dayMs, hourMs } from '../src/time/units.ts'
import { DrivenClock } from '../test/differential/driven-clock.ts'
import { lowerBoundMs, type SyncWorldOptions, syncMembers, syncVenue } from '../test/support/sync-world.ts'
import { type LostRows, rowsLostBeside } from './sync-beside.ts'

/** One sync of a whole world: how long by its own clock, and what of the truth came. */
export interface TimedSync {
  readonly what: string
  readonly latencyMs: number
  readonly requests: number
  /** By the clock of the clients and the exchange. */
  readonly wallMs: number
  /** The sum of costs over the limit, of the pool that needs longest. */
  readonly boundMs: number
  /** Requests that a limit turned away. */
  readonly refused: number
  readonly rowsInTruth: number
  readonly rowsInBook: number
  readonly peakResidentBytes: number
}

export interface SyncResult {
  readonly timed: readonly TimedSync[]
  readonly lost: readonly LostRows[]
}

const startedAt = Date.UTC(2026, 5, 20, 10, 30, 17)

const worlds: readonly (readonly [what: string, world: SyncWorldOptions, latencyMs: number])[] = [
  ['1 Binance account, 40 debts, 400 days', { exchange: 'binance', accounts: 1, debts: 40, days: 400 }, 40],
  ['200 Binance accounts behind one address, 2 debts, 40 days', { exchange: 'binance', accounts: 200, debts: 2, days: 40 }, 40],
  ['1 OKX account, 3 debts, 360 days', { exchange: 'okx', accounts: 1, debts: 3, days: 360 }, 40],
  ['the same, 100 ms away', { exchange: 'okx', accounts: 1, debts: 3, days: 360 }, 100],
  ['200 OKX accounts, 2 debts, 20 days', { exchange: 'okx', accounts: 200, debts: 2, days: 20 }, 40],
]

/**
 * Whole syncs against the limits' own lower bound, on a clock on which only waiting takes time: requests travel for as long
 * as is said, and what the machine needs is not counted. Beside them what others' ways of paging bring of the same rows.
 */
export async function benchSync(): Promise<SyncResult> {
  const timed: TimedSync[] = []
  for (const [what, world, latencyMs] of worlds) timed.push(await timedSync(what, world, latencyMs))
  return { timed, lost: await rowsLostBeside() }
}

async function timedSync(what: string, world: SyncWorldOptions, latencyMs: number): Promise<TimedSync> {
  const clock = new DrivenClock(startedAt)
  const venue = await syncVenue(clock, world)
  const way = spread(latencyMs / 2)
  const { members, traffic } = syncMembers(venue, { clock, upMs: way, downMs: way }, startedAt)
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  for (const { account } of members) await book.addAccount(account)
  const outcomes = await clock.during(syncAll({ book, accounts: members, clock, since: startedAt - world.days * dayMs - hourMs }))
  const failed = outcomes.find(({ ended }) => ended !== 'done')
  if (failed !== undefined) throw new Error(`the sync of ${failed.account} ended as ${failed.ended}: ${failed.error?.message}`)
  const totals = await book.totals({ by: 'all' })
  const result = {
    what,
    latencyMs,
    requests: traffic.requests,
    wallMs: clock.now() - startedAt,
    boundMs: lowerBoundMs(traffic),
    refused: traffic.refused,
    rowsInTruth: venue.truth().accounts.reduce((sum, { charges }) => sum + charges.length, 0),
    rowsInBook: totals.reduce((sum, { charges }) => sum + charges, 0),
    peakResidentBytes: process.resourceUsage().maxRSS * 1_024,
  }
  await book.close()
  await venue.close()
  return result
}

/** Between a half and one and a half of a mean, the same on every run. */
function spread(meanMs: number): () => number {
  let drawn = 1
  return () => {
    drawn = (drawn * 48_271) % 2_147_483_647
    return Math.round(meanMs * (0.5 + drawn / 2_147_483_647))
  }
}
