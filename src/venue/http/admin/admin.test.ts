import { createPrivateKey } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { askAdmin, askBinance, type Kit, kitStart, venueKit } from '../../../../test/support/venue-kit.ts'
import { dayMs } from '../../../time/units.ts'

let kit: Kit
beforeEach(async () => {
  kit = await venueKit()
})
const ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) =>
  askAdmin(kit.venue, method, path, body, headers)

describe('who may ask', () => {
  test.each([
    ['no token', { authorization: '' }],
    ['another token', { authorization: 'Bearer other' }],
    ['another scheme', { authorization: 'Basic token' }],
  ])('not who has %s', async (_, headers) => {
    const { status, json } = await ask('GET', '/clock', undefined, headers)
    expect([status, json['code']]).toEqual([401, 'venue.token-refused'])
  })

  test.each(['http://page.example', 'null', 'http://127.0.0.1:8081', 'https://127.0.0.1:8080'])('not the page %s', async (origin) => {
    const { status, json } = await ask('GET', '/clock', undefined, { origin, host: '127.0.0.1:8080' })
    expect([status, json['code']]).toEqual([403, 'venue.origin-refused'])
  })

  test('a page of the venue itself may, and a name that is not of this machine may not', async () => {
    expect((await ask('GET', '/clock', undefined, { origin: 'http://127.0.0.1:8080', host: '127.0.0.1:8080' })).status).toBe(200)
    expect((await ask('GET', '/clock', undefined, { host: 'venue.example' })).status).toBe(403)
  })
})

describe('the clock', () => {
  test('is read and moved', async () => {
    expect((await ask('GET', '/clock')).json).toEqual({ now: kitStart, mode: 'real' })
    expect((await ask('POST', '/clock', { kind: 'frozen' })).json).toEqual({ now: kitStart, mode: 'frozen' })
    expect((await ask('POST', '/clock', { kind: 'advance-by', ms: 5 })).json).toEqual({ now: kitStart + 5, mode: 'frozen' })
    expect((await ask('POST', '/clock', { kind: 'advance-to', to: kitStart + 9 })).json).toEqual({ now: kitStart + 9, mode: 'frozen' })
    expect((await ask('POST', '/clock', { kind: 'speed', factor: 60, at: kitStart + 10 })).json).toEqual({
      now: kitStart + 10,
      mode: 'speed',
      factor: 60,
    })
    await kit.real.advanceBy(dayMs)
    expect((await ask('POST', '/clock', { kind: 'advance-to', to: kitStart })).json['code']).toBe('time.clock-backwards')
    expect((await ask('POST', '/clock', { kind: 'real' })).status).toBe(409)
  })
})

describe('accounts and keys', () => {
  test('an account is opened with keys that are made, and they sign', async () => {
    expect((await ask('POST', '/accounts', { account: 'bot', exchange: 'binance', vip: 9 })).status).toBe(200)
    for (const signing of ['hmac', 'rsa', 'ed25519'] as const) {
      const { json } = await ask('POST', '/accounts/bot/keys', { signing, permissions: ['read', 'trade'] })
      const secret = String(json['secret'] ?? json['privateKey'])
      if (signing !== 'hmac') expect(createPrivateKey(secret).asymmetricKeyType).toBe(signing)
      const key = { apiKey: String(json['apiKey']), signing, secret, permissions: ['read'] as const }
      expect(key.apiKey).toMatch(/^[A-Za-z0-9]{64}$/)
      expect(askBinance(kit.venue, '/papi/v1/balance', { key }).text).toBe('[]')
    }
    const { json } = await ask('GET', '/accounts')
    const accounts = json['accounts'] as { account: string; keys: unknown[] }[]
    expect(accounts.find(({ account }) => account === 'bot')?.keys).toHaveLength(3)
    expect(JSON.stringify(json)).not.toMatch(/PRIVATE|secret|verifier/)
    expect(kit.venue.accounts.find(({ label }) => label === 'bot')?.keys.map(({ signing }) => signing)).toEqual(['hmac'])
  })

  test('a key made with an id is the same when it is asked for again, but its private half is not told twice', async () => {
    const first = (await ask('POST', '/accounts/main/keys', { signing: 'ed25519', id: 'k' })).json
    const again = (await ask('POST', '/accounts/main/keys', { signing: 'ed25519', id: 'k' })).json
    const { privateKey, ...rest } = first
    expect(again).toEqual(rest)
    expect(String(privateKey)).toContain('PRIVATE KEY')
  })

  test('a key is removed, and then is unknown', async () => {
    const { json } = await ask('POST', '/accounts/main/keys', {})
    expect((await ask('DELETE', `/accounts/main/keys/${json['apiKey']}`)).json['kind']).toBe('remove-key')
    expect((await ask('DELETE', `/accounts/main/keys/${json['apiKey']}`)).status).toBe(404)
  })

  test.each([
    ['a private key', { signing: 'ed25519', publicKey: '-----BEGIN PRIVATE KEY-----\n' }, 'send the public half only'],
    ['no key at all', { signing: 'rsa', publicKey: 'nonsense' }, 'not a public key in PEM'],
    ['a secret for a pair', { signing: 'rsa', secret: 'x' }, 'not a secret'],
    ['a public key for a secret', { signing: 'hmac', publicKey: 'x' }, 'not a public key'],
    ['a passphrase on Binance', { passphrase: 'x' }, 'no passphrase'],
  ])('%s is refused', async (_, body, part) => {
    const { status, json } = await ask('POST', '/accounts/main/keys', body)
    expect([status, json['code']]).toEqual([400, 'venue.key-malformed'])
    expect(json['message']).toContain(part)
  })
})

