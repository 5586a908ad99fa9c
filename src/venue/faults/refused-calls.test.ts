import { describe, expect, test } from 'vitest'
import { askBinance, askOkx, type Got, kitStart, loseOnBinance, venueKit } from '../../../test/support/venue-kit.ts'
import { parseInstant } from '../../time/instant.ts'
import { ManualClock } from '../../time/manual-clock.ts'
import { minuteMs } from '../../time/units.ts'
import type { FaultKind } from './kinds.ts'
import type { FaultInput } from './rule.ts'

const balance = '/papi/v1/balance'
const okxBalance = '/api/v5/account/balance'

async function binanceMeets(fault: FaultInput): Promise<Got> {
  const { venue } = await venueKit({ faults: [fault] })
  return askBinance(venue, balance)
}

type Case = readonly [kind: FaultKind, fault: FaultInput, status: number, body: string, usedWeight: string | undefined]

const unknown = (code: number, msg: string) => JSON.stringify({ code, msg })

const onBinance: readonly Case[] = [
  [
    'outcome-unknown',
    { kind: 'outcome-unknown' },
    503,
    unknown(-1000, 'Unknown error, please check your request or try again later.'),
    '20',
  ],
  ['service-unavailable', { kind: 'service-unavailable' }, 503, unknown(-1000, 'Service Unavailable.'), '0'],
  [
    'internal-error',
    { kind: 'internal-error' },
    503,
    unknown(-1001, 'Internal error; unable to process your request. Please try again.'),
    '20',
  ],
  [
    'overloaded',
    { kind: 'overloaded' },
    503,
    unknown(-1008, 'Request throttled by system-level protection. Reduce-only/close-position orders are exempt. Please try again.'),
    '0',
  ],
  ['request-error', { kind: 'request-error', status: 504 }, 504, unknown(-1000, 'Request occur unknown error.'), '20'],
  ['unknown-error', { kind: 'unknown-error' }, 500, unknown(-1000, 'An unknown error occured while processing the request.'), '20'],
  [
    'unexpected-response',
    { kind: 'unexpected-response' },
    500,
    unknown(-1006, 'An unexpected response was received from the message bus. Execution status unknown.'),
    '20',
  ],
  [
    'backend-timeout',
    { kind: 'backend-timeout' },
    504,
    unknown(-1007, 'Timeout waiting for response from backend server. Send status unknown; execution status unknown.'),
    '20',
  ],
]

describe.each(onBinance)('fault: %s', (_, fault, status, body, usedWeight) => {
  test(`answers ${status} in the exchange's own words, and once cleared nothing of it is left`, async () => {
    const { venue } = await venueKit({ faults: [fault] })
    const got = askBinance(venue, balance)
    expect([got.text, got.header('x-mbx-used-weight-1m')]).toEqual([body, usedWeight])
    expect(got.status).toBe(status)
    expect(got.header('content-length')).toBe(String(Buffer.byteLength(body)))
    venue.faults.clear()
    expect(askBinance(venue, balance)).toMatchObject({ status: 200, text: '[]' })
  })
})

test('until 2025-10-23 overload was told in other words', async () => {
  const clock = new ManualClock(parseInstant('2025-10-22T23:59:59.999Z'))
  const { venue } = await venueKit({ clock, faults: [{ kind: 'overloaded' }] })
  expect(askBinance(venue, balance)).toMatchObject({
    status: 503,
    text: '{"code":-1008,"msg":"Server is currently overloaded with other requests. Please try again in a few minutes."}',
  })
  await clock.advanceBy(1)
  expect(askBinance(venue, balance).text).toContain('"Request throttled by system-level protection.')
})

describe('fault: rate-limited', () => {
  test('answers 429 with the rest of the minute, or the seconds it is told, or no Retry-After', async () => {
    const text =
      '{"code":-1003,"msg":"Too many requests; current limit of IP(127.0.0.1) is 6000 requests per minute. Please use the websocket for live updates to avoid polling the API."}'
    const plain = await binanceMeets({ kind: 'rate-limited' })
    expect([plain.status, plain.text, plain.header('retry-after')]).toEqual([429, text, '30'])
    expect((await binanceMeets({ kind: 'rate-limited', seconds: 7 })).header('retry-after')).toBe('7')
    const silent = await binanceMeets({ kind: 'rate-limited', retryAfter: false })
    expect([silent.status, silent.header('retry-after')]).toEqual([429, undefined])
  })

  test('ends in a ban when its caller goes on', async () => {
    const { venue } = await venueKit({ faults: [{ kind: 'rate-limited', count: 10 }] })
    const statuses = Array.from({ length: 11 }, () => askBinance(venue, balance).status)
    expect(statuses).toEqual([...Array(10).fill(429), 200])
  })
})

