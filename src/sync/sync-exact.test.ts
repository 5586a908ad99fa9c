import { expect, test } from 'vitest'
import { DrivenClock } from '../../test/differential/driven-clock.ts'
import { lowerBoundMs, type SyncWorldOptions, syncMembers, syncVenue } from '../../test/support/sync-world.ts'
import { openBook } from '../book/open-book.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { syncAll } from './sync-all.ts'

const startedAt = Date.UTC(2026, 5, 20, 10, 30, 17)

/** Latencies that look like chance and are the same on every run. */
function latencies(mostMs: number): () => number {
  let drawn = 1
  return () => {
    drawn = (drawn * 48_271) % 2_147_483_647
    return Math.ceil((mostMs * drawn) / 2_147_483_647)
  }
}

/** Syncs a whole world on a clock on which no time passes but in waiting. */
async function timed(world: SyncWorldOptions, latencyMs: number) {
  const clock = new DrivenClock(startedAt)
  const venue = await syncVenue(clock, world)
  const way = latencies(latencyMs / 2)
  const { members, traffic } = syncMembers(venue, { clock, upMs: way, downMs: way }, startedAt)
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  for (const { account } of members) await book.addAccount(account)
  const outcomes = await clock.during(syncAll({ book, accounts: members, clock, since: startedAt - world.days * dayMs - hourMs }))
  expect(new Set(outcomes.map(({ ended, error }) => error?.message ?? ended))).toEqual(new Set(['done']))
  const rows = (await book.totals({ by: 'all' })).reduce((sum, { charges }) => sum + charges, 0)
  const truth = venue.truth().accounts.reduce((sum, { charges }) => sum + charges.length, 0)
  await book.close()
  await venue.close()
  return { ratio: (clock.now() - startedAt) / lowerBoundMs(traffic), boundMs: lowerBoundMs(traffic), refused: traffic.refused, rows, truth }
}

const worlds: readonly (readonly [string, SyncWorldOptions])[] = [
  ['one Binance account of many debts', { exchange: 'binance', accounts: 1, debts: 30, days: 150 }],
  ['forty Binance accounts behind one address', { exchange: 'binance', accounts: 40, debts: 1, days: 40 }],
  ['one OKX account whose cursor is walked', { exchange: 'okx', accounts: 1, debts: 3, days: 60 }],
  ['ten OKX accounts, each with a limit of its own', { exchange: 'okx', accounts: 10, debts: 2, days: 30 }],
]

test.each(worlds)(
  '%s: no longer than the limits demand, and nobody is turned away',
  async (_, world) => {
    const { ratio, boundMs, refused, rows, truth } = await timed(world, 80)
    expect(refused).toBe(0)
    expect(ratio).toBeLessThanOrEqual(1.05)
    expect(boundMs).toBeGreaterThan(world.exchange === 'binance' ? 60_000 : 4_000)
    expect(rows).toBe(truth)
    expect(rows).toBeGreaterThan(1_000)
  },
  120_000,
)
