import { describe, expect, test } from 'vitest'
import { toText } from '../decimal/decimal.ts'
import { isOverdraftError, type OverdraftError } from '../errors/overdraft-error.ts'
import { Secret } from '../errors/secret.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { minuteMs } from '../time/units.ts'
import { type BinanceClientOptions, createBinanceClient } from './binance-client.ts'
import type { ClientEvent } from './client-event.ts'

const now = 1_700_000_000_000
const apiKey = 'vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A'
const apiSecret = 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j'
const chargeText =
  '[{"asset":"USDT","interest":"24.4440","interestAccuredTime":1670227200000,"interestRate":"0.0001164","principal":"210000","note":"new"}]'

type Answer = (request: Request, url: URL) => Response | Promise<Response>

interface Setting {
  readonly answer?: Answer
  /** How far the exchange's clock is ahead of the client's. */
  readonly aheadMs?: number
  readonly latencyMs?: number
  readonly client?: Partial<BinanceClientOptions>
}

/** A small exchange that checks time stamps as Binance does, and a client of it whose clock runs by itself. */
function exchangeAndClient({ answer, aheadMs = 0, latencyMs = 20, client: options = {} }: Setting = {}) {
  const clock = new ManualClock(now)
  const requests: Request[] = []
  const events: ClientEvent[] = []
  const setting = { aheadMs }
  const serverNow = () => clock.now() + setting.aheadMs
  const date = () => new Date(serverNow()).toUTCString()
  const fetch = async (request: Request): Promise<Response> => {
    requests.push(request)
    const url = new URL(request.url)
    await clock.wait(latencyMs / 2)
    const response = await judged(request, url)
    if (!response.headers.has('date')) response.headers.set('date', date())
    await clock.wait(latencyMs / 2)
    return response
  }
  const judged = (request: Request, url: URL) => {
    if (url.pathname.endsWith('/ping')) return Response.json({})
    const stamp = Number(url.searchParams.get('timestamp'))
    if (stamp >= serverNow() + 1_000 || serverNow() - stamp > 5_000) {
      return Response.json({ code: -1021, msg: 'Timestamp for this request is outside of the recvWindow.' }, { status: 400 })
    }
    return answer?.(request, url) ?? new Response(chargeText, { headers: { 'content-type': 'application/json' } })
  }
  const client = createBinanceClient({
    baseUrl: 'http://127.0.0.1:9',
    credentials: { apiKey, signing: 'hmac', secret: new Secret(apiSecret) },
    clock,
    fetch,
    random: () => 0.5,
    onEvent: (event) => events.push(event),
    ...options,
  })
  return { client, clock, requests, events, setting, calls: () => requests.filter((request) => !request.url.endsWith('/ping')) }
}

/** Lets the clock run until the promise has settled. */
async function running<Value>(clock: ManualClock, promise: Promise<Value>): Promise<Value> {
  let settled = false
  const watched = promise.finally(() => {
    settled = true
  })
  watched.catch(() => {})
  for (let step = 0; step < 3_000 && !settled; step++) await clock.advanceBy(100)
  return watched
}

async function failing(clock: ManualClock, promise: Promise<unknown>): Promise<OverdraftError> {
  const error = await running(clock, promise).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  if (!isOverdraftError(error)) throw new Error(`expected an error of ours, got ${String(error)}`)
  return error
}

const answering =
  (status: number, body: string, headers: Record<string, string> = {}): Answer =>
  () =>
    new Response(body, { status, headers })
const failure = (status: number, code: number, msg: string, headers?: Record<string, string>) =>
  answering(status, JSON.stringify({ code, msg }), headers)

/** One answer after the other; the last one stays. */
function inTurn(...answers: Answer[]): Answer {
  let turn = 0
  return (request, url) => answers[Math.min(turn++, answers.length - 1)]!(request, url)
}

describe('a call', () => {
  test('is typed by its contract, exact to the digit, and keeps fields the document does not know', async () => {
    const { client, clock } = exchangeAndClient()
    const [charge] = await running(clock, client.interestHistory({ asset: 'USDT' }))
    expect(toText(charge!.interest)).toBe('24.4440')
    expect(charge!.extra).toEqual({ note: 'new' })
  })

  test('is checked against the contract before anything is sent', async () => {
    const { client, clock, requests } = exchangeAndClient()
    expect((await failing(clock, client.interestHistory({ size: 101 }))).code).toBe('contract.parameter-malformed')
    expect((await failing(clock, client.interestHistory({ sice: 1 } as never))).code).toBe('contract.parameter-unknown')
    expect((await failing(clock, client.negativeBalanceExchangeRecord({} as never))).code).toBe('contract.parameter-missing')
    expect(requests).toHaveLength(0)
  })
})