describe('fault: banned', () => {
  test('bans the address, so that its next calls are banned too, and for twice as long the next time', async () => {
    const { venue, real } = await venueKit({ faults: [{ kind: 'banned', where: { endpoints: ['ping'] } }] })
    const ban = () => askBinance(venue, '/papi/v1/ping', { apiKey: null, signature: null, timestamp: null })
    const first = ban()
    expect([first.status, first.header('retry-after')]).toEqual([418, '120'])
    expect(first.text).toContain(`banned until ${kitStart + 2 * minuteMs}`)
    expect(askBinance(venue, balance).status).toBe(418)
    expect(askBinance(venue, balance, { ip: '192.0.2.9' }).status).toBe(200)
    await real.advanceBy(2 * minuteMs)
    expect(askBinance(venue, balance).status).toBe(200)
    expect(ban().header('retry-after')).toBe('240')
  })

  test('holds where limits are only counted, and may leave out Retry-After', async () => {
    const { venue } = await venueKit({ behaviour: { limits: 'counted' }, faults: [{ kind: 'banned', count: 1, retryAfter: false }] })
    expect(askBinance(venue, balance).header('retry-after')).toBeUndefined()
    expect(askBinance(venue, balance).status).toBe(418)
  })
})

describe.each([
  ['firewall', { kind: 'firewall' } as const, 403, '403 Forbidden'],
  ['html-page', { kind: 'html-page' } as const, 502, '502 Bad Gateway'],
  ['html-page', { kind: 'html-page', status: 200 } as const, 200, 'Please wait'],
])('fault: %s', (_, fault, status, title) => {
  test(`answers ${status} with a page`, async () => {
    const got = await binanceMeets(fault)
    expect([got.status, got.header('content-type')]).toEqual([status, 'text/html'])
    expect(got.text).toContain(`<title>${title}</title>`)
  })
})

describe('fault: empty-reply', () => {
  test('answers 202 with nothing', async () => {
    const got = await binanceMeets({ kind: 'empty-reply' })
    expect([got.status, got.text, got.header('content-length')]).toEqual([202, '', '0'])
  })
})

describe.each<readonly [FaultKind, FaultInput, number, string]>([
  [
    'okx-unavailable',
    { kind: 'okx-unavailable' },
    503,
    '{"code":"50001","data":[],"msg":"Service temporarily unavailable. Please try again later."}',
  ],
  ['okx-rate-limited', { kind: 'okx-rate-limited' }, 429, '{"msg":"Too Many Requests","code":"50011"}'],
  [
    'okx-rate-limited',
    { kind: 'okx-rate-limited', form: 'business' },
    200,
    '{"code":"50011","data":[],"msg":"Rate limit reached. Please refer to API documentation and throttle requests accordingly."}',
  ],
  ['okx-busy', { kind: 'okx-busy' }, 429, '{"msg":"Systems are busy. Please try again later.","code":"50013"}'],
  ['okx-system-error', { kind: 'okx-system-error' }, 500, '{"code":"50026","data":[],"msg":"System error."}'],
  [
    'okx-timeout',
    { kind: 'okx-timeout' },
    400,
    '{"code":"50004","data":[],"msg":"API endpoint request timeout. (does not mean that the request was successful or failed, please check the request result)."}',
  ],
  [
    'okx-too-frequent',
    { kind: 'okx-too-frequent' },
    200,
    '{"code":"50040","data":[],"msg":"Too frequent operations, please try again later"}',
  ],
  [
    'okx-order-limit',
    { kind: 'okx-order-limit' },
    200,
    '{"code":"50061","data":[],"msg":"You\'ve reached the maximum order rate limit for this account."}',
  ],
  ['okx-invalid-sign', { kind: 'okx-invalid-sign' }, 401, '{"msg":"Invalid Sign","code":"50113"}'],
])('fault: %s', (_, fault, status, body) => {
  test(`answers ${status} in the exchange's own words, and Binance is spared`, async () => {
    const { venue } = await venueKit({ faults: [fault] })
    const got = askOkx(venue, okxBalance)
    expect(got.text).toBe(body)
    expect(got.status).toBe(status)
    expect(askBinance(venue, balance).status).toBe(200)
  })
})

describe('a refused call', () => {
  test('changes nothing, also where its answer leaves that open', async () => {
    for (const kind of [
      'outcome-unknown',
      'backend-timeout',
      'reset',
      'silence',
      'empty-reply',
      'html-page',
      'rate-limited',
      'banned',
    ] as const) {
      const { venue } = await venueKit({ faults: [{ kind }] })
      loseOnBinance(venue, 'USDT', '10')
      const before = venue.truth()
      askBinance(venue, '/papi/v1/repay-futures-negative-balance', { method: 'POST' })
      expect(venue.truth()).toEqual(before)
    }
  })
})
