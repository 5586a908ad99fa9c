import { beforeEach, describe, expect, test } from 'vitest'
import { business, gateway } from '../../../../test/support/okx-kit.ts'
import { askOkx, type Kit, keyAt, kitStart, type OkxCall, venueKit } from '../../../../test/support/venue-kit.ts'
import type { Endpoint } from '../../../contracts/contract.ts'
import { okxEndpoints } from '../../../contracts/endpoints.ts'
import { okxPayload, signOkx } from '../../../contracts/okx/signing.ts'
import { isoInstant } from '../../../time/instant.ts'

const accrued = '/api/v5/account/interest-accrued'
const balance = '/api/v5/account/balance'
const unknownKey = '00000000-0000-4000-8000-00000000000f'

let kit: Kit
beforeEach(async () => {
  kit = await venueKit()
})

const cannotBeEmpty = (header: string) => `Request header ${header} can not be empty.`

type Case = readonly [says: string, call: OkxCall, status: number, body: string]

const refusals: readonly Case[] = [
  ['no key', { headers: { 'ok-access-key': null } }, 401, gateway('50103', cannotBeEmpty('OK-ACCESS-KEY'))],
  ['no passphrase', { headers: { 'ok-access-passphrase': null } }, 401, gateway('50104', cannotBeEmpty('OK-ACCESS-PASSPHRASE'))],
  ['no signature', { headers: { 'ok-access-sign': null } }, 401, gateway('50106', cannotBeEmpty('OK-ACCESS-SIGN'))],
  ['no timestamp', { headers: { 'ok-access-timestamp': null } }, 401, gateway('50107', cannotBeEmpty('OK-ACCESS-TIMESTAMP'))],
  ['a malformed key', { headers: { 'ok-access-key': 'nonsense' } }, 401, gateway('50111', 'Invalid OK-ACCESS-KEY')],
  [
    'a timestamp in epoch ms',
    { headers: { 'ok-access-timestamp': '1773144030000' } },
    401,
    gateway('50112', 'Invalid OK-ACCESS-TIMESTAMP'),
  ],
  ['a timestamp 30.001 s old', { at: kitStart - 30_001 }, 401, gateway('50102', 'Timestamp request expired')],
  ['a timestamp 30.001 s ahead', { at: kitStart + 30_001 }, 401, gateway('50102', 'Timestamp request expired')],
  ['an unknown key', { headers: { 'ok-access-key': unknownKey } }, 401, gateway('50119', "API key doesn't exist")],
  ['a demo header', { headers: { 'x-simulated-trading': '1' } }, 401, gateway('50101', 'APIKey does not match current environment.')],
  [
    'a wrong passphrase',
    { headers: { 'ok-access-passphrase': 'wrong' } },
    401,
    gateway('50105', 'Request header OK-ACCESS-PASSPHRASE incorrect.'),
  ],
  ['a wrong signature', { headers: { 'ok-access-sign': 'wrong' } }, 401, gateway('50113', 'Invalid Sign')],
  ['a limit above 100', { query: 'limit=101' }, 400, business('51000', 'Parameter limit error')],
  ['a limit of zero', { query: 'limit=0' }, 400, business('51000', 'Parameter limit error')],
  ['an unknown type', { query: 'type=3' }, 400, business('51000', 'Parameter type error')],
  ['an unknown margin mode', { query: 'mgnMode=CROSS' }, 400, business('51000', 'Parameter mgnMode error')],
  ['a cursor that is no number', { query: 'after=yesterday' }, 400, business('51000', 'Parameter after error')],
  ['a parameter twice', { query: 'ccy=BTC&ccy=ETH' }, 400, business('51000', 'Parameter ccy error')],
]

test.each(refusals)('%s is refused as OKX does', (_, call, status, body) => {
  const got = askOkx(kit.venue, accrued, call)
  expect(got.text).toBe(body)
  expect(got.status).toBe(status)
  expect(got.header('content-type')).toBe('application/json')
  expect(got.header('date')).toBe('Tue, 10 Mar 2026 12:00:30 GMT')
})

test('a timestamp exactly 30 s old is accepted, and so are parameters nobody knows or that are empty', () => {
  expect(askOkx(kit.venue, accrued, { at: kitStart - 30_000 }).status).toBe(200)
  expect(askOkx(kit.venue, accrued, { query: 'begin=1&ccy=' }).text).toBe('{"code":"0","data":[],"msg":""}')
})

