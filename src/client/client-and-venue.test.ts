import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Decimal, toText } from '../decimal/decimal.ts'
import { Secret } from '../errors/secret.ts'
import { interval } from '../time/interval.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { systemClock } from '../time/system-clock.ts'
import { dayMs, minuteMs } from '../time/units.ts'
import { createVenue, type KeyAccess, listenVenue, type Venue } from '../venue/index.ts'
import { type BinanceClientOptions, createBinanceClient } from './binance-client.ts'
import { createWeightBudget, type WeightBudget } from './budget/weight-budget.ts'
import type { ClientEvent } from './client-event.ts'
import { createOkxClient, type OkxClientOptions } from './okx-client.ts'
import type { HistoryPage } from './walk/history-page.ts'
import { walkExchangeRecords } from './walk/walk-exchange-records.ts'
import { walkInterestAccrued } from './walk/walk-interest-accrued.ts'
import { walkInterestHistory } from './walk/walk-interest-history.ts'

const now = Date.UTC(2026, 5, 15, 12, 34, 56)
const baseUrl = 'http://127.0.0.1:9'
const clock = new ManualClock(now)
let venue: Venue
let budget: WeightBudget
const statuses: number[] = []

beforeAll(async () => {
  venue = await createVenue({ clock })
  budget = createWeightBudget({ clock })
})
afterAll(() => venue.close())

const fetch = async (request: Request) => {
  const response = await venue.fetch(request)
  statuses.push(response.status)
  return response
}

function accountsOf(exchange: 'binance' | 'okx') {
  return venue.accounts.filter((account) => account.exchange === exchange)
}

function binanceClient(key: Pick<KeyAccess, 'apiKey' | 'signing' | 'secret'>, options: Partial<BinanceClientOptions> = {}) {
  const credentials = { apiKey: key.apiKey, signing: key.signing, secret: new Secret(key.secret) }
  return createBinanceClient({ baseUrl, credentials, clock, fetch, budget, random: () => 0.5, ...options })
}

function okxClient(key: Pick<KeyAccess, 'apiKey' | 'secret' | 'passphrase'>, options: Partial<OkxClientOptions> = {}) {
  const credentials = { apiKey: key.apiKey, secret: new Secret(key.secret), passphrase: new Secret(key.passphrase ?? '') }
  return createOkxClient({ baseUrl, credentials, clock, fetch, random: () => 0.5, ...options })
}

const firstKey = (exchange: 'binance' | 'okx') => accountsOf(exchange)[0]!.keys[0]!

/** A decimal by its value: how many zeros an exchange prints behind it is not the truth's affair. */
const value = (amount: Decimal) =>
  toText(amount)
    .replace(/(\.\d*?)0+$/, '$1')
    .replace(/\.$/, '')

async function running<Value>(promise: Promise<Value>, stepMs = 200): Promise<Value> {
  let settled = false
  const watched = promise.finally(() => {
    settled = true
  })
  watched.catch(() => {})
  for (let step = 0; step < 20_000 && !settled; step++) await clock.advanceBy(stepMs)
  return watched
}

async function all<Row>(walk: AsyncGenerator<HistoryPage<Row>>): Promise<HistoryPage<Row>[]> {
  const pages: HistoryPage<Row>[] = []
  for await (const page of walk) pages.push(page)
  return pages
}

