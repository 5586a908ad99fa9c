import { describe, expect, test } from 'vitest'
import { type ProKit, proKit } from '../../test/support/pro.ts'
import { decimal } from '../decimal/decimal.ts'
import { Secret } from '../errors/secret.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { hourMs, minuteMs } from '../time/units.ts'
import { type BinanceClientOptions, createBinanceClient } from './binance-client.ts'
import { PoolBudgets } from './budget/pool-budgets.ts'

const loopback = 'http://127.0.0.1:9'

/** A client of a venue whose clock runs with the client's, ahead of it if wanted; `asked` are its requests. */
function clientOf({ venue, key }: ProKit, options: Partial<BinanceClientOptions> = {}) {
  const clock = options.clock ?? new ManualClock(venue.clock.now())
  const asked: Request[] = []
  const client = createBinanceClient({
    baseUrl: loopback,
    credentials: { apiKey: key.apiKey, signing: 'hmac', secret: new Secret(key.secret) },
    clock,
    random: () => 0.5,
    fetch: (request) => {
      asked.push(request)
      // Only a server's requests have a host.
      return venue.fetch(new Request(new URL(new URL(request.url).pathname + new URL(request.url).search, loopback), request))
    },
    ...options,
  })
  return { client, clock: clock as ManualClock, asked, paths: () => asked.map(({ url }) => new URL(url).pathname) }
}

describe('the api host', () => {
  test('is called at the base URL of a venue, and answers as its contracts say', async () => {
    const kit = await proKit()
    kit.tell({ kind: 'set-rate', exchange: 'binance', asset: 'NEO', rateDaily: decimal('0.0000108') })
    kit.tell({ kind: 'set-price', asset: 'NEO', price: decimal('12.5') })
    kit.deposit('BNB', '5')
    const { client } = clientOf(kit, { mayChange: true })
    expect(await client.proAccount()).toMatchObject({ accountType: 'PM_1' })
    expect(await client.proBalance()).toMatchObject([{ asset: 'BNB', optionEquity: decimal('0') }])
    expect(await client.proBalance({ asset: 'BNB' })).toMatchObject({ asset: 'BNB' })
    expect(await client.proInterestHistory()).toEqual([])
    expect(await client.proRepayFuturesSwitch()).toEqual({ autoRepay: true })
    expect(await client.proChangeRepayFuturesSwitch({ autoRepay: false })).toEqual({ msg: 'success' })
    expect(await client.proRepayFuturesNegativeBalance({ from: 'MARGIN' })).toEqual({ msg: 'success' })
    expect(await client.proAutoCollection()).toEqual({ msg: 'success' })
    expect(await client.proAssetCollection({ asset: 'USDT' })).toEqual({ msg: 'success' })
    expect((await client.proBnbTransfer({ amount: decimal('1'), transferSide: 'TO_UM' })).tranId).toBeTypeOf('bigint')
    expect(await client.proBankruptcyLoan()).toEqual({ asset: 'USDT', amount: decimal('0') })
    await expect(client.proRepayBankruptcyLoan()).rejects.toMatchObject({ code: 'client.refused', values: { exchangeCode: '-21004' } })
    expect(await client.proBankruptcyLoanHistory()).toEqual({ total: 0, rows: [] })
    expect(await client.proChangeDeltaMode({ deltaEnabled: true })).toEqual({ msg: 'success' })
    expect(await client.proDeltaMode()).toEqual({ deltaEnabled: true })
    expect(await client.assetIndexPrice({ asset: 'NEO' })).toMatchObject([{ assetIndexPrice: decimal('12.5') }])
    expect((await client.collateralRates()).length).toBeGreaterThan(0)
    expect((await client.tieredCollateralRates()).length).toBeGreaterThan(0)
    expect((await client.marginAssetLeverage()).length).toBeGreaterThan(0)
    expect(await client.marginInterestRateHistory({ asset: 'NEO' })).toMatchObject([{ dailyInterestRate: decimal('0.0000108') }])
    expect(await client.nextHourlyInterestRate({ assets: ['NEO'], isIsolated: 'FALSE' })).toHaveLength(1)
    expect(await client.apiRestrictions()).toMatchObject({ enableReading: true, ipRestrict: false })
    expect(await client.serverTime()).toEqual({ serverTime: kit.venue.clock.now() })
    await expect(client.proSpanAccount()).rejects.toMatchObject({ code: 'client.refused', values: { exchangeCode: '-21001' } })
  })

  test('is asked for its own time before anything is signed for it, and papi for its own', async () => {
    const kit = await proKit()
    const { client, paths } = clientOf(kit)
    await client.proBalance()
    await client.proBalance()
    expect(paths()).toEqual(['/api/v3/time', '/sapi/v1/portfolio/balance', '/sapi/v1/portfolio/balance'])
    await client.balance()
    expect(paths().slice(3)).toEqual(['/papi/v1/ping', '/papi/v1/balance'])
  })

  test('is signed for by its own clock, however far off ours is', async () => {
    const kit = await proKit()
    const { client } = clientOf(kit, { clock: new ManualClock(kit.venue.clock.now() - hourMs) })
    expect(await client.proDeltaMode()).toEqual({ deltaEnabled: false })
  })

  test('gets each call at its own origin, signed ones above all', async () => {
    const kit = await proKit()
    const { client, asked } = clientOf(kit, { baseUrl: 'https://papi.example', apiBaseUrl: 'https://api.example' })
    await client.balance()
    await client.proBalance()
    await client.marginAssetLeverage()
    expect(new Set(asked.map(({ url }) => `${new URL(url).origin} ${new URL(url).pathname.split('/')[1]}`))).toEqual(
      new Set(['https://papi.example papi', 'https://api.example api', 'https://api.example sapi']),
    )
  })

  test('is not guessed: where only papi is known, nothing is sent', async () => {
    const kit = await proKit()
    const { client, asked } = clientOf(kit, { baseUrl: 'https://papi.example' })
    await expect(client.apiRestrictions()).rejects.toMatchObject({
      code: 'client.api-host-missing',
      values: { endpoint: 'api-restrictions', origin: 'https://papi.example' },
    })
    expect(asked).toEqual([])
  })

  test('must be an address that nothing is read along the way of', async () => {
    const kit = await proKit()
    expect(() => clientOf(kit, { apiBaseUrl: 'http://api.example' })).toThrow('only for this machine')
  })

  test('gets the key alone where no signature is asked for', async () => {
    const kit = await proKit()
    const { client, asked } = clientOf(kit)
    await client.marginAssetLeverage()
    expect(asked.map(({ url }) => new URL(url).search)).toEqual([''])
    expect(asked[0]!.headers.get('x-mbx-apikey')).toBe(kit.key.apiKey)
  })
})