test('of a parameter that is sent twice the first is taken where the behaviour says so', async () => {
  const { venue } = await venueKit({ behaviour: { okxDuplicateParameter: 'first' } })
  expect(askOkx(venue, accrued, { query: 'limit=1&limit=101' }).status).toBe(200)
  expect(askOkx(venue, accrued, { query: 'limit=101&limit=1' }).text).toBe(business('51000', 'Parameter limit error'))
})

test('a key bound to addresses names itself and the address it is refused from', () => {
  const key = { ...keyAt(kit.venue, 'okx'), apiKey: unknownKey }
  const { secret: verifier, ...rest } = key
  kit.venue.engine.apply({ kind: 'add-key', account: 'okx', key: { ...rest, verifier, ips: ['198.51.100.1'] } })
  expect(askOkx(kit.venue, accrued, { key, ip: '198.51.100.1' }).status).toBe(200)
  expect(askOkx(kit.venue, accrued, { key, ip: '203.0.113.7' }).text).toBe(
    gateway('50110', `Your IP 203.0.113.7 is not included in your API key's ${unknownKey} IP whitelist.`),
  )
})

test('in demo a call without the demo header is refused', async () => {
  const { venue } = await venueKit({ behaviour: { okxEnvironment: 'demo' } })
  expect(askOkx(venue, accrued).text).toContain('50101')
  expect(askOkx(venue, accrued, { headers: { 'x-simulated-trading': '1' } }).status).toBe(200)
})

test('a known path asked with another method is refused as such', () => {
  const got = askOkx(kit.venue, accrued, { method: 'POST' })
  expect([got.status, got.text]).toEqual([405, gateway('50115', 'Invalid request method.')])
})

test('an unknown path answers 404 with a code that is a number', () => {
  const got = askOkx(kit.venue, '/api/v5/account/nothing')
  expect(got.status).toBe(404)
  expect(got.text).toBe('{"code":404,"data":{},"detailMsg":"","error_code":"404","error_message":"Not Found","msg":"Not Found"}')
})

describe('rule: okx-call-limits', () => {
  test('five calls in two seconds per user and endpoint, whichever key', async () => {
    const { venue, real } = kit
    const keys = [0, 1, 0, 1, 0].map((index) => keyAt(venue, 'okx', index))
    expect(keys.map((key) => askOkx(venue, accrued, { key }).status)).toEqual([200, 200, 200, 200, 200])
    const limited = askOkx(venue, accrued)
    expect([limited.status, limited.text]).toEqual([429, gateway('50011', 'Too Many Requests')])
    expect(askOkx(venue, balance).status).toBe(200)
    await real.advanceBy(1_999)
    expect(askOkx(venue, accrued).status).toBe(429)
    await real.advanceBy(1)
    expect(askOkx(venue, accrued).status).toBe(200)
  })

  test('ten calls in two seconds per address for the public time', () => {
    const time = (ip: string) => askOkx(kit.venue, '/api/v5/public/time', { ip, headers: { 'ok-access-key': null } })
    expect(time('203.0.113.7').text).toBe(`{"code":"0","data":[{"ts":"${kitStart}"}],"msg":""}`)
    expect(Array.from({ length: 10 }, () => time('203.0.113.7').status).filter((status) => status === 200)).toHaveLength(9)
    expect(time('203.0.113.8').status).toBe(200)
  })

  test.each([
    ['/api/v5/account/bills', 5, 1_000],
    ['/api/v5/account/bills-archive', 5, 2_000],
    ['/api/v5/account/interest-rate', 5, 2_000],
    ['/api/v5/account/interest-limits', 5, 2_000],
    ['/api/v5/account/spot-borrow-repay-history', 5, 2_000],
    ['/api/v5/account/vip-interest-accrued', 5, 2_000],
    ['/api/v5/account/vip-interest-deducted', 5, 2_000],
    [balance, 10, 2_000],
  ])('%s takes %i calls in %i ms', async (path, calls, perMs) => {
    const { venue, real } = kit
    const statuses = () => Array.from({ length: calls + 1 }, () => askOkx(venue, path).status)
    const all = [...Array.from({ length: calls }, () => 200), 429]
    expect(statuses()).toEqual(all)
    await real.advanceBy(perMs - 1)
    expect(askOkx(venue, path).status).toBe(429)
    await real.advanceBy(1)
    expect(statuses()).toEqual(all)
  })

  test('max-loan takes 20 calls in two seconds, and each public quota 2 per address', () => {
    const answered = (count: number, path: string, call: OkxCall = {}) =>
      Array.from({ length: count }, () => askOkx(kit.venue, path, call).status).filter((status) => status === 200).length
    expect(answered(25, '/api/v5/account/max-loan', { query: 'ccy=BTC&mgnMode=cross' })).toBe(20)
    for (const path of ['/api/v5/public/interest-rate-loan-quota', '/api/v5/public/discount-rate-interest-free-quota']) {
      expect(answered(5, path, { ip: '203.0.113.7' })).toBe(2)
      expect(answered(5, path, { ip: '203.0.113.8' })).toBe(2)
    }
  })

  test.each([
    ['each-second', 1_000],
    ['each-three-seconds', 3_000],
  ] as const)('borrowing by hand is possible %s', async (okxManualBorrowLimit, perMs) => {
    const { venue, real } = await venueKit({ behaviour: { okxManualBorrowLimit } })
    const borrow = () =>
      askOkx(venue, '/api/v5/account/spot-manual-borrow-repay', { method: 'POST', body: '{"ccy":"BTC","side":"repay","amt":"1"}' }).status
    expect([borrow(), borrow()]).toEqual([200, 429])
    await real.advanceBy(perMs - 1)
    expect(borrow()).toBe(429)
    await real.advanceBy(1)
    expect(borrow()).toBe(200)
  })
})