describe('against the venue', () => {
  test('every endpoint answers as its contract says', async () => {
    const binance = binanceClient(firstKey('binance'), { mayChange: true })
    expect(await running(binance.ping())).toEqual({})
    const balances = await running(binance.balance())
    expect(balances).toBeInstanceOf(Array)
    expect(await running(binance.balance({ asset: 'USDT' }))).toMatchObject({ asset: 'USDT' })
    expect((await running(binance.interestHistory({ size: 100 }))).length).toBeGreaterThan(0)
    const times = { startTime: now - 80 * dayMs, endTime: now }
    expect((await running(binance.negativeBalanceExchangeRecord(times))).total).toBeGreaterThan(0)
    expect(await running(binance.repayFuturesNegativeBalance())).toEqual({ msg: 'success' })
    const okx = okxClient(firstKey('okx'))
    expect((await running(okx.publicTime())).data[0]!.ts).toBeGreaterThanOrEqual(now)
    expect((await running(okx.balance())).data[0]!.details.length).toBeGreaterThan(0)
    expect((await running(okx.interestAccrued())).data).toHaveLength(100)
  })

  test('all three kinds of keys sign', async () => {
    const { keys } = accountsOf('binance')[0]!
    expect(new Set(keys.map((key) => key.signing))).toEqual(new Set(['hmac', 'rsa', 'ed25519']))
    for (const key of keys) expect(await running(binanceClient(key).balance())).toBeInstanceOf(Array)
  })

  test('a wrong secret, an unknown key and a wrong passphrase are each told by name', async () => {
    const key = firstKey('binance')
    const unknown = key.apiKey.replace(/^./, (first) => (first === 'x' ? 'y' : 'x'))
    await expect(running(binanceClient({ ...key, secret: 'wrong' }).balance())).rejects.toMatchObject({ code: 'client.wrong-secret' })
    await expect(running(binanceClient({ ...key, apiKey: unknown }).balance())).rejects.toMatchObject({ code: 'client.unknown-key' })
    const okxKey = firstKey('okx')
    const wrong = { ...okxKey, passphrase: 'not that one' }
    await expect(running(okxClient({ ...okxKey, secret: 'wrong' }).balance())).rejects.toMatchObject({ code: 'client.wrong-secret' })
    await expect(running(okxClient(wrong).balance())).rejects.toMatchObject({ code: 'client.wrong-passphrase' })
    const noKey = { ...okxKey, apiKey: '00000000-0000-4000-8000-000000000000' }
    await expect(running(okxClient(noKey).balance())).rejects.toMatchObject({ code: 'client.unknown-key' })
  })

  test('a key that may only read cannot repay', async () => {
    const { keys } = accountsOf('binance')[0]!
    const reading = keys.find((key) => !key.permissions.includes('trade'))!
    const repaying = binanceClient(reading, { mayChange: true }).repayFuturesNegativeBalance()
    await expect(running(repaying)).rejects.toMatchObject({ code: 'client.unknown-key' })
  })

  test.each([7 * minuteMs, -3 * minuteMs])('a clock %i ms off is corrected', async (offMs) => {
    const wrongClock = { now: () => clock.now() + offMs, wait: (ms: number, signal?: AbortSignal) => clock.wait(ms, signal) }
    const binance = binanceClient(firstKey('binance'), { clock: wrongClock })
    expect(await running(binance.balance())).toBeInstanceOf(Array)
    expect(Math.abs(binance.serverNow() - clock.now())).toBeLessThan(1_000)
    expect((await running(okxClient(firstKey('okx'), { clock: wrongClock }).balance())).code).toBe('0')
  })

  test('an unknown path is told with the page that came', async () => {
    const elsewhere = (request: Request) => fetch(new Request(request.url.replace('/papi/v1/ping', '/papi/v1/nothing'), request))
    const asking = binanceClient(firstKey('binance'), { fetch: elsewhere }).ping()
    await expect(running(asking)).rejects.toMatchObject({ code: 'client.unreadable-reply', message: expect.stringContaining('404') })
  })

  test("walking the whole interest history of every account gives the venue's own truth", async () => {
    for (const { label, keys } of accountsOf('binance')) {
      const within = interval(now - 410 * dayMs, now)
      const rows = (await running(all(walkInterestHistory(binanceClient(keys[0]!), { within })))).flatMap((page) => page.rows)
      const found = rows.map((row) => [row.asset, row.interestAccuredTime, value(row.interest), value(row.principal)].join(' '))
      const truth = venue.engine.binanceCharges({ account: label }).filter((charge) => charge.at < now)
      expect(truth.length).toBeGreaterThan(300)
      expect(found.sort()).toEqual(
        truth.map((charge) => [charge.asset, charge.at, value(charge.interest), value(charge.principal)].join(' ')).sort(),
      )
    }
  })

  test("walking all auto-exchange records gives the venue's own truth", async () => {
    let runs = 0
    for (const { label, keys } of accountsOf('binance')) {
      const within = interval(now - 410 * dayMs, now)
      const rows = (await running(all(walkExchangeRecords(binanceClient(keys[0]!), { within })))).flatMap((page) => page.rows)
      const truth = venue.engine.exchangeRuns({ account: label }).filter((run) => run.from < now)
      expect(rows.map((row) => [row.startTime, row.endTime]).sort()).toEqual(truth.map((run) => [run.from, run.to]).sort())
      runs += rows.length
    }
    expect(runs).toBe(5)
  })

  test("walking the whole of what OKX keeps gives the venue's own truth", async () => {
    const { label, keys } = accountsOf('okx')[0]!
    const within = interval(now - 364 * dayMs, now - dayMs)
    const pages = await running(all(walkInterestAccrued(okxClient(keys[0]!), { within })))
    const found = pages.flatMap((page) => page.rows).map((row) => [row.ccy, row.instId, row.mgnMode, row.ts, value(row.interest)].join(' '))
    const truth = venue.engine
      .okxCharges({ account: label })
      .filter((charge) => charge.at >= within.from && charge.at < within.to)
      .map((charge) => [charge.asset, charge.instId, charge.marginMode, charge.at, value(charge.interest)].join(' '))
    expect(truth.length).toBeGreaterThan(4_000)
    expect(found.sort()).toEqual(truth.sort())
  }, 60_000)

  test('no call of all these was ever refused for being too many, and nobody heard a secret', async () => {
    expect(statuses).not.toContain(429)
    expect(statuses).not.toContain(418)
    const events: ClientEvent[] = []
    const key = firstKey('binance')
    await running(binanceClient(key, { onEvent: (event) => events.push(event) }).balance())
    expect(events.map((event) => event.kind)).toEqual([
      'request-sent',
      'reply-received',
      'clock-measured',
      'request-sent',
      'reply-received',
    ])
    expect(JSON.stringify(events)).not.toContain(key.apiKey)
    expect(JSON.stringify(events)).not.toContain('signature')
  })
})

