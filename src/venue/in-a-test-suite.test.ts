import { describe, expect, test } from 'vitest'
import { askBinance, askOkx, keyAt, kitStart, loseOnBinance, venueKit } from '../../test/support/venue-kit.ts'
import { signBinance } from '../contracts/binance/signing.ts'
import { decimal } from '../decimal/decimal.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { createVenue } from './index.ts'

describe('a venue in place of the global fetch', () => {
  test('answers whatever host the URL names, given as text, URL or request', async () => {
    const { venue } = await venueKit()
    const { fetch } = venue
    const url = 'https://papi.binance.example/papi/v1/ping'
    for (const input of [url, new URL(url), new Request(url)]) expect(await (await fetch(input)).json()).toEqual({})
  })

  test('takes method, headers and body beside the URL', async () => {
    const { venue } = await venueKit()
    loseOnBinance(venue, 'USDT', '25')
    const { apiKey, secret } = keyAt(venue, 'binance')
    const sent = `timestamp=${venue.clock.now()}`
    const response = await venue.fetch('https://papi.binance.example/papi/v1/repay-futures-negative-balance', {
      method: 'POST',
      headers: { 'X-MBX-APIKEY': apiKey, 'Content-Type': 'application/x-www-form-urlencoded' },
      body: `${sent}&signature=${signBinance('hmac', secret, sent)}`,
    })
    expect([response.status, await response.json()]).toEqual([200, { msg: 'success' }])
  })

  test('reaches for no exchange with a path that is none of the venue’s', async () => {
    const { venue } = await venueKit()
    expect((await venue.fetch('https://api.binance.example/fapi/v1/ping')).status).toBe(404)
  })
})

describe('the keys of an account', () => {
  test('are found by its label', async () => {
    const { venue } = await venueKit()
    expect(venue.account('okx')).toEqual(venue.accounts.find(({ label }) => label === 'okx'))
    expect(() => venue.account('nobody')).toThrow(expect.objectContaining({ code: 'venue.account-unknown' }))
  })
})

describe('what is let happen', () => {
  test('takes amounts as text, and happens at the instant of the venue', async () => {
    const { venue } = await venueKit()
    venue.clock.freeze(kitStart + dayMs)
    venue.apply({ kind: 'book', account: 'main', wallet: 'um', asset: 'USDT', amount: '-120.50', reason: 'funding' })
    venue.apply({ kind: 'set-thresholds', asset: 'USDT', free: '0', maximum: decimal('100') })
    const [movement] = venue.engine.movements({ account: 'main' })
    expect(movement).toMatchObject({ at: kitStart + dayMs, cause: 'funding', changes: [{ wallet: 'um', delta: decimal('-120.50000000') }] })
    expect(venue.engine.thresholdsOf('USDT', 0)?.maximum).toEqual(decimal('100.00000000'))
  })

  test('is nothing when an amount is none, or cannot be', async () => {
    const { venue } = await venueKit()
    const book = (amount: string) => () =>
      venue.apply({ kind: 'book', account: 'main', wallet: 'um', asset: 'USDT', amount, reason: 'fee' })
    const digest = venue.engine.digest()
    expect(book('much')).toThrow(expect.objectContaining({ code: 'decimal.malformed' }))
    expect(book('0.123456789')).toThrow()
    expect(venue.engine.digest()).toBe(digest)
  })
})

describe('the next boundary', () => {
  test('of a day has charged what is negative when the clock returns, and the one of an hour has not', async () => {
    const { venue } = await venueKit()
    venue.clock.freeze()
    loseOnBinance(venue, 'BTC', '0.3')
    venue.clock.advanceToNext('hour')
    expect([venue.clock.now() % hourMs, venue.engine.binanceCharges({ account: 'main' })]).toEqual([0, []])
    venue.clock.advanceToNext('day')
    expect(venue.clock.now()).toBe(kitStart - (kitStart % dayMs) + dayMs)
    expect(venue.engine.binanceCharges({ account: 'main' })).toHaveLength(1)
    venue.clock.advanceToNext('day')
    expect(venue.engine.binanceCharges({ account: 'main' })).toHaveLength(2)
  })
})

describe('a bot that has the time of its machine, on a venue that is days ahead', () => {
  const ahead = async (timestamps: 'venue-clock' | 'either-clock') => {
    const kit = await venueKit({ behaviour: { timestamps } })
    kit.venue.clock.freeze(kitStart + 3 * dayMs)
    return { ...kit, machine: kit.real.now() }
  }

  test('is too late for it', async () => {
    const { venue, machine } = await ahead('venue-clock')
    expect(askBinance(venue, '/papi/v1/balance', { timestamp: machine }).text).toContain('-1021')
    expect(askOkx(venue, '/api/v5/account/balance', { at: machine }).text).toContain('50102')
  })

  test('is let in where either clock will do, and so is one that follows the venue', async () => {
    const { venue, machine } = await ahead('either-clock')
    for (const at of [machine, venue.clock.now()]) {
      expect(askBinance(venue, '/papi/v1/balance', { timestamp: at }).status).toBe(200)
      expect(askOkx(venue, '/api/v5/account/balance', { at }).status).toBe(200)
    }
  })

  test('is told all the same when it is right by neither', async () => {
    const { venue, machine } = await ahead('either-clock')
    expect(askBinance(venue, '/papi/v1/balance', { timestamp: machine - 5_001 }).text).toContain('-1021')
    expect(askOkx(venue, '/api/v5/account/balance', { at: machine - 31_000 }).text).toContain('50102')
  })

  test('meets a fault of the clock by either', async () => {
    const { venue, machine } = await ahead('either-clock')
    venue.faults.add({ kind: 'clock-skew', ms: 60_000 })
    expect(askBinance(venue, '/papi/v1/balance', { timestamp: machine }).text).toContain('-1021')
  })
})

test('many venues in one process know nothing of each other', async () => {
  const venues = await Promise.all(Array.from({ length: 8 }, () => createVenue({ scenario: 'empty' })))
  venues.forEach((venue, index) => {
    loseOnBinance(venue, 'BTC', `0.${index + 1}`)
  })
  const owed = venues.map((venue) => venue.engine.binanceBalances('main').map(({ um }) => String(um.mantissa)))
  expect(new Set(owed.flat()).size).toBe(venues.length)
  await Promise.all(venues.map((venue) => venue.close()))
})