describe('rule: okx-json-bodies', () => {
  const path = '/api/v5/account/set-auto-repay'
  const post = (call: OkxCall) => askOkx(kit.venue, path, { method: 'POST', body: '{"autoRepay":true}', ...call })
  const autoRepay = () => kit.venue.engine.settingsOf('okx').autoRepay

  const wrong: readonly Case[] = [
    ['an empty body', { body: '' }, 400, business('50000', 'Body for POST request cannot be empty.')],
    ['JSON cut off', { body: '{"autoRepay":tru' }, 400, business('50002', 'JSON syntax error')],
    ['a form', { body: 'autoRepay=true' }, 400, business('50002', 'JSON syntax error')],
    ['a list', { body: '[true]' }, 400, business('50002', 'JSON syntax error')],
    [
      'another content type',
      { headers: { 'content-type': 'application/x-www-form-urlencoded' } },
      400,
      JSON.stringify({ code: '50006', data: [], msg: 'Invalid Content-Type. Please use "application/JSON".' }),
    ],
    [
      'no content type',
      { headers: { 'content-type': null } },
      400,
      JSON.stringify({ code: '50006', data: [], msg: 'Invalid Content-Type. Please use "application/JSON".' }),
    ],
    ['a missing field', { body: '{}' }, 400, business('50014', 'Parameter autoRepay can not be empty.')],
    ['a null', { body: '{"autoRepay":null}' }, 400, business('50014', 'Parameter autoRepay can not be empty.')],
    [
      'parameters in the query alone',
      { body: '{}', query: 'autoRepay=true' },
      400,
      business('50014', 'Parameter autoRepay can not be empty.'),
    ],
    ['a boolean as text', { body: '{"autoRepay":"true"}' }, 400, business('51000', 'Parameter autoRepay error')],
    ['a boolean as a number', { body: '{"autoRepay":1}' }, 400, business('51000', 'Parameter autoRepay error')],
  ]

  test.each(wrong)('%s is refused, and nothing changes', (_, call, status, body) => {
    const got = post(call)
    expect([got.status, got.text]).toEqual([status, body])
    expect(autoRepay()).toBe(false)
  })

  test('a content type may name a charset, and a body fields nobody knows', () => {
    const headers = { 'content-type': 'Application/JSON; charset=utf-8' }
    expect(post({ headers, body: '{"autoRepay":true,"tag":[1]}' }).text).toBe('{"code":"0","data":[{"autoRepay":true}],"msg":""}')
    expect(autoRepay()).toBe(true)
  })

  test('text for a boolean and a number for text are read where the behaviour says so', async () => {
    const loose = await venueKit({ behaviour: { okxBodyTypes: 'any-scalar' } })
    const got = askOkx(loose.venue, path, { method: 'POST', body: '{"autoRepay":"true"}' })
    expect(got.text).toBe('{"code":"0","data":[{"autoRepay":true}],"msg":""}')
  })

  test('the body is signed as it was sent: another order or a space is another signature', () => {
    const key = keyAt(kit.venue, 'okx')
    const timestamp = isoInstant(kit.venue.clock.now())
    const sign = signOkx(key.secret, okxPayload(timestamp, 'POST', path, '{"autoRepay":true}'))
    expect(post({ headers: { 'ok-access-sign': sign } }).status).toBe(200)
    expect(post({ body: '{"autoRepay": true}', headers: { 'ok-access-sign': sign } }).text).toBe(gateway('50113', 'Invalid Sign'))
  })

  test('a key that only reads may not change anything', () => {
    const { secret: verifier, ...key } = keyAt(kit.venue, 'okx')
    kit.venue.engine.apply({ kind: 'add-key', account: 'okx', key: { ...key, apiKey: unknownKey, verifier, permissions: ['read'] } })
    const readOnly = { ...keyAt(kit.venue, 'okx'), apiKey: unknownKey }
    expect(post({ key: readOnly }).text).toBe(business('50120', "This API key doesn't have permission to use this function"))
    expect(askOkx(kit.venue, balance, { key: readOnly }).status).toBe(200)
    expect(autoRepay()).toBe(false)
  })
})

