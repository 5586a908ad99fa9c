import { describe, expect, test } from 'vitest'
import { collect } from '../../test/support/charges.ts'
import { fullModel } from '../../test/support/full-model.ts'
import { modelClients } from '../../test/support/model-exchange.ts'
import { answering, historyCalls, redated, withRows } from '../../test/support/odd-answers.ts'
import { openBook } from '../book/open-book.ts'
import type { BookAccount } from '../book/record.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs, hourMs, minuteMs } from '../time/units.ts'
import { syncAccount } from './sync-account.ts'
import type { SyncClient } from './sync-client.ts'

const now = Date.UTC(2026, 5, 20, 10, 30)
const exchanges = ['binance', 'okx'] as const

async function synced(exchange: BookAccount['exchange'], change: (client: SyncClient) => SyncClient) {
  const clock = new ManualClock(now)
  const model = fullModel(clock)
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  const account: BookAccount = { label: 'one', exchange, baseUrl: 'http://127.0.0.1:1', addedAt: now, mayRepay: false }
  await book.addAccount(account)
  const sync = (client: SyncClient) => syncAccount({ book, account, client, clock })
  const client = modelClients(model)[exchange]
  const outcome = await sync(change(client))
  const rows = async () => ({
    charges: (await collect(book.charges({}))).length,
    marginCharges: (await collect(book.marginCharges({ account: 'one' }))).length,
    movements: (await collect(book.movements({ account: 'one' }))).length,
    runs: (await collect(book.exchangeRuns({ accounts: ['one'] }))).length,
  })
  return { book, model, outcome, rows, syncAgain: () => sync(client) }
}

describe.each(exchanges)('a sync of %s', (exchange) => {
  test('brings what the model has, so that the tests below leave something out', async () => {
    const { outcome, rows } = await synced(exchange, (client) => client)
    expect(outcome.ended).toBe('done')
    expect(outcome.streams.flatMap(({ unproven }) => unproven)).toEqual([])
    expect(Object.values(await rows()).reduce((sum, count) => sum + count, 0)).toBe(exchange === 'okx' ? 6 : 21)
  })

  test.each([
    ['seconds', (at: number) => Math.floor(at / 1_000)],
    ['microseconds', (at: number) => at * 1_000],
    ['instants before 1970', (at: number) => -at],
  ])('whose times are %s proves nothing, keeps findings and no rows, and says so', async (_, date) => {
    const { book, model, outcome, rows, syncAgain } = await synced(exchange, (client) => redated(client, date))
    expect(outcome).toMatchObject({ ended: 'failed', error: { code: 'sync.not-answered', exit: 'incomplete' } })
    expect(Object.values(await rows())).toEqual([0, 0, 0, 0])
    for (const { stream, error, provenFraction } of outcome.streams) {
      expect([stream, error?.code, provenFraction < 1]).toEqual([stream, 'sync.not-answered', true])
      const findings = (await book.findings({ accounts: ['one'] })).filter((one) => one.stream === stream && one.kind === 'outside')
      expect(findings.length).toBeGreaterThan(1)
      expect(findings.every(({ at, request }) => at <= now && at > now - 6_000 * dayMs && request !== undefined)).toBe(true)
    }
    // A few windows tell that it is so with all of them.
    expect(model.calls.length).toBeLessThan(200)
    expect((await syncAgain()).ended).toBe('done')
    expect(Object.values(await rows()).reduce((sum, count) => sum + count, 0)).toBe(exchange === 'okx' ? 6 : 21)
  })

  test('with a charge on no boundary proves nothing of its span, and has no such charge', async () => {
    const { book, outcome, rows } = await synced(exchange, (client) =>
      answering(client, async (name, __, reply) => {
        if (name !== 'interestHistory' && name !== 'interestAccrued') return await reply()
        const field = historyCalls[name] ?? ''
        return withRows(await reply(), (all) =>
          all.map((row, place) => (place === 0 ? { ...row, [field]: Number(row[field]) + 7 * minuteMs } : row)),
        )
      }),
    )
    expect(outcome).toMatchObject({ ended: 'failed', error: { code: 'sync.not-answered' } })
    expect((await rows()).charges).toBe(2)
    const proven = await book.proven('one', 'interest')
    expect(proven.some(({ from, to }) => from <= now - 3 * dayMs && now - 3 * dayMs < to)).toBe(false)
    expect((await book.findings({ accounts: ['one'] })).map(({ kind }) => kind)).toContain('outside')
  })

  test('that is answered one page for ever fails with that, soon, and keeps what came', async () => {
    const first = new Map<string, unknown>()
    const { model, outcome, rows } = await synced(exchange, (client) =>
      answering(client, async (name, __, reply) => {
        const came = await reply()
        const isEmpty = JSON.stringify(came, (_key, value: unknown) => (typeof value === 'bigint' ? `${value}` : value)).length < 40
        if (!first.has(name) && !isEmpty) first.set(name, came)
        return first.get(name) ?? came
      }),
    )
    expect(model.calls.length).toBeLessThan(300)
    expect(Object.values(await rows()).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(3)
    if (exchange === 'binance') expect(outcome).toMatchObject({ ended: 'failed', error: { code: 'sync.not-answered' } })
  })

  test('that is answered endless pages of one instant fails with that, and keeps what came', async () => {
    const { model, outcome, rows } = await synced(exchange, (client) =>
      answering(client, async (name, args, reply) => {
        if (name !== 'interestHistory' && name !== 'interestAccrued') return await reply()
        const until = Number(args['endTime'] ?? Number(args['after']) - 1)
        const at = Math.floor(until / (24 * hourMs)) * 24 * hourMs
        return withRows(await sample(exchange, name), ([row]) =>
          Array.from({ length: 100 }, () => ({ ...row, [historyCalls[name] ?? '']: until - at < 100 ? at : until })),
        )
      }),
    )
    expect(outcome.ended).toBe('failed')
    expect(['client.walk-stuck', 'sync.not-answered']).toContain(outcome.streams[0]?.error?.code)
    expect(model.calls.length).toBeLessThan(300)
    // The other histories come all the same.
    expect(Object.values(await rows()).reduce((sum, count) => sum + count, 0)).toBeGreaterThan(2)
  })
})

async function sample(exchange: BookAccount['exchange'], name: string): Promise<unknown> {
  const client = modelClients(fullModel(new ManualClock(now)))[exchange] as unknown as Readonly<
    Record<string, (args: unknown) => Promise<unknown>>
  >
  return client[name]?.({ startTime: now - 20 * dayMs, endTime: now, limit: 1, size: 1 })
}
