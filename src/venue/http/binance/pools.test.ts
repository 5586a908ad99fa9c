import { describe, expect, test } from 'vitest'
import { papiKit } from '../../../../test/support/papi.ts'
import { proKit } from '../../../../test/support/pro.ts'
import { askBinance, venueKit } from '../../../../test/support/venue-kit.ts'
import { binancePoolOf } from '../../../contracts/binance/pools.ts'
import { binanceEndpoints } from '../../../contracts/endpoints.ts'
import { decimal } from '../../../decimal/decimal.ts'
import { parseInstant } from '../../../time/instant.ts'
import { ManualClock } from '../../../time/manual-clock.ts'

const countHeaders = [
  'x-mbx-used-weight',
  'x-mbx-used-weight-1m',
  'x-mbx-order-count-1m',
  'x-sapi-used-ip-weight-1m',
  'x-sapi-used-uid-weight-1m',
]

describe('rule: weight-pools', () => {
  test('each family of paths has its own headers', async () => {
    const { venue, ask } = await proKit()
    const told = (path: string, query = '') => {
      const got = ask('GET', path, query)
      return countHeaders.flatMap((name) => (got.header(name) === undefined ? [] : [`${name} ${got.header(name)}`]))
    }
    expect(told('/papi/v1/balance')).toEqual(['x-mbx-used-weight-1m 20'])
    // The one without an interval is the api host’s alone.
    expect(told('/api/v3/time')).toEqual(['x-mbx-used-weight 1', 'x-mbx-used-weight-1m 1'])
    expect(told('/sapi/v1/portfolio/balance')).toEqual(['x-sapi-used-ip-weight-1m 20'])
    expect(told('/sapi/v1/portfolio/pmLoan')).toEqual(['x-sapi-used-uid-weight-1m 500'])
    expect(told('/sapi/v1/margin/interestRateHistory', 'asset=NONE')).toEqual(['x-sapi-used-uid-weight-1m 60'])
    expect(askBinance(venue, '/papi/v1/nothing').header('x-mbx-used-weight-1m')).toBeUndefined()
  })

  test('every endpoint of sapi is counted on its own, per address', async () => {
    const { ask } = await proKit()
    const repay = () => ask('POST', '/sapi/v1/portfolio/repay-futures-negative-balance')
    expect(Array.from({ length: 8 }, () => repay().status)).toEqual(Array(8).fill(200))
    const limited = repay()
    expect([limited.status, limited.text]).toEqual([429, '{"code":-1003,"msg":"Too many requests; current request has limited."}'])
    expect([limited.header('retry-after'), limited.header('x-sapi-used-ip-weight-1m')]).toEqual(['30', '13500'])
    expect(ask('POST', '/sapi/v1/portfolio/auto-collection').status).toBe(200)
    expect(ask('GET', '/papi/v1/balance').status).toBe(200)
    expect(ask('POST', '/sapi/v1/portfolio/repay-futures-negative-balance', '', { ip: '203.0.113.8' }).status).toBe(200)
  })

  test('going on despite 429 is never banned on sapi', async () => {
    const { ask } = await proKit('pm-pro', { behaviour: { binanceRejectionsBeforeBan: 1 } })
    const statuses = Array.from({ length: 20 }, () => ask('POST', '/sapi/v1/portfolio/auto-collection').status)
    expect(statuses.slice(8)).toEqual(Array(12).fill(429))
    expect(ask('GET', '/sapi/v1/portfolio/balance').status).toBe(200)
  })

  test('what counts by user counts wherever it comes from, and nobody else’s', async () => {
    const { venue, ask } = await proKit('pm-pro', { behaviour: { limits: 'counted' } })
    const used = (ip: string, key = {}) => ask('GET', '/sapi/v1/portfolio/pmLoan', '', { ip, ...key }).header('x-sapi-used-uid-weight-1m')
    expect([used('203.0.113.7'), used('203.0.113.8')]).toEqual(['500', '1000'])
    expect(askBinance(venue, '/sapi/v1/portfolio/pmLoan').header('x-sapi-used-uid-weight-1m')).toBe('500')
    // Nobody's key: counted by where it comes from.
    expect([used('203.0.113.7', { apiKey: 'x'.repeat(64) }), used('203.0.113.7', { apiKey: 'y'.repeat(64) })]).toEqual(['500', '1000'])
  })

  test('a user’s limit is 180,000 a minute for each endpoint', async () => {
    const { ask } = await proKit()
    const statuses = Array.from({ length: 61 }, () => ask('POST', '/sapi/v1/portfolio/repay').status)
    expect([statuses[59], statuses[60]]).toEqual([400, 429])
    expect(ask('GET', '/sapi/v1/portfolio/pmLoan').status).toBe(200)
  })

  test('/api/v3 has 6000 a minute and address, and bans', async () => {
    const { venue } = await venueKit({ behaviour: { binanceRejectionsBeforeBan: 1 } })
    const time = () => askBinance(venue, '/api/v3/time', { ip: '203.0.113.7' })
    for (let count = 0; count < 6_000; count++) time()
    const limited = time()
    expect([limited.status, limited.text]).toEqual([
      429,
      '{"code":-1003,"msg":"Too much request weight used; current limit is 6000 request weight per 1 MINUTE. Please use the websocket for live updates to avoid polling the API."}',
    ])
    expect(time().status).toBe(418)
    expect(askBinance(venue, '/papi/v1/ping', { ip: '203.0.113.7' }).status).toBe(200)
  })

  test('every endpoint has a pool whose limit it can keep', () => {
    for (const endpoint of Object.values(binanceEndpoints)) {
      const { limit, name } = binancePoolOf(endpoint)
      const { cost } = endpoint
      if (cost.kind === 'weight' && cost.pool !== 'orders') expect(cost.weight, name).toBeLessThanOrEqual(limit)
    }
  })
})

