import { describe, expect, test } from 'vitest'
import { askBinance, keyAt, kitStart, loseOnBinance, venueKit } from '../../../../test/support/venue-kit.ts'
import { decimal } from '../../../decimal/decimal.ts'
import { parseInstant } from '../../../time/instant.ts'
import { dayMs } from '../../../time/units.ts'

const interest = '/papi/v1/portfolio/interest-history'

describe('GET /papi/v1/balance', () => {
  test('is an array in the order of first touch, with the keys in the order of the wire', async () => {
    const { venue } = await venueKit()
    venue.engine.apply({ kind: 'deposit', account: 'main', asset: 'USDT', amount: decimal('30.60032610') }, { at: kitStart })
    loseOnBinance(venue, 'BNB', '0.5')
    expect(askBinance(venue, '/papi/v1/balance').text).toBe(
      `[{"asset":"USDT","totalWalletBalance":"30.6003261","crossMarginAsset":"30.6003261","crossMarginBorrowed":"0.0","crossMarginFree":"30.6003261",` +
        `"crossMarginInterest":"0.0","crossMarginLocked":"0.0","umWalletBalance":"0.0","umUnrealizedPNL":"0.0","cmWalletBalance":"0.0",` +
        `"cmUnrealizedPNL":"0.0","updateTime":${kitStart},"negativeBalance":"0.0"},` +
        `{"asset":"BNB","totalWalletBalance":"-0.5","crossMarginAsset":"0.0","crossMarginBorrowed":"0.0","crossMarginFree":"0.0",` +
        `"crossMarginInterest":"0.0","crossMarginLocked":"0.0","umWalletBalance":"-0.5","umUnrealizedPNL":"0.0","cmWalletBalance":"0.0",` +
        `"cmUnrealizedPNL":"0.0","updateTime":${kitStart},"negativeBalance":"-0.5"}]`,
    )
  })

  test('of one asset is one object without crossMarginAsset', async () => {
    const { venue } = await venueKit()
    venue.engine.apply({ kind: 'deposit', account: 'main', asset: 'USDT', amount: decimal('1') }, { at: kitStart })
    const { text } = askBinance(venue, '/papi/v1/balance', { query: 'asset=USDT' })
    expect(text).toMatch(/^\{"asset":"USDT","totalWalletBalance":"1\.0","crossMarginBorrowed":/)
    expect(text).not.toContain('crossMarginAsset')
  })

  test('of an asset never held is all zeros, with updateTime 0; of an account never used an empty array', async () => {
    const { venue } = await venueKit()
    const { text } = askBinance(venue, '/papi/v1/balance', { query: 'asset=DOGE' })
    expect(text).toMatch(/^\{"asset":"DOGE","totalWalletBalance":"0\.0",.*"updateTime":0,"negativeBalance":"0\.0"\}$/)
    expect(askBinance(venue, '/papi/v1/balance').text).toBe('[]')
  })

  test('follows every change, however often it was asked for before', async () => {
    const { venue } = await venueKit()
    const free = () => /"crossMarginFree":"([^"]+)"/.exec(askBinance(venue, '/papi/v1/balance', { query: 'asset=USDT' }).text)?.[1]
    expect([free(), free()]).toEqual(['0.0', '0.0'])
    venue.engine.apply({ kind: 'deposit', account: 'main', asset: 'USDT', amount: decimal('7') }, { at: kitStart })
    expect([free(), free()]).toEqual(['7.0', '7.0'])
    loseOnBinance(venue, 'USDT', '100000')
    venue.clock.freeze()
    venue.clock.advanceBy(dayMs)
    expect(free()).not.toBe('7.0')
  })
})

