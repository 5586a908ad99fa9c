import { beforeAll, describe, expect, test } from 'vitest'
import { askBinance, type BinanceCall, type Kit, keyAt, kitStart, venueKit } from '../../../../test/support/venue-kit.ts'
import { dayMs } from '../../../time/units.ts'
import type { FaceBehaviour } from '../../behaviour.ts'

const balance = '/papi/v1/balance'
const interest = '/papi/v1/portfolio/interest-history'
const runs = '/papi/v1/portfolio/negative-balance-exchange-record'
const repay = '/papi/v1/repay-futures-negative-balance'
const unknownKey = 'x'.repeat(64)
const rejected = 'Invalid API-key, IP, or permissions for action, request ip: 203.0.113.7'
const missing = (name: string) => `Mandatory parameter '${name}' was not sent, was empty/null, or malformed.`
const span = (days: number, extraMs = 0) => `startTime=${kitStart - days * dayMs - extraMs}&endTime=${kitStart}`

let kit: Kit
beforeAll(async () => {
  kit = await venueKit({ behaviour: { limits: 'counted' } })
})

type Case = readonly [says: string, path: string, call: BinanceCall | (() => BinanceCall), status: number, code: number, text: string]

const cases: readonly Case[] = [
  ['no key', balance, { apiKey: null }, 401, -2014, 'API-key format invalid.'],
  ['a key of another length', balance, { apiKey: 'short' }, 401, -2014, 'API-key format invalid.'],
  ['neither key nor timestamp', balance, { apiKey: null, timestamp: null }, 401, -2014, 'API-key format invalid.'],
  ['no signature', balance, { signature: null }, 400, -1102, missing('signature')],
  ['an empty signature', balance, { signature: '' }, 400, -1102, missing('signature')],
  ['no start', runs, { query: `endTime=${kitStart}` }, 400, -1102, missing('startTime')],
  ['no end', runs, { query: `startTime=${kitStart}` }, 400, -1102, missing('endTime')],
  ['a start that is no number', runs, { query: `startTime=x&endTime=${kitStart}` }, 400, -1102, missing('startTime')],
  ['an unknown key', balance, { apiKey: unknownKey, ip: '203.0.113.7' }, 401, -2015, rejected],
  [
    'an unknown key with a wrong signature',
    balance,
    { apiKey: unknownKey, signature: '0'.repeat(64), ip: '203.0.113.7' },
    401,
    -2015,
    rejected,
  ],
  [
    'a key that may only read, repaying',
    repay,
    () => ({ method: 'POST', key: keyAt(kit.venue, 'binance', 3), ip: '203.0.113.7' }),
    401,
    -2015,
    rejected,
  ],
  ['a wrong signature', balance, { signature: '0'.repeat(64) }, 400, -1022, 'Signature for this request is not valid.'],
  ['a signature that is no hex', balance, { signature: 'garbage' }, 400, -1022, 'Signature for this request is not valid.'],
  [
    'a wrong signature and a size too large',
    interest,
    { query: 'size=101', signature: 'ab' },
    400,
    -1022,
    'Signature for this request is not valid.',
  ],
  ['a size above 100', interest, { query: 'size=101' }, 400, -1102, missing('size')],
  ['a size of zero', interest, { query: 'size=0' }, 400, -1102, missing('size')],
  ['a size that is no number', interest, { query: 'size=ten' }, 400, -1102, missing('size')],
  ['an empty size', interest, { query: 'size=' }, 400, -1105, "Parameter 'size' was empty."],
  ['an empty asset', balance, { query: 'asset=' }, 400, -1105, "Parameter 'asset' was empty."],
  [
    'an asset that cannot be one',
    balance,
    { query: 'asset=us%20dt' },
    400,
    -1100,
    "Illegal characters found in parameter 'asset'; legal range is '^[A-Z0-9-_.]{1,20}$'.",
  ],
  ['a parameter twice', interest, { query: 'size=10&size=20' }, 400, -1101, 'Duplicate values for a parameter detected.'],
  ['a parameter nobody knows', interest, { query: 'page=2' }, 400, -1103, 'An unknown parameter was sent.'],
  [
    'a start after the end',
    interest,
    { query: `startTime=${kitStart}&endTime=${kitStart - 1}` },
    400,
    -1023,
    'Start time is greater than end time.',
  ],
  ['a start after the end of runs', runs, { query: `startTime=2&endTime=1` }, 400, -1023, 'Start time is greater than end time.'],
  ['more than 30 days', interest, { query: span(30, 1) }, 400, -4165, 'Maximum time interval is 30 days'],
  ['more than 90 days of runs', runs, { query: span(90, 1) }, 400, -4165, 'Maximum time interval is 90 days'],
]

/** What the exchange answers, in its own words and with the headers of a refusal. */
function isRefused([, path, call, status, code, text]: Case): void {
  const got = askBinance(kit.venue, path, typeof call === 'function' ? call() : call)
  expect(got.text).toBe(JSON.stringify({ code, msg: text }))
  expect(got.status).toBe(status)
  expect(got.header('content-type')).toBe('application/json')
  expect(got.header('content-length')).toBe(String(Buffer.byteLength(got.text)))
  expect(got.header('x-mbx-used-weight-1m')).toMatch(/^\d+$/)
  expect(got.header('access-control-allow-methods')).toBe('GET, POST, PUT, DELETE, OPTIONS')
  expect(got.header('x-frame-options')).toBeUndefined()
}

test.each(cases)('%s is refused as the exchange does', (...given) => isRefused(given))

const accepted: readonly (readonly [says: string, path: string, call: BinanceCall])[] = [
  ['a size of 100', interest, { query: 'size=100' }],
  ['exactly 30 days', interest, { query: span(30) }],
  ['exactly 90 days of runs', runs, { query: span(90) }],
  ['a start long ago alone', interest, { query: 'startTime=1' }],
]

