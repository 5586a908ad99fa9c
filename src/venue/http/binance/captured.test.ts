import { describe, expect, test } from 'vitest'
import { papiKit } from '../../../../test/support/papi.ts'
import { proKit } from '../../../../test/support/pro.ts'
import { decimal, toText } from '../../../decimal/decimal.ts'
import { parseInstant } from '../../../time/instant.ts'
import type { Venue } from '../../index.ts'

/** The headers of an answer as they are sent, names and values. */
function headersOf(venue: Venue, path: string, query = ''): string[] {
  const call = { method: 'GET', path, query, body: '', ip: '127.0.0.1', header: () => undefined }
  const headers = venue.answer(call)?.headers ?? []
  return headers.flatMap((name, index) => (index % 2 === 0 ? [`${name}: ${headers[index + 1]}`] : []))
}

describe('rule: headers', () => {
  test('a success of papi has exactly those that were captured, an error only those up to the allowed methods', async () => {
    const { venue } = await papiKit()
    venue.clock.freeze(parseInstant('2026-07-07T12:09:58Z'))
    const first = (length: number, weight: number, type = 'application/json') => [
      'Date: Tue, 07 Jul 2026 12:09:58 GMT',
      `Content-Type: ${type}`,
      `Content-Length: ${length}`,
      'Server: Tengine',
      `X-MBX-USED-WEIGHT-1M: ${weight}`,
      'x-response-time: 0ms',
      'Access-Control-Allow-Origin: *',
      'Access-Control-Allow-Methods: GET, POST, PUT, DELETE, OPTIONS',
    ]
    expect(headersOf(venue, '/papi/v1/ping')).toEqual([
      ...first(2, 1),
      'Access-Control-Allow-Credentials: true',
      'Access-Control-Allow-Headers: *,clienttype,Content-Type,lang,x-ui-request-trace,bnc-uuid',
      "Content-Security-Policy: default-src 'self'",
      'cache-control: no-cache, no-store, must-revalidate',
      'expires: 0',
      'pragma: no-cache',
      'strict-transport-security: max-age=31536000; includeSubdomains',
      'x-content-type-options: nosniff',
      'x-frame-options: SAMEORIGIN',
      'x-xss-protection: 1; mode=block',
    ])
    expect(headersOf(venue, '/papi/v1/balance')).toEqual(first(46, 21))
  })

  test('the api host has others, and says which characters it uses', async () => {
    const { venue } = await proKit()
    venue.clock.freeze(parseInstant('2026-07-07T12:09:50Z'))
    const first = (length: number, ...counts: readonly string[]) => [
      'Date: Tue, 07 Jul 2026 12:09:50 GMT',
      'Content-Type: application/json;charset=UTF-8',
      `Content-Length: ${length}`,
      'Server: nginx',
      ...counts,
      'Strict-Transport-Security: max-age=31536000; includeSubdomains',
      'X-Frame-Options: SAMEORIGIN',
      'X-Xss-Protection: 1; mode=block',
      'X-Content-Type-Options: nosniff',
      "Content-Security-Policy: default-src 'self'",
      "X-Content-Security-Policy: default-src 'self'",
      "X-WebKit-CSP: default-src 'self'",
      'Cache-Control: no-cache, no-store, must-revalidate',
      'Pragma: no-cache',
      'Expires: 0',
    ]
    const allowed = ['Access-Control-Allow-Methods: GET, HEAD, OPTIONS', 'Access-Control-Allow-Origin: *']
    expect(headersOf(venue, '/api/v3/time')).toEqual([...first(28, 'X-MBX-USED-WEIGHT: 1', 'X-MBX-USED-WEIGHT-1M: 1'), ...allowed])
    expect(headersOf(venue, '/sapi/v1/portfolio/asset-index-price', 'asset=NEO')).toEqual([
      ...first(2, 'X-SAPI-USED-IP-WEIGHT-1M: 1'),
      ...allowed,
    ])
    expect(headersOf(venue, '/sapi/v1/portfolio/pmLoan')).toEqual(first(46, 'X-SAPI-USED-UID-WEIGHT-1M: 500'))
  })
})

describe('GET /papi/v1/balance, rows that were captured', () => {
  const one = (text: string) => JSON.parse(text) as Record<string, unknown>

  test('30.6003261 and 105.43419058 are 136.03451668 in all', async () => {
    const { venue, deposit, book, get } = await papiKit()
    venue.clock.freeze()
    deposit('USDT', '30.60032610')
    book('um', 'USDT', '105.43419058')
    expect(one(get('/papi/v1/balance', 'asset=USDT').text)).toMatchObject({
      crossMarginFree: '30.6003261',
      umWalletBalance: '105.43419058',
      totalWalletBalance: '136.03451668',
    })
  })

  test('a negative UM wallet under a larger cross margin is no negative balance, and costs nothing', async () => {
    const { venue, deposit, book, get } = await papiKit()
    deposit('USDT', '144168.84518903')
    book('um', 'USDT', '-139113.35970527')
    venue.engine.apply({ kind: 'set-rate', exchange: 'binance', asset: 'USDT', rateDaily: decimal('0.0001164') }, { at: venue.clock.now() })
    venue.engine.apply({ kind: 'set-repay-switch', account: 'main', on: false }, { at: venue.clock.now() })
    venue.clock.advanceTo(parseInstant('2026-03-11T00:00:00Z'))
    expect(one(get('/papi/v1/balance', 'asset=USDT').text)).toMatchObject({
      totalWalletBalance: '5055.48548376',
      crossMarginBorrowed: '0.0',
      crossMarginInterest: '0.0',
      umWalletBalance: '-139113.35970527',
      negativeBalance: '0.0',
    })
    expect(get('/papi/v1/portfolio/interest-history').text).toBe('[]')
  })

  test('interest can be owed where nothing is borrowed, and its coming leaves updateTime alone', async () => {
    const { venue, book, get } = await papiKit()
    const at = venue.clock.now()
    book('um', 'NEO', '-1')
    venue.engine.apply({ kind: 'set-rate', exchange: 'binance', asset: 'NEO', rateDaily: decimal('0.00005') }, { at })
    venue.clock.advanceTo(parseInstant('2026-03-11T00:00:00Z'))
    expect(one(get('/papi/v1/balance', 'asset=NEO').text)).toMatchObject({
      crossMarginBorrowed: '0.0',
      crossMarginInterest: '0.00005',
      updateTime: at,
      negativeBalance: '-1.0',
    })
    expect(venue.engine.binanceCharges({ account: 'main' }).map(({ interest }) => toText(interest))).toEqual(['0.00005000'])
  })
})

test('an empty history of margin interest is 21 bytes', async () => {
  const got = (await papiKit()).get('/papi/v1/margin/marginInterestHistory')
  expect([got.text, got.header('content-length')]).toEqual(['{"total":0,"rows":[]}', '21'])
})