test('a key for what is no address is refused', async () => {
  const { status, json } = await ask('POST', '/accounts/main/keys', { ips: ['192.0.2.7', '192.0.2.300'] })
  expect([status, json['code']]).toEqual([400, 'venue.admin-malformed'])
  expect(json['message']).toContain('ips.1: expected an IP address')
  expect((await ask('POST', '/accounts/main/keys', { ips: ['192.0.2.7', '2001:db8::1'] })).status).toBe(200)
})

test('a body that is not sent as JSON is refused with the header it needs', async () => {
  const { status, json } = await ask('POST', '/accounts', 'account=a', { 'content-type': 'application/x-www-form-urlencoded' })
  expect([status, json['code']]).toEqual([415, 'venue.admin-malformed'])
  expect(json['message']).toContain('Content-Type: application/json')
})

test('an id that was used for another command is refused', async () => {
  await ask('POST', '/accounts/main/deposit', { asset: 'USDT', amount: '1', id: 'd' })
  const { status, json } = await ask('POST', '/accounts/main/deposit', { asset: 'BTC', amount: '1', id: 'd' })
  expect([status, json['code']]).toEqual([409, 'venue.id-taken'])
})

test('money is moved, and a repeated id moves it once', async () => {
  const post = (path: string, body: object) => ask('POST', `/accounts/main/${path}`, body)
  expect((await post('deposit', { asset: 'USDT', amount: '100.5', id: 'd' })).json).toMatchObject({
    kind: 'deposit',
    id: 'd',
    at: kitStart,
  })
  await post('deposit', { asset: 'USDT', amount: '100.5', id: 'd' })
  await post('withdraw', { asset: 'USDT', amount: '0.5' })
  await post('lock', { asset: 'USDT', amount: '10' })
  await post('unlock', { asset: 'USDT', amount: '5' })
  await post('book', { wallet: 'um', asset: 'USDT', amount: '-20', reason: 'funding' })
  await post('unrealised', { wallet: 'um-unrealised', asset: 'USDT', amount: '-3.5' })
  await post('borrow', { asset: 'USDT', amount: '7' })
  await post('repay-loan', { asset: 'USDT', amount: '2' })
  const usdt = () => JSON.parse(askBinance(kit.venue, '/papi/v1/balance', { query: 'asset=USDT' }).text) as Record<string, string>
  expect(usdt()).toMatchObject({
    crossMarginFree: '100.0',
    crossMarginLocked: '5.0',
    umWalletBalance: '-20.0',
    umUnrealizedPNL: '-3.5',
    // The hour begun when it was borrowed is repaid first.
    crossMarginBorrowed: '5.00003395',
  })
  await post('repay-futures', {})
  expect(usdt()).toMatchObject({ crossMarginFree: '80.0', umWalletBalance: '0.0' })
})

