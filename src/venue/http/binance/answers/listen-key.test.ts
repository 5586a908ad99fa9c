import { describe, expect, test } from 'vitest'
import { askBinance, type BinanceCall, keyAt, venueKit } from '../../../../../test/support/venue-kit.ts'
import { hourMs, minuteMs } from '../../../../time/units.ts'
import type { Venue } from '../../../venue.ts'

const path = '/papi/v1/listenKey'
const none = '{"code":-1125,"msg":"This listenKey does not exist. Please use `POST /papi/v1/listenKey` to recreate `listenKey`"}'

async function frozenVenue(): Promise<Venue> {
  const { venue } = await venueKit()
  venue.clock.freeze()
  return venue
}

/** As real clients send it: the key in its header, no timestamp, no signature. */
function ask(venue: Venue, method: string, call: BinanceCall = {}) {
  return askBinance(venue, path, { method, timestamp: null, signature: null, ...call })
}

function listenKeyOf(venue: Venue): string {
  const { status, text } = ask(venue, 'POST')
  expect(status).toBe(200)
  const [, listenKey = ''] = /^\{"listenKey":"([A-Za-z0-9]{64})"\}$/.exec(text) ?? []
  expect(listenKey).toHaveLength(64)
  return listenKey
}

describe('POST /papi/v1/listenKey', () => {
  test('makes a key of 64 characters from the API key alone, for weight 1', async () => {
    const venue = await frozenVenue()
    const { status, text, header } = ask(venue, 'POST')
    expect([status, header('x-mbx-used-weight-1m')]).toEqual([200, '1'])
    expect(text).toMatch(/^\{"listenKey":"[A-Za-z0-9]{64}"\}$/)
  })

  test('returns the active key again, valid for another 60 minutes', async () => {
    const venue = await frozenVenue()
    const first = listenKeyOf(venue)
    venue.clock.advanceBy(hourMs - 1)
    expect(listenKeyOf(venue)).toBe(first)
    venue.clock.advanceBy(hourMs - 1)
    expect(ask(venue, 'PUT').text).toBe('{}')
  })

  test('makes another one when 60 minutes have passed', async () => {
    const venue = await frozenVenue()
    const first = listenKeyOf(venue)
    venue.clock.advanceBy(hourMs)
    expect(listenKeyOf(venue)).not.toBe(first)
  })

  test('does not mind a signature, nor a parameter', async () => {
    const venue = await frozenVenue()
    expect(askBinance(venue, path, { method: 'POST', query: 'listenKey=x' }).status).toBe(200)
    expect(ask(venue, 'POST', { body: 'a=b' }).status).toBe(200)
  })

  test('serves a key that may only read', async () => {
    const venue = await frozenVenue()
    const readOnly = venue.accounts[0]!.keys.find(({ permissions }) => permissions.length === 1)
    expect(readOnly).toBeDefined()
    expect(ask(venue, 'POST', { key: readOnly! }).status).toBe(200)
  })

  test('refuses a key that is missing, misshapen or nobody’s', async () => {
    const venue = await frozenVenue()
    expect(ask(venue, 'POST', { apiKey: null }).text).toContain('"code":-2014')
    expect(ask(venue, 'POST', { apiKey: 'short' }).text).toContain('"code":-2014')
    expect(ask(venue, 'POST', { apiKey: 'x'.repeat(64) }).text).toContain('"code":-2015')
  })

  test('is answered by fetch as by the port, with PUT and DELETE', async () => {
    const venue = await frozenVenue()
    const { apiKey } = keyAt(venue, 'binance')
    const texts: string[] = []
    for (const method of ['POST', 'PUT', 'DELETE', 'DELETE']) {
      const response = await venue.fetch(new Request(`http://venue.test${path}`, { method, headers: { 'X-MBX-APIKEY': apiKey } }))
      texts.push(await response.text())
    }
    expect(texts).toEqual([expect.stringContaining('listenKey'), '{}', '{}', none])
  })

  test('is not kept by a snapshot, nor through a reset', async () => {
    const venue = await frozenVenue()
    listenKeyOf(venue)
    venue.snapshot('here')
    venue.restore('here')
    expect(ask(venue, 'PUT').text).toBe(none)
  })
})

describe('PUT /papi/v1/listenKey', () => {
  test('extends the key by 60 minutes from now on', async () => {
    const venue = await frozenVenue()
    const first = listenKeyOf(venue)
    venue.clock.advanceBy(59 * minuteMs)
    expect(ask(venue, 'PUT')).toMatchObject({ status: 200, text: '{}' })
    venue.clock.advanceBy(59 * minuteMs)
    expect(listenKeyOf(venue)).toBe(first)
  })

  test('is -1125 without a key, and from the millisecond on at which it expired', async () => {
    const venue = await frozenVenue()
    expect(ask(venue, 'PUT')).toMatchObject({ status: 400, text: none })
    listenKeyOf(venue)
    venue.clock.advanceBy(hourMs)
    expect(ask(venue, 'PUT')).toMatchObject({ status: 400, text: none })
  })
})

describe('DELETE /papi/v1/listenKey', () => {
  test('ends the key: a new one is another', async () => {
    const venue = await frozenVenue()
    const first = listenKeyOf(venue)
    expect(ask(venue, 'DELETE')).toMatchObject({ status: 200, text: '{}' })
    expect(ask(venue, 'PUT').text).toBe(none)
    expect(listenKeyOf(venue)).not.toBe(first)
  })

  test('is -1125 without a key', async () => {
    expect(ask(await frozenVenue(), 'DELETE')).toMatchObject({ status: 400, text: none })
  })
})