describe('the clock', () => {
  test.each([0, 5 * minuteMs, -90 * minuteMs, 700, -700])('%i ms off is corrected before the first signed call', async (aheadMs) => {
    const { client, clock, calls } = exchangeAndClient({ aheadMs })
    await running(
      clock,
      client.balance({ asset: 'USDT' }).catch(() => client.interestHistory()),
    )
    expect(Math.abs(client.serverNow() - clock.now() - aheadMs)).toBeLessThanOrEqual(510)
    const stamp = Number(new URL(calls()[0]!.url).searchParams.get('timestamp'))
    expect(stamp).toBeGreaterThan(now + aheadMs - 1_100)
  })

  test('that jumps is measured again when the exchange refuses a time stamp, and the call repeated once', async () => {
    const { client, clock, calls, setting } = exchangeAndClient()
    await running(clock, client.interestHistory())
    setting.aheadMs = 3 * minuteMs
    await running(clock, client.interestHistory())
    expect(calls()).toHaveLength(3)
    expect(Math.abs(client.serverNow() - clock.now() - 3 * minuteMs)).toBeLessThanOrEqual(510)
  })

  test('that cannot be corrected is named with what was tried', async () => {
    const { client, clock, calls } = exchangeAndClient({
      answer: failure(400, -1021, 'Timestamp for this request is outside of the recvWindow.'),
    })
    const error = await failing(clock, client.interestHistory())
    expect(error.code).toBe('client.clock-off')
    expect(error.message).toMatch(/-1021 "Timestamp for this request is outside of the recvWindow\."/)
    expect(calls()).toHaveLength(2)
  })

  test('becomes known to about a round trip from whole seconds, reply by reply', async () => {
    const { client, clock, events } = exchangeAndClient({ aheadMs: 12_345 })
    for (let call = 0; call < 30; call++) {
      await running(clock, client.interestHistory())
      await clock.advanceBy(37)
    }
    expect(events.filter((event) => event.kind === 'clock-measured')).toHaveLength(1)
    expect(Math.abs(client.serverNow() - clock.now() - 12_345)).toBeLessThanOrEqual(60)
  })
})

describe('what the exchange refuses', () => {
  test.each([
    [400, -1022, 'Signature for this request is not valid.', 'client.wrong-secret'],
    [401, -2015, 'Invalid API-key, IP, or permissions for action, request ip: 203.0.113.7', 'client.unknown-key'],
    [401, -2014, 'API-key format invalid.', 'client.unknown-key'],
    [400, -1002, 'You are not authorized to execute this request.', 'client.no-permission'],
    [400, -4165, 'Maximum time interval is 30 days', 'client.refused'],
    [400, 51061, 'Due to high borrowing demand, try again tomorrow.', 'client.refused'],
  ])('HTTP %i with %i is told in its own words, once', async (status, code, msg, expected) => {
    const { client, clock, calls } = exchangeAndClient({ answer: failure(status, code, msg) })
    const error = await failing(clock, client.interestHistory())
    expect(error.code).toBe(expected)
    expect(error.message).toContain(`${code} "${msg}"`)
    expect(error.remedy).not.toBe('')
    expect(calls()).toHaveLength(1)
  })

  test('no error, event or page shows the secret, the key or a signature, even where the reply echoes the URL', async () => {
    const { client, clock, events } = exchangeAndClient({
      answer: (request) => new Response(`<html>not found: ${request.url} for ${apiKey}</html>`, { status: 404 }),
    })
    const error = await failing(clock, client.interestHistory({ asset: 'USDT' }))
    expect(error.code).toBe('client.unreadable-reply')
    const told = JSON.stringify([error.message, error.remedy, error.values, events])
    expect(told).toContain('not found')
    expect(told).not.toContain(apiKey)
    expect(told).not.toContain(apiSecret)
    expect(told).not.toMatch(/[0-9a-f]{64}/)
  })
})

