import { DerivativesTradingPortfolioMargin } from '@binance/derivatives-trading-portfolio-margin'
import { WebsocketClient } from 'binance'
import ccxt from 'ccxt'
import { afterEach, describe, expect, test } from 'vitest'
import { decimal } from '../../src/decimal/decimal.ts'
import type { Venue } from '../../src/venue/index.ts'
import { watchLoopback } from './support/loopback-watch.ts'
import { smallBinanceKey, smallVenue } from './support/venue-on-a-port.ts'

const { apiKey, secret } = smallBinanceKey
const account = 'small-binance'
const ends: (() => unknown)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function venueWithStream() {
  const watch = watchLoopback()
  const { venue, url, close } = await smallVenue()
  ends.push(close, () => {
    watch.stop()
    expect(watch.outside()).toEqual([])
  })
  return { venue, url, socketUrl: url.replace('http', 'ws') }
}

function lose(venue: Venue): void {
  const loss = { kind: 'book', account, wallet: 'um', asset: 'USDT', amount: decimal('-9.5'), reason: 'funding' } as const
  venue.engine.apply(loss, { at: venue.clock.now() })
}

/** Looks again whenever the process has had its turn; the limit of the test is the only clock. */
async function until<Value>(seen: () => Value | undefined): Promise<Value> {
  for (;;) {
    const value = seen()
    if (value !== undefined) return value
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Whether anybody listens to the account: an event that nobody minds is told to as many. */
async function isListenedTo(venue: Venue): Promise<void> {
  await until(() => (venue.emit(account, { e: 'openOrderLoss', E: 1, O: [] }) > 0 ? true : undefined))
}

describe('@binance/derivatives-trading-portfolio-margin', () => {
  test('starts, extends and closes a listen key, and is told the events of its account', async () => {
    const { venue, url, socketUrl } = await venueWithStream()
    const { restAPI, websocketStreams } = new DerivativesTradingPortfolioMargin({
      configurationRestAPI: { apiKey, apiSecret: secret, basePath: url, timeout: 30_000, retries: 0 },
      configurationWebsocketStreams: { wsURL: `${socketUrl}/pm` },
    })
    const { listenKey = '' } = await (await restAPI.startUserDataStream()).data()
    expect(listenKey).toHaveLength(64)
    expect(await (await restAPI.keepaliveUserDataStream()).data()).toEqual({})
    const connection = await websocketStreams.connect()
    const told: Record<string, unknown>[] = []
    connection.userData(listenKey).on('message', (event) => void told.push(event as unknown as Record<string, unknown>))
    await isListenedTo(venue)
    lose(venue)
    const update = await until(() => told.find(({ e }) => e === 'ACCOUNT_UPDATE'))
    expect(update).toMatchObject({ fs: 'UM', a: { m: 'FUNDING_FEE', B: [{ a: 'USDT', wb: '-130.00000000', bc: '-9.50000000' }], P: [] } })
    const loan = '{"e":"liabilityChange","E":1,"a":"BTC","t":"BORROW","T":1352286576452864727,"p":"1","i":"0","l":"1"}'
    venue.emit(account, loan)
    const liability = await until(() => told.find(({ e }) => e === 'liabilityChange'))
    expect(String(liability['T'])).toBe('1352286576452864727')
    // Before its key is closed, or it would come again.
    await connection.disconnect()
    expect(await (await restAPI.closeUserDataStream()).data()).toEqual({})
    await expect(restAPI.closeUserDataStream()).rejects.toMatchObject({ message: expect.stringContaining('This listenKey does not exist') })
  })
})

describe('binance', () => {
  test('gets its own listen key, connects with it, and reads the events in its own words', async () => {
    const { venue, url, socketUrl } = await venueWithStream()
    const logger = { trace: () => {}, info: () => {}, error: () => {} }
    const options = { api_key: apiKey, api_secret: secret, wsUrl: socketUrl, beautify: true, restOptions: { baseUrl: url } }
    const client = new WebsocketClient(options, logger)
    const told: Record<string, unknown>[] = []
    const failed: unknown[] = []
    client.on('message', (event) => told.push(event as unknown as Record<string, unknown>))
    client.on('exception', (error) => failed.push(error))
    ends.push(() => client.closeAll(true))
    await client.subscribePortfolioMarginUserDataStream()
    expect(failed).toEqual([])
    await isListenedTo(venue)
    lose(venue)
    const update = await until(() => told.find(({ e }) => e === 'ACCOUNT_UPDATE'))
    expect(update).toMatchObject({ a: { m: 'FUNDING_FEE', B: [{ a: 'USDT', wb: '-130.00000000' }] } })
    venue.emit(account, { e: 'riskLevelChange', E: 5, u: '1.2', s: 'REDUCE_ONLY', eq: '6', ae: '6', m: '5' })
    expect(await until(() => told.find(({ e }) => e === 'riskLevelChange'))).toMatchObject({ s: 'REDUCE_ONLY', u: '1.2' })
  })
})

describe('ccxt.pro.binance', () => {
  test('watches the balance of a Portfolio Margin account', async () => {
    const { venue, url, socketUrl } = await venueWithStream()
    const exchange = new ccxt.pro.binance({ apiKey, secret, enableRateLimit: false })
    const api = exchange.urls['api'] as Record<string, unknown>
    api['papi'] = `${url}/papi/v1`
    api['ws'] = { ...(api['ws'] as object), papi: `${socketUrl}/pm/ws` }
    // Without markets of its own ccxt would download them from elsewhere before the first call.
    exchange.setMarkets([])
    // It has no agent for connections without TLS before it is told to load one.
    await exchange.loadHttpProxyAgent()
    // Nor are there positions to begin with: the venue has none.
    exchange.options['watchPositions'] = { fetchPositionsSnapshot: false }
    ends.push(() => exchange.close())
    const watched = exchange.watchBalance({ type: 'future', portfolioMargin: true })
    await isListenedTo(venue)
    lose(venue)
    const balance = await watched
    expect(balance['USDT']).toMatchObject({ total: -130 })
  })
})