describe('budgets of the api host', () => {
  /** A venue whose clock runs with the clients'. */
  async function runningKit() {
    const kit = await proKit()
    kit.venue.clock.real()
    return kit
  }

  test('one endpoint’s limit holds up no other, and nothing is turned away', async () => {
    const kit = await runningKit()
    const statuses: number[] = []
    const { client } = clientOf(kit, {
      clock: kit.real,
      mayChange: true,
      onEvent: (event) => void (event.kind === 'reply-received' && statuses.push(event.status)),
    })
    let collected = 0
    const collections = Promise.all([...Array(9)].map(() => client.proAutoCollection().then(() => collected++)))
    await client.proBalance()
    await client.balance()
    expect(collected).toBe(8)
    await kit.real.advanceBy(2 * minuteMs)
    await collections
    expect(new Set(statuses)).toEqual(new Set([200]))
  })

  test('accounts behind one address share what counts by address, and not what counts by user', async () => {
    const kit = await runningKit()
    const waited: string[] = []
    const options: Partial<BinanceClientOptions> = {
      clock: kit.real,
      apiBudgets: new PoolBudgets({ clock: kit.real }),
      mayChange: true,
      onEvent: (event) => void (event.kind === 'waited-for-budget' && waited.push(event.endpoint)),
    }
    const clients = [clientOf(kit, options).client, clientOf(kit, options).client]
    const collections = Promise.all(clients.flatMap((client) => [...Array(5)].map(() => client.proAutoCollection())))
    await Promise.all(clients.flatMap((client) => [...Array(4)].map(() => client.proBankruptcyLoan())))
    await kit.real.advanceBy(2 * minuteMs)
    await collections
    expect(waited).toEqual(['pro-auto-collection', 'pro-auto-collection'])
  })

  test('an index price costs 1 with asset, 50 without', async () => {
    const kit = await proKit()
    const { client } = clientOf(kit)
    const used: (number | undefined)[] = []
    const told = clientOf(kit, { onEvent: (event) => void (event.kind === 'reply-received' && used.push(event.usedWeight)) })
    await client.assetIndexPrice({ asset: 'BTC' })
    await told.client.assetIndexPrice()
    expect(used).toEqual([51])
  })
})