describe('rule: order-pool', () => {
  const path = '/papi/v1/margin/repay-debt'

  test('an order counts one for its account and no weight for its address, and both are told', async () => {
    const { venue, post } = await papiKit()
    const first = post(path, 'asset=BTC')
    expect([first.header('x-mbx-used-weight-1m'), first.header('x-mbx-order-count-1m')]).toEqual(['0', '1'])
    expect(askBinance(venue, '/papi/v1/ping').header('x-mbx-order-count-1m')).toBeUndefined()
    expect(post(path, 'asset=BTC').header('x-mbx-order-count-1m')).toBe('2')
  })

  test('1200 a minute and account; beyond it only orders are turned away', async () => {
    const { venue } = await venueKit()
    const order = (ip: string) => askBinance(venue, path, { method: 'POST', query: 'asset=BTC', ip })
    for (let count = 0; count < 1_200; count++) order('203.0.113.7')
    const limited = order('203.0.113.8')
    expect([limited.status, limited.text]).toEqual([
      429,
      '{"code":-1015,"msg":"Too many new orders; current limit is 1200 orders per MINUTE."}',
    ])
    expect(askBinance(venue, '/papi/v1/balance').status).toBe(200)
  })

  test('2400 a minute before 2023-09-07, as rateLimit/order says', async () => {
    const { venue } = await venueKit({ clock: new ManualClock(parseInstant('2023-09-06T23:58:10Z')) })
    venue.clock.freeze()
    const order = () => askBinance(venue, path, { method: 'POST', query: 'asset=BTC' })
    expect(askBinance(venue, '/papi/v1/rateLimit/order').text).toContain('"limit":2400')
    for (let count = 0; count < 2_400; count++) order()
    expect(order().text).toBe('{"code":-1015,"msg":"Too many new orders; current limit is 2400 orders per MINUTE."}')
    venue.clock.advanceTo(parseInstant('2023-09-07'))
    expect(askBinance(venue, '/papi/v1/rateLimit/order').text).toContain('"limit":1200')
    for (let count = 0; count < 1_200; count++) order()
    expect(order().text).toBe('{"code":-1015,"msg":"Too many new orders; current limit is 1200 orders per MINUTE."}')
  })
})

test('a key that may only read cannot call what moves money on the api host', async () => {
  const { venue, tell, key } = await proKit()
  const readOnly = { ...key, apiKey: 'Q'.repeat(64), secret: 'reads' }
  tell({
    kind: 'add-key',
    account: 'pro',
    key: { apiKey: readOnly.apiKey, signing: 'hmac', verifier: readOnly.secret, permissions: ['read'] },
  })
  tell({ kind: 'deposit', account: 'pro', asset: 'BNB', amount: decimal('1') })
  const before = venue.engine.digest()
  const call = { key: readOnly, method: 'POST', query: 'amount=1&transferSide=TO_UM' }
  expect(askBinance(venue, '/sapi/v1/portfolio/bnb-transfer', call)).toMatchObject({ status: 401 })
  expect(venue.engine.digest()).toBe(before)
})