describe('what comes back garbled', () => {
  test.each([
    ['an HTML page', 404, '<html><body>404 Not Found</body></html>', 'client.unreadable-reply'],
    ['an empty 202', 202, '', 'client.unreadable-reply'],
    ['text cut off', 200, chargeText.slice(0, 40), 'client.unreadable-reply'],
    ['a redirect', 302, '', 'client.unreadable-reply'],
    ['a reply of another shape', 200, '{"rows":[]}', 'contract.wrong-shape'],
    ['a field of another type', 200, chargeText.replace('"24.4440"', 'true'), 'contract.wrong-shape'],
  ])('%s is a clear error with the text that came', async (_, status, body, code) => {
    const { client, clock, calls } = exchangeAndClient({ answer: answering(status, body) })
    const error = await failing(clock, client.interestHistory())
    expect(error.code).toBe(code)
    expect(calls()).toHaveLength(1)
  })
})

describe('a call that only reads', () => {
  test('is repeated after failures that pass, waiting longer each time', async () => {
    const busy = failure(503, -1008, 'Request throttled by system-level protection.')
    const { client, clock, calls, events } = exchangeAndClient({
      answer: inTurn(busy, answering(502, '<html>'), answering(200, chargeText)),
    })
    expect(await running(clock, client.interestHistory())).toHaveLength(1)
    expect(calls()).toHaveLength(3)
    expect(events.flatMap((event) => (event.kind === 'retrying' ? [event.afterMs] : []))).toEqual([150, 300])
  })

  test('gives up after a bounded number of attempts and says what came last', async () => {
    const { client, clock, calls } = exchangeAndClient({ answer: answering(503, 'Service Unavailable.') })
    const error = await failing(clock, client.interestHistory())
    expect(error.code).toBe('client.unavailable')
    expect(error.message).toContain('HTTP 503 "Service Unavailable."')
    expect(calls()).toHaveLength(4)
  })

  test('waits as long as Retry-After says', async () => {
    const limited = failure(429, -1003, 'Too many requests; current limit of IP(203.0.113.7) is 6000 requests per minute.', {
      'retry-after': '17',
    })
    const { client, clock, calls, events } = exchangeAndClient({ answer: inTurn(limited, answering(200, chargeText)) })
    await running(clock, client.interestHistory())
    expect(calls()).toHaveLength(2)
    expect(events).toContainEqual(expect.objectContaining({ kind: 'retrying', afterMs: 17_000 }))
  })

  test('is not repeated while the address is banned, nor is any other sent', async () => {
    const until = now + 120_000
    const banned = failure(418, -1003, `Way too many requests; IP(203.0.113.7) banned until ${until}. Please use the websocket.`)
    const { client, clock, calls } = exchangeAndClient({ answer: inTurn(banned, answering(200, chargeText)) })
    const error = await failing(clock, client.interestHistory())
    expect(error.code).toBe('client.banned')
    expect(error.message).toMatch(/until 2023-11-14T22:15:\d\d/)
    expect((await failing(clock, client.interestHistory())).code).toBe('client.banned')
    expect(calls()).toHaveLength(1)
    await clock.advanceTo(until + 1_000)
    expect(await running(clock, client.interestHistory())).toHaveLength(1)
  })

  test('that is never answered ends after the time allowed', async () => {
    const { client, clock } = exchangeAndClient({ answer: () => new Promise<Response>(() => {}), client: { timeoutMs: 1_000 } })
    const error = await failing(clock, client.interestHistory())
    expect(error.code).toBe('client.no-answer')
    expect(error.message).toBe('http://127.0.0.1:9 gave no answer to interest-history within 1000 ms')
  })

  test('stops when its signal aborts', async () => {
    const controller = new AbortController()
    const { client, clock } = exchangeAndClient({ answer: () => new Promise<Response>(() => {}) })
    const call = client.interestHistory({}, { signal: controller.signal })
    call.catch(() => {})
    await clock.advanceBy(100)
    controller.abort(new Error('stopped by the user'))
    await expect(call).rejects.toThrow('stopped by the user')
  })
})

