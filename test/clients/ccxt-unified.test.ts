import ccxt from 'ccxt'
import { afterEach, describe, expect, test } from 'vitest'
import { add } from '../../src/decimal/arithmetic.ts'
import { decimal } from '../../src/decimal/decimal.ts'
import { dayMs, hourMs } from '../../src/time/units.ts'
import { first, plainDecimal, whileNothingMoves } from './support/comparable.ts'
import {
  binanceTruth,
  firstAccount,
  keyOf,
  okxTruth,
  smallBinanceKey,
  smallOkxKey,
  smallVenue,
  type VenueOnAPort,
  venueOnAPort,
} from './support/venue-on-a-port.ts'

// What ccxt makes of the rows with its own unified functions. It turns amounts into JavaScript floats there, so the
// truth is compared as the float nearest to it.
describe('the unified functions of ccxt', () => {
  let port: VenueOnAPort | undefined

  afterEach(async () => {
    await port?.close()
    port = undefined
  })

  test('fetchBalance of a portfolio margin account shows total, free and debt of every asset', async () => {
    port = await venueOnAPort()
    const access = firstAccount(port.venue, 'binance')
    const exchange = binance(port.url, keyOf(access, 'ed25519'))
    const { venue } = port
    const held = () => binanceTruth(venue, access.label).balances
    const { everything, crossMargin, futures } = await whileNothingMoves(held, async () => ({
      everything: await exchange.fetchBalance({ portfolioMargin: true }),
      crossMargin: await exchange.fetchBalance({ portfolioMargin: true, type: 'margin' }),
      futures: await exchange.fetchBalance({ portfolioMargin: true, type: 'future', subType: 'linear' }),
    }))
    for (const balance of held()) {
      const total = add(balance.totalWallet, add(balance.umUnrealised, balance.cmUnrealised))
      expect(everything[balance.asset]?.total).toBe(Number(plainDecimal(total)))
      expect(crossMargin[balance.asset]?.free).toBe(Number(plainDecimal(balance.crossFree)))
      expect(crossMargin[balance.asset]?.debt).toBe(Number(plainDecimal(add(balance.crossBorrowed, balance.crossInterest))))
      expect(futures[balance.asset]?.free).toBe(Number(plainDecimal(balance.um)))
    }
  })

  test('fetchBorrowInterest of OKX gives the hours of one currency', async () => {
    port = await venueOnAPort({ behaviour: { limits: 'counted' } })
    const access = firstAccount(port.venue, 'okx')
    const exchange = okx(port.url, keyOf(access, 'hmac'))
    const since = port.venue.clock.now() - 12 * hourMs
    const until = since + 10 * hourMs
    const charges = okxTruth(port.venue, access.label).charges.filter(
      ({ at, marginMode }) => at >= since && at < until && marginMode === 'cross',
    )
    const ccy = first(charges).asset
    exchange.currencies = { [ccy]: { ...exchange.safeCurrencyStructure({ id: ccy, code: ccy }) } }
    const interests = await exchange.fetchBorrowInterest(ccy, undefined, since, 100)
    const read = interests.filter(({ timestamp }) => timestamp !== undefined && timestamp < until)
    const expected = charges.filter(({ asset }) => asset === ccy).sort((left, right) => right.at - left.at)
    expect(expected.length).toBeGreaterThanOrEqual(9)
    expect(
      read.map(({ timestamp, currency, marginMode, interest, amountBorrowed }) => [
        timestamp,
        currency,
        marginMode,
        interest,
        amountBorrowed,
      ]),
    ).toEqual(
      expected.map((charge) => [charge.at, ccy, 'cross', Number(plainDecimal(charge.interest)), Number(plainDecimal(charge.liability))]),
    )
    expect(await exchange.fetchTime()).toBeGreaterThan(since)
    const balances = await exchange.fetchBalance()
    expect(Object.keys(balances)).toContain(ccy)
  })

  test('a client that follows a frozen venue reads the charge of a midnight as soon as the clock is moved past it', async () => {
    const eve = Date.UTC(2026, 2, 9, 23, 59, 59, 999)
    port = await smallVenue({ mode: { kind: 'frozen', at: eve } })
    const { clock, engine } = port.venue
    engine.apply({ kind: 'set-rate', exchange: 'binance', asset: 'BTC', rateDaily: decimal('0.0001164') })
    engine.apply({ kind: 'set-thresholds', asset: 'BTC', free: decimal('0'), maximum: decimal('10') })
    engine.apply({ kind: 'book', account: 'small-binance', wallet: 'um', asset: 'BTC', amount: decimal('-1.5'), reason: 'profit-or-loss' })
    const exchange = binance(port.url, smallBinanceKey, { nonce: () => clock.now() })
    expect(await exchange.papiGetPortfolioInterestHistory()).toEqual([])
    clock.advanceBy(1)
    expect(await exchange.papiGetPortfolioInterestHistory()).toEqual([
      { asset: 'BTC', interest: '0.0001746', interestAccuredTime: eve + 1, interestRate: '0.0001164', principal: '1.5' },
    ])
    clock.advanceBy(dayMs)
    expect(await exchange.papiGetPortfolioInterestHistory()).toHaveLength(2)
  })

  test('an offset of its own makes its timestamps stale, and recvWindow forgives up to its width', async () => {
    port = await smallVenue()
    const slow = binance(port.url, smallBinanceKey, { options: { timeDifference: 30_000 } })
    await expect(slow.papiGetBalance()).rejects.toThrow(ccxt.InvalidNonce)
    await expect(slow.papiGetBalance({ recvWindow: 59_000 })).resolves.toHaveLength(1)
    await expect(slow.papiGetBalance({ recvWindow: 60_001 })).rejects.toThrow(/recvWindow/)
  })

  // The venue's clock and its limits stand still, so that no count recovers while the test runs.
  test('the ninth repayment of a minute is turned away, and ccxt says so', async () => {
    port = await smallVenue({ mode: { kind: 'frozen', at: noon }, behaviour: { limitsWhileFrozen: 'stand-still' } })
    const exchange = binance(port.url, smallBinanceKey, { nonce: () => noon })
    for (let count = 0; count < 8; count++) expect(await exchange.papiPostRepayFuturesNegativeBalance()).toEqual({ msg: 'success' })
    const ninth = exchange.papiPostRepayFuturesNegativeBalance()
    await expect(ninth).rejects.toThrow(ccxt.DDoSProtection)
    await expect(ninth).rejects.toThrow(
      /429 .*"code":-1003,"msg":"Too many requests; current limit of IP\(127\.0\.0\.1\) is 6000 requests per minute/,
    )
  })

  test('the sixth call for interest in two seconds is turned away, and the seventh passes when they are over', async () => {
    port = await smallVenue({ mode: { kind: 'frozen', at: noon }, behaviour: { limitsWhileFrozen: 'stand-still' } })
    const { clock } = port.venue
    const exchange = okx(port.url, smallOkxKey, { nonce: () => clock.now() })
    for (let count = 0; count < 5; count++) expect(await exchange.privateGetAccountInterestAccrued()).toMatchObject({ code: '0', data: [] })
    await expect(exchange.privateGetAccountInterestAccrued()).rejects.toThrow(ccxt.RateLimitExceeded)
    clock.advanceBy(2_000)
    expect(await exchange.privateGetAccountInterestAccrued()).toMatchObject({ code: '0', data: [] })
  })
})

const noon = Date.UTC(2026, 2, 9, 12)

type Ccxt = InstanceType<typeof ccxt.Exchange>

function binance(url: string, key: { apiKey: string; secret: string }, more: Record<string, unknown> = {}) {
  const exchange = new ccxt.binance({ apiKey: key.apiKey, secret: key.secret, enableRateLimit: false, ...more })
  setUrl(exchange, 'papi', `${url}/papi/v1`)
  exchange.setMarkets([])
  return exchange
}

function okx(url: string, key: { apiKey: string; secret: string; passphrase?: string }, more: Record<string, unknown> = {}) {
  const { apiKey, secret, passphrase = '' } = key
  const exchange = new ccxt.okx({ apiKey, secret, password: passphrase, enableRateLimit: false, ...more })
  setUrl(exchange, 'rest', url)
  exchange.setMarkets([])
  return exchange
}

function setUrl(exchange: Ccxt, api: string, url: string): void {
  const urls = exchange.urls['api'] as Record<string, string>
  urls[api] = url
}