describe('GET /papi/v1/portfolio/interest-history', () => {
  async function charged(days: number) {
    const kit = await venueKit()
    kit.venue.clock.freeze()
    loseOnBinance(kit.venue, 'USDT', '3000')
    kit.venue.engine.apply({ kind: 'set-thresholds', asset: 'USDT', free: decimal('1000'), maximum: decimal('900000') }, { at: kitStart })
    kit.venue.clock.advanceBy(days * dayMs)
    return kit
  }

  test('prints a charge as the document does', async () => {
    const { venue } = await charged(1)
    const at = parseInstant('2026-03-11')
    expect(askBinance(venue, interest).text).toBe(
      `[{"asset":"USDT","interest":"0.2328","interestAccuredTime":${at},"interestRate":"0.0001164","principal":"2000"}]`,
    )
  })

  test('is newest first, ten rows unless more are asked for, and both bounds are inclusive', async () => {
    const { venue } = await charged(40)
    const times = (query: string) =>
      [...askBinance(venue, interest, { query }).text.matchAll(/Time":(\d+)/g)].map((match) => Number(match[1]))
    const newest = parseInstant('2026-04-19')
    const day = (back: number) => newest - back * dayMs
    expect(times('')).toEqual([0, 1, 2, 3, 4, 5, 6].map(day))
    expect(times(`startTime=${day(29)}`)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9].map(day))
    expect(times(`startTime=${day(29)}&size=100`)).toHaveLength(30)
    expect(times(`startTime=1&size=100`)).toHaveLength(30)
    expect(times(`startTime=${day(5)}&endTime=${day(3)}`)).toEqual([3, 4, 5].map(day))
    expect(times(`startTime=${day(5) + 1}&endTime=${day(3) - 1}`)).toEqual([4].map(day))
    expect(times(`endTime=${day(20)}&size=100`)).toHaveLength(8)
    expect(times('asset=BTC')).toEqual([])
  })
})

describe('GET /papi/v1/portfolio/negative-balance-exchange-record', () => {
  test('exchange runs are JSON numbers, counted', async () => {
    const { venue } = await venueKit()
    venue.clock.freeze()
    venue.engine.apply({ kind: 'deposit', account: 'main', asset: 'USDT', amount: decimal('10000') }, { at: kitStart })
    loseOnBinance(venue, 'BNB', '1.10264488')
    venue.clock.advanceBy(dayMs)
    const { text } = askBinance(venue, '/papi/v1/portfolio/negative-balance-exchange-record', {
      query: `startTime=${kitStart}&endTime=${kitStart + dayMs}`,
    })
    expect(text).toMatch(
      /^\{"total":1,"rows":\[\{"startTime":\d{13},"endTime":\d{13},"details":\[\{"asset":"BNB","negativeBalance":1\.10264488,"negativeMaxThreshold":0\}\]\}\]\}$/,
    )
  })
})

describe('POST /papi/v1/repay-futures-negative-balance', () => {
  const path = '/papi/v1/repay-futures-negative-balance'

  async function indebted() {
    const kit = await venueKit()
    kit.venue.engine.apply({ kind: 'deposit', account: 'main', asset: 'USDT', amount: decimal('50') }, { at: kitStart })
    loseOnBinance(kit.venue, 'USDT', '20')
    const um = () => /"umWalletBalance":"([^"]+)"/.exec(askBinance(kit.venue, '/papi/v1/balance', { query: 'asset=USDT' }).text)?.[1]
    return { ...kit, um }
  }

  test.each([
    ['in the query, with no body', { query: 'recvWindow=5000' }],
    ['in a form body', { body: 'recvWindow=5000', headers: { 'content-type': 'application/x-www-form-urlencoded' } }],
    ['in the query, with an empty JSON body', { query: '', headers: { 'content-type': 'application/json' } }],
    ['in both, signed as one without an & between', { query: 'recvWindow=5000', body: 'recvWindow=4000' }],
  ])('works with the parameters %s', async (_, call) => {
    const { venue, um } = await indebted()
    expect(um()).toBe('-20.0')
    expect(askBinance(venue, path, { method: 'POST', ...call }).text).toBe('{"msg":"success"}')
    expect(um()).toBe('0.0')
  })

  test('takes the query’s value where query and body have the same parameter', async () => {
    const { venue } = await indebted()
    const call = { method: 'POST', timestamp: kitStart - 4_500 }
    expect(askBinance(venue, path, { ...call, query: 'recvWindow=5000', body: 'recvWindow=4000' }).status).toBe(200)
    expect(askBinance(venue, path, { ...call, query: 'recvWindow=4000', body: 'recvWindow=5000' }).text).toContain('-1021')
  })

  test('says success also where nothing is owed', async () => {
    const { venue } = await venueKit()
    expect(askBinance(venue, path, { method: 'POST' }).text).toBe('{"msg":"success"}')
  })
})

test.each([0, 1, 2])('key %i of the first account signs, whatever its kind', async (index) => {
  const { venue } = await venueKit()
  const key = keyAt(venue, 'binance', index)
  expect(key.signing).toBe(['hmac', 'rsa', 'ed25519'][index])
  expect(askBinance(venue, '/papi/v1/balance', { key }).text).toBe('[]')
  const other = keyAt(venue, 'binance', (index + 1) % 3)
  expect(askBinance(venue, '/papi/v1/balance', { key: other, apiKey: key.apiKey }).text).toContain('-1022')
})

test('a success carries the headers of the live exchange, its date the venue’s', async () => {
  const { venue, real } = await venueKit()
  venue.clock.freeze(parseInstant('2026-05-01T10:00:00Z'))
  await real.advanceBy(500)
  const got = askBinance(venue, '/papi/v1/balance')
  expect(got.header('date')).toBe('Fri, 01 May 2026 10:00:00 GMT')
  expect(got.header('server')).toBe('Tengine')
  expect(got.header('x-response-time')).toBe('0ms')
  expect(got.header('cache-control')).toBe('no-cache, no-store, must-revalidate')
  expect(got.header('strict-transport-security')).toBe('max-age=31536000; includeSubdomains')
  expect(got.header('x-mbx-used-weight-1m')).toBe('20')
})

describe('GET /papi/v1/ping', () => {
  test('ping needs neither key nor time', async () => {
    const { venue } = await venueKit()
    const got = askBinance(venue, '/papi/v1/ping', { apiKey: null, timestamp: null, signature: null })
    expect([got.status, got.text, got.header('x-mbx-used-weight-1m')]).toEqual([200, '{}', '1'])
  })
})