test('the market is set', async () => {
  for (const [path, body] of [
    ['price', { asset: 'XRP', price: '2.5' }],
    ['rate', { exchange: 'binance', asset: 'XRP', rateDaily: '0.0002', vip: 3 }],
    ['thresholds', { asset: 'XRP', free: '10', maximum: '1000' }],
    ['collateral-rate', { asset: 'XRP', rate: '0.8' }],
    ['free-quota', { asset: 'XRP', amount: '5000' }],
  ] as const) {
    expect((await ask('POST', `/market/${path}`, body)).status).toBe(200)
  }
  const { engine } = kit.venue
  expect([engine.priceOf('XRP'), engine.rateOf('binance', 'XRP', 3), engine.rateOf('binance', 'XRP', 0)]).toMatchObject([
    { mantissa: 25n },
    { mantissa: 2n },
    undefined,
  ])
})

describe('bad input is told, and never a fault of the venue', () => {
  test.each([
    ['no body', '/accounts/main/deposit', undefined, 400, 'venue.admin-malformed'],
    ['no JSON', '/accounts/main/deposit', '{', 400, 'venue.admin-malformed'],
    ['an array', '/accounts/main/deposit', [], 400, 'venue.admin-malformed'],
    ['a number for a decimal', '/accounts/main/deposit', { asset: 'USDT', amount: 5 }, 400, 'venue.admin-malformed'],
    ['no decimal', '/accounts/main/deposit', { asset: 'USDT', amount: '1,5' }, 400, 'venue.admin-malformed'],
    ['a decimal of a million digits', '/accounts/main/deposit', { asset: 'USDT', amount: '1e999999' }, 400, 'venue.admin-malformed'],
    ['an exponent beyond all', '/accounts/main/deposit', { asset: 'USDT', amount: '1e9999' }, 400, 'venue.admin-malformed'],
    ['nothing to move', '/accounts/main/deposit', { asset: 'USDT', amount: '0' }, 400, 'venue.amount-not-positive'],
    ['too many decimals', '/accounts/main/deposit', { asset: 'USDT', amount: '0.000000001' }, 400, 'venue.amount-too-fine'],
    ['more than there is', '/accounts/main/withdraw', { asset: 'USDT', amount: '1' }, 409, 'venue.insufficient'],
    ['a field nobody knows', '/accounts/main/deposit', { asset: 'USDT', amount: '1', to: 'x' }, 400, 'venue.admin-malformed'],
    ['an unknown account', '/accounts/nobody/deposit', { asset: 'USDT', amount: '1' }, 404, 'venue.account-unknown'],
    ['a command of the other exchange', '/accounts/okx/lock', { asset: 'USDT', amount: '1' }, 409, 'venue.wrong-exchange'],
    ['an account twice', '/accounts', { account: 'main', exchange: 'okx' }, 409, 'venue.already-there'],
    ['an unknown exchange', '/accounts', { account: 'x', exchange: 'nyse' }, 400, 'venue.admin-malformed'],
    ['half an instant', '/clock', { kind: 'advance-to', to: 1.5 }, 400, 'venue.admin-malformed'],
    ['a step back', '/clock', { kind: 'advance-by', ms: -1 }, 400, 'venue.admin-malformed'],
    ['a century', '/clock', { kind: 'advance-by', ms: 100 * 366 * dayMs }, 400, 'venue.clock-too-far'],
    ['no pace', '/clock', { kind: 'speed', factor: 0 }, 400, 'venue.admin-malformed'],
    ['an unknown move', '/clock', { kind: 'rewind' }, 400, 'venue.admin-malformed'],
    ['a reset to nowhere', '/reset', { to: 'yesterday' }, 400, 'venue.admin-malformed'],
    ['an unknown path', '/nothing', {}, 404, 'venue.admin-path-unknown'],
  ])('%s', async (_, path, body, status, code) => {
    const before = kit.venue.truth().digest
    const got = await ask('POST', path, body)
    expect([got.status, got.json['code']]).toEqual([status, code])
    expect(String(got.json['message']).length).toBeGreaterThan(10)
    expect(String(got.json['remedy']).length).toBeGreaterThan(5)
    expect(kit.venue.truth().digest).toBe(before)
  })

  test('a body that is not JSON by its type, or is beyond all measure', async () => {
    const text = await ask('POST', '/accounts/main/deposit', '{"asset":"USDT","amount":"1"}', { 'content-type': 'text/plain' })
    expect([text.status, text.json['code']]).toEqual([415, 'venue.admin-malformed'])
    const long = await ask('POST', '/accounts/main/deposit', { asset: 'USDT', amount: '1', id: 'x'.repeat(1_100_000) })
    expect([long.status, long.json['code']]).toEqual([413, 'venue.body-too-large'])
  })
})