test.each(accepted)('%s is accepted', (_, path, call) => {
  expect(askBinance(kit.venue, path, call).status).toBe(200)
})

describe('rule: request-timing', () => {
  const refused: readonly Case[] = [
    ['no timestamp', balance, { timestamp: null }, 400, -1102, missing('timestamp')],
    ['an empty timestamp', balance, { timestamp: '' }, 400, -1102, missing('timestamp')],
    ['a timestamp that is no number', balance, { timestamp: 'now' }, 400, -1102, missing('timestamp')],
    ['an unknown key without a timestamp', balance, { apiKey: unknownKey, timestamp: null }, 400, -1102, missing('timestamp')],
    [
      'a timestamp just too old',
      balance,
      { timestamp: kitStart - 5_001 },
      400,
      -1021,
      'Timestamp for this request is outside of the recvWindow.',
    ],
    [
      'a timestamp just too old for its own window',
      balance,
      { query: 'recvWindow=60000', timestamp: kitStart - 60_001 },
      400,
      -1021,
      'Timestamp for this request is outside of the recvWindow.',
    ],
    [
      'a timestamp a second ahead',
      balance,
      { timestamp: kitStart + 1_000 },
      400,
      -1021,
      "Timestamp for this request was 1000ms ahead of the server's time.",
    ],
    [
      'an old timestamp of an unknown key',
      balance,
      { apiKey: unknownKey, timestamp: 1 },
      400,
      -1021,
      'Timestamp for this request is outside of the recvWindow.',
    ],
    ['a recvWindow above 60000', balance, { query: 'recvWindow=60001' }, 400, -1130, "Data sent for parameter 'recvWindow' is not valid."],
    [
      'a recvWindow that is no number',
      balance,
      { query: 'recvWindow=soon' },
      400,
      -1130,
      "Data sent for parameter 'recvWindow' is not valid.",
    ],
  ]

  test.each(refused)('%s is refused as the exchange does', (...given) => isRefused(given))

  test.each([
    ['a timestamp as old as the window', balance, { timestamp: kitStart - 5_000 }],
    ['a timestamp just short of a second ahead', balance, { timestamp: kitStart + 999 }],
    ['the longest recvWindow', balance, { query: 'recvWindow=60000', timestamp: kitStart - 60_000 }],
  ] as const)('%s is accepted', (_, path, call) => {
    expect(askBinance(kit.venue, path, call).status).toBe(200)
  })
})

describe('where the documents are silent, the behaviour decides', () => {
  const choices: readonly (readonly [Partial<FaceBehaviour>, path: string, query: string, status: number, part: string])[] = [
    [{ binanceWindowTooWide: 'interval-in-hours' }, interest, span(31), 400, '"code":-1127,"msg":"More than 720 hours between'],
    [{ binanceWindowTooWide: 'clamp' }, interest, span(31), 200, '[]'],
    [{ binanceStartAfterEnd: 'malformed' }, interest, 'startTime=2&endTime=1', 400, missing('startTime')],
    [{ binanceStartAfterEnd: 'empty' }, interest, 'startTime=2&endTime=1', 200, '[]'],
    [{ binanceRecvWindowTooLarge: 'malformed' }, balance, 'recvWindow=60001', 400, missing('recvWindow')],
    [{ binanceRecvWindowTooLarge: 'clamp' }, balance, 'recvWindow=60001', 200, '['],
    [
      { binanceUnknownParameter: 'not-all-read' },
      balance,
      'page=2',
      400,
      "Not all sent parameters were read; read '1' parameter(s) but was sent '2'.",
    ],
    [{ binanceUnknownParameter: 'ignore' }, balance, 'page=2', 200, '['],
    [{ binanceDuplicateParameter: 'first' }, interest, 'size=10&size=2000', 200, '[]'],
    [{ binanceEmptyParameter: 'ignore' }, interest, 'size=', 200, '[]'],
  ]

  test.each(choices)('%j', async (behaviour, path, query, status, part) => {
    const { venue } = await venueKit({ behaviour })
    const got = askBinance(venue, path, { query })
    expect(got.text).toContain(part)
    expect(got.status).toBe(status)
  })

  test('a key that may only read may repay when the page’s label is taken at its word', async () => {
    const { venue } = await venueKit({ behaviour: { binanceRepayPermission: 'read' } })
    expect(askBinance(venue, repay, { method: 'POST', key: keyAt(venue, 'binance', 3) }).text).toBe('{"msg":"success"}')
  })
})

test('an unknown path, or a known one asked otherwise, answers a page', () => {
  for (const [method, path] of [
    ['GET', '/papi/v1/nothing'],
    ['DELETE', balance],
    ['GET', repay],
  ] as const) {
    const got = askBinance(kit.venue, path, { method })
    expect(got.status).toBe(404)
    expect(got.header('content-type')).toBe('text/html')
    expect(got.text).toContain('<html>')
  }
})

test('a key bound to addresses is refused from any other', async () => {
  const { venue } = await venueKit()
  const key = { apiKey: 'b'.repeat(64), signing: 'hmac', secret: 'secret', permissions: ['read'] } as const
  const { secret: verifier, ...rest } = key
  venue.engine.apply({ kind: 'add-key', account: 'main', key: { ...rest, verifier, ips: ['198.51.100.1'] } })
  expect(askBinance(venue, balance, { key, ip: '198.51.100.1' }).status).toBe(200)
  expect(askBinance(venue, balance, { key, ip: '203.0.113.7' }).text).toBe(JSON.stringify({ code: -2015, msg: rejected }))
})