describe('rule: okx-simulated-trading', () => {
  const signedEndpoints = Object.values<Endpoint>(okxEndpoints).filter(({ security }) => security !== 'NONE')
  const mismatch = gateway('50101', 'APIKey does not match current environment.')
  const unavailable = business('50038', 'This feature is unavailable in demo trading')

  test.each(signedEndpoints.map((endpoint) => [endpoint.path, endpoint.method]))(
    '%s keeps the environments apart',
    async (path, method) => {
      expect(askOkx(kit.venue, path, { method, headers: { 'x-simulated-trading': '1' } }).text).toBe(mismatch)
      const demo = await venueKit({ behaviour: { okxEnvironment: 'demo' } })
      expect(askOkx(demo.venue, path, { method }).text).toBe(mismatch)
      expect(askOkx(demo.venue, path, { method, headers: { 'x-simulated-trading': '0' } }).text).toBe(mismatch)
      expect(askOkx(demo.venue, path, { method, headers: { 'x-simulated-trading': '1' } }).text).not.toContain('50101')
    },
  )

  test('public endpoints answer in both', async () => {
    const demo = await venueKit({ behaviour: { okxEnvironment: 'demo' } })
    for (const { path, security } of Object.values<Endpoint>(okxEndpoints)) {
      if (security !== 'NONE') continue
      for (const header of ['1', null]) {
        for (const { venue } of [kit, demo])
          expect(askOkx(venue, path, { headers: { 'ok-access-key': null, 'x-simulated-trading': header } }).status).toBe(200)
        await kit.real.advanceBy(2_000)
        await demo.real.advanceBy(2_000)
      }
    }
  })

  test.each([
    ['vip-loans', ['vip-interest-accrued', 'vip-interest-deducted']],
    ['all-loans', ['vip-interest-accrued', 'vip-interest-deducted', 'spot-manual-borrow-repay', 'set-auto-repay', 'set-auto-loan']],
    ['nothing', []],
  ] as const)('what demo lacks is %s', async (okxUnavailableInDemo, lacking) => {
    const { venue } = await venueKit({ behaviour: { okxEnvironment: 'demo', okxUnavailableInDemo } })
    const refused = signedEndpoints
      .filter(({ path, method }) => askOkx(venue, path, { method, headers: { 'x-simulated-trading': '1' } }).text === unavailable)
      .map(({ name }) => name)
    expect(refused.sort()).toEqual([...lacking].sort())
  })
})

describe('a known path asked with another method', () => {
  test.each(Object.values<Endpoint>(okxEndpoints).map(({ path, method }) => [path, method]))('%s is refused but as %s', (path, method) => {
    for (const other of ['GET', 'POST', 'PUT', 'DELETE']) {
      if (other === method) continue
      const got = askOkx(kit.venue, path, { method: other })
      expect([got.status, got.text]).toEqual([405, gateway('50115', 'Invalid request method.')])
    }
  })
})