test('the truth is every record, with decimals as strings', async () => {
  await ask('POST', '/clock', { kind: 'frozen' })
  await ask('POST', '/accounts/main/book', { wallet: 'um', asset: 'BTC', amount: '-0.4', reason: 'fee' })
  await ask('POST', '/clock', { kind: 'advance-by', ms: 40 * dayMs })
  const { json } = await ask('GET', '/truth')
  const [main] = json['accounts'] as [{ balances: unknown[]; charges: { at: number; interest: string }[]; exchangeRuns: unknown[] }]
  expect(main.charges).toHaveLength(40)
  expect(main.charges[0]?.interest).toMatch(/^\d+\.\d+$/)
  expect(main.exchangeRuns).toEqual([])
  expect(json['journalLength']).toBe(kit.venue.truth().journalLength)
  expect(json).toMatchObject({ assets: expect.any(Array), rates: expect.any(Array) })
  expect(main).toMatchObject({ settings: {}, loanCharges: [], movements: [{ cause: 'fee' }], margin: {}, requirements: [] })
  expect(((await ask('GET', '/truth?account=okx')).json['accounts'] as unknown[]).length).toBe(1)
  expect((await ask('GET', '/truth?account=nobody')).status).toBe(404)
})

describe('the description', () => {
  interface Operation {
    readonly summary?: string
    readonly responses: Record<string, unknown>
    readonly requestBody?: { readonly content: Record<string, { readonly schema: unknown }> }
  }

  async function description() {
    const { json } = await ask('GET', '/openapi.json', undefined, { authorization: '' })
    return json as { openapi: string; paths: Record<string, Record<string, Operation>>; components: { schemas: Record<string, unknown> } }
  }

  test('is OpenAPI 3.1 and lists every route', async () => {
    const { openapi, paths } = await description()
    expect(openapi).toBe('3.1.0')
    const listed = Object.entries(paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    )
    const account = '/_venue/accounts/{account}'
    const movements = [
      'deposit',
      'withdraw',
      'lock',
      'unlock',
      'borrow',
      'repay-loan',
      'book',
      'unrealised',
      'borrow-isolated',
      'repay-isolated',
      'repay-futures',
      'vip',
      'repay-switch',
      'delta-mode',
      'requirements',
      'collect',
      'transfer-bnb',
      'repay-debt',
      'lend-bankruptcy',
      'made-up-events',
      'repay-bankruptcy',
      'borrow-spot',
      'repay-spot',
      'auto-repay',
      'auto-borrow',
      'borrow-vip',
      'repay-vip',
    ]
    const settings = ['price', 'rate', 'thresholds', 'collateral-rate', 'free-quota', 'loan-terms', 'lending-pool']
    expect(listed.sort()).toEqual(
      [
        'GET /_venue/clock',
        'POST /_venue/clock',
        'GET /_venue/accounts',
        'POST /_venue/accounts',
        `POST ${account}/keys`,
        `DELETE ${account}/keys/{apiKey}`,
        ...movements.map((path) => `POST ${account}/${path}`),
        ...settings.map((path) => `POST /_venue/market/${path}`),
        'GET /_venue/truth',
        'POST /_venue/reset',
        ...['GET', 'POST'].map((method) => `${method} /_venue/snapshots`),
        'DELETE /_venue/snapshots/{name}',
        'POST /_venue/snapshots/{name}/restore',
        ...['GET', 'POST', 'DELETE'].map((method) => `${method} /_venue/faults`),
        'DELETE /_venue/faults/{name}',
        'GET /_venue/faults/log',
      ].sort(),
    )
  })

  test('resolves every reference, and says of every operation what it is and answers', async () => {
    const { paths, components } = await description()
    const text = JSON.stringify(paths) + JSON.stringify(components)
    for (const [, name] of text.matchAll(/"#\/components\/schemas\/([^"]+)"/g)) expect(components.schemas).toHaveProperty(name ?? '')
    for (const [path, operations] of Object.entries(paths)) {
      for (const [method, operation] of Object.entries(operations)) {
        expect(operation.summary).toBeTruthy()
        expect(Object.keys(operation.responses)).toEqual(expect.arrayContaining(['200', '400', '401', '404', '409']))
        // All of what a restore needs is in its path.
        if (method === 'post' && !path.endsWith('/restore'))
          expect(operation.requestBody?.content['application/json']?.schema).toBeDefined()
      }
    }
  })
})