describe('a call that changes the account', () => {
  test('is refused unless the client was made to change', async () => {
    const { client, clock, requests } = exchangeAndClient()
    expect((await failing(clock, client.repayFuturesNegativeBalance())).code).toBe('client.not-allowed')
    expect(requests).toHaveLength(0)
  })

  const unclear: [string, Answer][] = [
    ['-1006', failure(500, -1006, 'An unexpected response was received from the message bus. Execution status unknown.')],
    ['-1007', failure(503, -1007, 'Timeout waiting for response from backend server.')],
    ['503 Unknown error', answering(503, 'Unknown error, please check your request or try again later.')],
    ['502 with HTML', answering(502, '<html>Bad Gateway</html>')],
    ['an empty 202', answering(202, '')],
    ['a success of another shape', answering(200, '{"ok":1}')],
    ['a cut-off success', answering(200, '{"msg":"succ')],
    [
      'a cut connection',
      () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('cut'), { code: 'ECONNRESET' }) })),
    ],
    ['no answer', () => new Promise<Response>(() => {})],
  ]
  test.each(unclear)('is sent once and its outcome called unknown after %s', async (_, answer) => {
    const { client, clock, calls } = exchangeAndClient({ answer, client: { mayChange: true } })
    const error = await failing(clock, client.repayFuturesNegativeBalance())
    expect(error.code).toBe('client.outcome-unknown')
    expect(error.message).toContain('may have been carried out')
    expect(error.remedy).toContain('Read the balance first')
    expect(calls()).toHaveLength(1)
  })

  const certain: [string, Answer, string][] = [
    ['a wrong secret', failure(400, -1022, 'Signature for this request is not valid.'), 'client.wrong-secret'],
    ['an old time stamp', failure(400, -1021, 'Timestamp for this request is outside of the recvWindow.'), 'client.clock-off'],
    ['the rate limit', failure(429, -1003, 'Too many requests', { 'retry-after': '5' }), 'client.limited'],
    ['overload', failure(503, -1008, 'Request throttled by system-level protection.'), 'client.unavailable'],
    ['a firewall', answering(403, '<html>Forbidden</html>'), 'client.unreadable-reply'],
    [
      'nobody listening',
      () => Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error('refused'), { code: 'ECONNREFUSED' }) })),
      'client.unreachable',
    ],
  ]
  test.each(certain)('is sent once, and certainly not carried out, after %s', async (_, answer, code) => {
    const { client, clock, calls } = exchangeAndClient({ answer, client: { mayChange: true } })
    expect((await failing(clock, client.repayFuturesNegativeBalance())).code).toBe(code)
    expect(calls()).toHaveLength(1)
  })

  test('given up while under way may have happened', async () => {
    const controller = new AbortController()
    const { client, clock, calls } = exchangeAndClient({ answer: () => new Promise<Response>(() => {}), client: { mayChange: true } })
    const call = client.repayFuturesNegativeBalance({}, { signal: controller.signal })
    call.catch(() => {})
    for (let step = 0; step < 100 && calls().length === 0; step++) await clock.advanceBy(10)
    controller.abort()
    await expect(call).rejects.toMatchObject({ code: 'client.outcome-unknown' })
  })
})

describe('the weight', () => {
  test('used by others, as the header tells, keeps calls back until the minute ends', async () => {
    const { client, clock, calls, events } = exchangeAndClient({
      answer: () => new Response(chargeText, { headers: { 'x-mbx-used-weight-1m': '5980' } }),
    })
    await running(clock, client.interestHistory())
    const second = running(clock, client.interestHistory())
    await second
    const [first, next] = calls().map((request) => Number(new URL(request.url).searchParams.get('timestamp')))
    expect(Math.floor(next! / minuteMs)).toBeGreaterThan(Math.floor(first! / minuteMs))
    expect(events).toContainEqual(expect.objectContaining({ kind: 'waited-for-budget', cost: 50 }))
    expect(events).toContainEqual(expect.objectContaining({ kind: 'reply-received', usedWeight: 5980 }))
  })
})

describe('a client', () => {
  test('is not made with a key that cannot travel in a header, which is not shown', () => {
    const credentials = { apiKey: 'tür schlüssel', signing: 'hmac', secret: new Secret(apiSecret) } as const
    expect(() => exchangeAndClient({ client: { credentials } })).toThrow(/the API key has characters/)
    expect(() => exchangeAndClient({ client: { credentials } })).not.toThrow('schlüssel')
  })

  test('that is closed sends nothing more', async () => {
    const { client, clock } = exchangeAndClient()
    await client.close()
    expect((await failing(clock, client.interestHistory())).code).toBe('client.closed')
  })
})
