import fc from 'fast-check'
import { expect, test } from 'vitest'
import { collect } from '../../test/support/charges.ts'
import { modelClients, modelExchange } from '../../test/support/model-exchange.ts'
import { openBook } from '../book/open-book.ts'
import { decimal } from '../decimal/decimal.ts'
import { historyOf } from '../histories/histories.ts'
import { boundaryAtOrBefore, everyHour } from '../time/boundary.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs, hourMs, minuteMs } from '../time/units.ts'
import { syncAccount } from './sync-account.ts'
import type { SyncClient } from './sync-client.ts'

const now = Date.UTC(2026, 5, 20, 10, 30)

/** Rows charged at boundaries around and after the first sync, each shown at most the settle delay later. */
const rows = fc.array(fc.record({ boundary: fc.integer({ min: -5, max: 6 }), latePart: fc.double({ min: 0, max: 1, noNaN: true }) }), {
  minLength: 1,
  maxLength: 12,
})
/**
 * How long each reply is under way, how far our own clock is off and is set meanwhile, and how long after it the next sync is,
 * or how long after the next boundary.
 */
const syncs = fc.array(
  fc.record({
    latencyMs: fc.nat(40 * minuteMs),
    setMs: fc.integer({ min: -2 * dayMs, max: 2 * dayMs }),
    stopsAfterPage: fc.integer({ min: 1, max: 4 }),
    thenMs: fc.nat(90 * minuteMs),
    isAfterBoundary: fc.boolean(),
  }),
  { minLength: 1, maxLength: 6 },
)

/** The boundary so many boundaries after the last before `now`: of an hour on OKX, 00:00 or 08:00 of a day on Binance. */
function boundaryOf(exchange: 'binance' | 'okx', count: number): number {
  if (exchange === 'okx') return boundaryAtOrBefore(now, everyHour) + count * hourMs
  return Date.UTC(2026, 5, 20, 8) + Math.ceil(count / 2) * dayMs - (count % 2 === 0 ? 0 : 8 * hourMs)
}

function nextBoundaryOf(exchange: 'binance' | 'okx', instant: number): number {
  return Array.from({ length: 200 }, (_, count) => boundaryOf(exchange, count)).find((at) => at > instant) ?? instant
}

/** The exchange's replies, as they were when asked, after a long way back; beside a clock of our own that is off. */
function slowClient(client: SyncClient, exchangeClock: ManualClock, ownClock: ManualClock, latencyMs: () => number): SyncClient {
  const slowly =
    <Args extends unknown[], Reply>(call: (...args: Args) => Promise<Reply>) =>
    async (...args: Args) => {
      const reply = await call(...args)
      await exchangeClock.advanceBy(latencyMs())
      await ownClock.advanceBy(latencyMs())
      return reply
    }
  const core = { clock: ownClock, serverNow: () => exchangeClock.now(), balance: slowly(client.balance as never) }
  return client.exchange === 'okx'
    ? ({ ...client, ...core, interestAccrued: slowly(client.interestAccrued) } as SyncClient)
    : ({ ...client, ...core, interestHistory: slowly(client.interestHistory) } as SyncClient)
}

test.each(['binance', 'okx'] as const)(
  'on %s, rows that are shown as late as the settle delay allows are never missing from what is called proven',
  async (exchange) => {
    const settleMs = historyOf(exchange, 'interest')?.settleMs ?? 0
    const property = fc.asyncProperty(rows, syncs, async (charged, runs) => {
      const exchangeClock = new ManualClock(now)
      const ownClock = new ManualClock(now)
      const truth = [...new Map(charged.map((row) => [boundaryOf(exchange, row.boundary), row])).entries()]
      const shown = truth.map(([at, { latePart }]) => ({ at, visibleAt: at + Math.floor(latePart * settleMs) }))
      const amounts = { interest: decimal('0.10'), interestRate: decimal('0.001') }
      const model = modelExchange(exchangeClock, {
        history: shown.map(({ at, visibleAt }) => ({
          ...amounts,
          asset: 'USDT',
          interestAccuredTime: at,
          principal: decimal('9'),
          visibleAt,
        })),
        accrued: shown.map(({ at, visibleAt }) => ({
          ...amounts,
          ccy: 'USDT',
          ts: at,
          instId: '',
          mgnMode: 'cross' as const,
          type: '2' as const,
          liab: decimal('9'),
          visibleAt,
        })),
      })
      const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock: ownClock })
      const account = { label: 'one', exchange, baseUrl: 'http://127.0.0.1:1', addedAt: now, mayRepay: false }
      await book.addAccount(account)
      for (const { latencyMs, setMs, stopsAfterPage, thenMs, isAfterBoundary } of runs) {
        ownClock.setBy(setMs)
        const client = slowClient(modelClients(model)[exchange], exchangeClock, ownClock, () => latencyMs)
        const stop = new AbortController()
        const { ended, streams } = await syncAccount({
          book,
          account,
          client,
          clock: ownClock,
          since: now - 3 * dayMs,
          signal: stop.signal,
          onProgress: (told) => told.kind === 'page' && told.pages === stopsAfterPage && stop.abort(),
        })
        expect(['done', 'stopped']).toContain(ended)
        expect(streams.flatMap(({ late }) => late)).toEqual([])
        const kept = new Set((await collect(book.charges({}))).map(({ at }) => at))
        const proven = await book.proven('one', 'interest')
        const missing = shown.filter(({ at }) => !kept.has(at) && proven.some(({ from, to }) => from <= at && at < to))
        expect(missing).toEqual([])
        const untilMs = isAfterBoundary ? nextBoundaryOf(exchange, exchangeClock.now()) - exchangeClock.now() : 0
        await exchangeClock.advanceBy(untilMs + Math.floor(thenMs / (isAfterBoundary ? 3 : 1)))
        await ownClock.advanceBy(untilMs + Math.floor(thenMs / (isAfterBoundary ? 3 : 1)))
      }
      await book.close()
    })
    await fc.assert(property, { numRuns: 40 })
  },
  60_000,
)

test('a clock that was ahead and is set right leaves no older balance standing as the newest', async () => {
  const exchangeClock = new ManualClock(now)
  const ownClock = new ManualClock(now + 365 * dayMs)
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock: ownClock })
  const account = { label: 'one', exchange: 'okx' as const, baseUrl: 'http://127.0.0.1:1', addedAt: now, mayRepay: false }
  await book.addAccount(account)
  const owed = (liab: string) => ({ ccy: 'USDT', liab: decimal(liab), eq: decimal('0'), uTime: now }) as never
  const model = modelExchange(exchangeClock, { details: [owed('5')] })
  const client = slowClient(modelClients(model).okx, exchangeClock, ownClock, () => 0)
  await syncAccount({ book, account, client, clock: ownClock })
  ownClock.setBy(-365 * dayMs)
  await exchangeClock.advanceBy(hourMs)
  model.details = [owed('7')]
  await syncAccount({ book, account, client, clock: ownClock })
  expect((await book.latestBalances('one')).map((balance) => balance.owed)).toEqual([decimal('7')])
  await book.close()
})