describe('many clients behind one address', () => {
  test('never get an answer 429, however much they ask at once', async () => {
    const own = await createVenue({ clock, scenario: 'empty' })
    const seen: number[] = []
    const used: number[] = []
    const counted = async (request: Request) => {
      const response = await own.fetch(request)
      seen.push(response.status)
      used.push(Number(response.headers.get('x-mbx-used-weight-1m')))
      return response
    }
    const shared = createWeightBudget({ clock })
    const key = own.accounts.find((account) => account.exchange === 'binance')!.keys[0]!
    const clients = [1, 2, 3].map(() => binanceClient(key, { fetch: counted, budget: shared }))
    const calls = clients.flatMap((client) => Array.from({ length: 100 }, () => client.interestHistory()))
    await running(Promise.all(calls), 1_000)
    expect(seen.length).toBeGreaterThan(200)
    expect(new Set(seen)).toEqual(new Set([200]))
    expect(Math.max(...used)).toBeGreaterThan(5_500)
    expect(Math.max(...used)).toBeLessThanOrEqual(6_000)
    await own.close()
  })
})

describe('over a port', () => {
  test('the pool reads, walks and repays as in-process', async () => {
    const own = await createVenue()
    const listening = await listenVenue(own, { port: 0 })
    const account = own.accounts.find(({ exchange }) => exchange === 'binance')!
    const credentials = { apiKey: account.apiKey, signing: 'hmac', secret: new Secret(account.apiSecret) } as const
    const client = createBinanceClient({ baseUrl: listening.url, credentials, clock: systemClock, mayChange: true })
    const within = interval(own.clock.now() - 60 * dayMs, own.clock.now())
    const rows = (await all(walkInterestHistory(client, { within }))).flatMap((page) => page.rows)
    const charged = own.engine.binanceCharges({ account: account.label }).filter(({ at }) => at >= within.from && at < within.to)
    expect(rows).toHaveLength(charged.length)
    expect(await client.repayFuturesNegativeBalance()).toEqual({ msg: 'success' })
    await client.close()
    await listening.close()
    await own.close()
    const late = createBinanceClient({ baseUrl: listening.url, credentials, clock: systemClock })
    await expect(late.balance()).rejects.toMatchObject({
      code: 'client.unreachable',
      message: expect.stringContaining('nothing listens there'),
    })
    await late.close()
  })
})
