import { describe, expect, test } from 'vitest'
import { okxPayload, verifyOkx } from '../contracts/okx/signing.ts'
import { isOverdraftError } from '../errors/overdraft-error.ts'
import { Secret } from '../errors/secret.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { minuteMs } from '../time/units.ts'
import { createOkxClient, type OkxClientOptions } from './okx-client.ts'

const now = 1_607_418_537_715
const secret = '22582BD0CFF14C41EDBF1AB98506286D'
const credentials = { apiKey: '37c541a1-9a3b-4e5a-8d2f-0b1c2d3e4f50', secret: new Secret(secret), passphrase: new Secret('Tr0ub4dor &3!') }
const rowsText = '{"code":"0","data":[],"msg":""}'

type Answer = () => Response

function exchangeAndClient({
  aheadMs = 0,
  answer,
  client: options = {},
}: {
  aheadMs?: number
  answer?: Answer
  client?: Partial<OkxClientOptions>
} = {}) {
  const clock = new ManualClock(now)
  const requests: Request[] = []
  const arrivals: number[] = []
  const setting = { aheadMs }
  const serverNow = () => clock.now() + setting.aheadMs
  const fetch = async (request: Request): Promise<Response> => {
    requests.push(request)
    await clock.wait(10)
    const response = judged(request)
    await clock.wait(10)
    return response
  }
  const judged = (request: Request): Response => {
    if (request.url.endsWith('/time')) return Response.json({ code: '0', data: [{ ts: String(serverNow()) }], msg: '' })
    arrivals.push(clock.now())
    const stamp = Date.parse(request.headers.get('ok-access-timestamp') ?? '')
    if (Math.abs(serverNow() - stamp) > 30_000) return Response.json({ msg: 'Timestamp request expired', code: '50102' }, { status: 401 })
    return answer?.() ?? new Response(rowsText)
  }
  const client = createOkxClient({ baseUrl: 'http://localhost:9', credentials, clock, fetch, random: () => 0.5, ...options })
  return { client, clock, arrivals, setting, calls: () => requests.filter((request) => !request.url.endsWith('/time')) }
}

async function running<Value>(clock: ManualClock, promise: Promise<Value>): Promise<Value> {
  let settled = false
  const watched = promise.finally(() => {
    settled = true
  })
  watched.catch(() => {})
  for (let step = 0; step < 1_000 && !settled; step++) await clock.advanceBy(100)
  return watched
}

const codeOf = (clock: ManualClock, promise: Promise<unknown>) =>
  running(clock, promise).then(
    () => 'no error',
    (error: unknown) => (isOverdraftError(error) ? `${error.code}: ${error.message}` : String(error)),
  )

describe('an OKX call', () => {
  test("signs the path with its query, and stamps it with the exchange's time", async () => {
    const { client, clock, calls } = exchangeAndClient({ aheadMs: -7 * minuteMs })
    await running(clock, client.interestAccrued({ ccy: 'USDT', mgnMode: 'cross', limit: 100 }))
    const { url, headers } = calls()[0]!
    const target = url.slice('http://localhost:9'.length)
    expect(target).toBe('/api/v5/account/interest-accrued?ccy=USDT&mgnMode=cross&limit=100')
    const stamp = headers.get('ok-access-timestamp')!
    expect(stamp).toMatch(/^2020-12-08T09:01:5[78]\.\d{3}Z$/)
    expect(verifyOkx(secret, okxPayload(stamp, 'GET', target, ''), headers.get('ok-access-sign')!)).toBe(true)
    expect(headers.get('ok-access-key')).toBe(credentials.apiKey)
    expect(headers.get('ok-access-passphrase')).toBe('Tr0ub4dor &3!')
    expect(headers.has('x-simulated-trading')).toBe(false)
  })

  test('that posts signs the very text of its JSON body', async () => {
    const answer = () => Response.json({ code: '0', data: [{ autoRepay: true }], msg: '' })
    const { client, clock, calls } = exchangeAndClient({ answer, client: { mayChange: true } })
    await running(clock, client.setAutoRepay({ autoRepay: true }))
    const [request] = calls()
    expect(await request!.text()).toBe('{"autoRepay":true}')
    expect(request!.headers.get('content-type')).toBe('application/json')
    const payload = okxPayload(request!.headers.get('ok-access-timestamp')!, 'POST', '/api/v5/account/set-auto-repay', '{"autoRepay":true}')
    expect(verifyOkx(secret, payload, request!.headers.get('ok-access-sign')!)).toBe(true)
  })

  test('to demo trading says so', async () => {
    const { client, clock, calls } = exchangeAndClient({ client: { credentials: { ...credentials, simulated: true } } })
    await running(clock, client.balance())
    expect(calls()[0]!.headers.get('x-simulated-trading')).toBe('1')
  })

  test('is repeated once with a fresh time when the exchange calls its time stamp expired', async () => {
    const { client, clock, calls, setting } = exchangeAndClient()
    await running(clock, client.balance())
    setting.aheadMs = 2 * minuteMs
    await running(clock, client.balance())
    expect(calls()).toHaveLength(3)
    expect(Math.abs(client.serverNow() - clock.now() - setting.aheadMs)).toBeLessThanOrEqual(20)
  })

  test('of which 12 are started at once, no more than 5 arrive in any 2 seconds', async () => {
    const { client, clock, arrivals } = exchangeAndClient()
    await running(clock, Promise.all(Array.from({ length: 12 }, () => client.interestAccrued())))
    expect(arrivals).toHaveLength(12)
    for (const at of arrivals) expect(arrivals.filter((other) => other >= at && other < at + 2_000).length).toBeLessThanOrEqual(5)
  })

  const json =
    (status: number, body: unknown): Answer =>
    () =>
      Response.json(body, { status })
  test.each([
    ['client.wrong-secret', json(401, { msg: 'Invalid Sign', code: '50113' })],
    ['client.unknown-key', json(401, { msg: "API key doesn't exist", code: '50119' })],
    ['client.unknown-key', json(401, { msg: 'Invalid OK-ACCESS-KEY', code: '50111' })],
    ['client.wrong-passphrase', json(401, { msg: 'Request header OK-ACCESS-PASSPHRASE incorrect.', code: '50105' })],
    [
      'client.ip-not-allowed',
      json(401, { msg: `Your IP 203.0.113.7 is not included in your API key's ${credentials.apiKey} IP whitelist.`, code: '50110' }),
    ],
    ['client.no-permission', json(200, { code: '50120', data: [], msg: 'no permission' })],
    ['client.wrong-environment', json(401, { msg: 'APIKey does not match current environment.', code: '50101' })],
    ['client.refused', json(200, { code: '51000', data: [], msg: 'Parameter ccy error' })],
    ['client.refused', json(404, { code: 404, data: {}, msg: 'Not Found' })],
    ['client.unavailable', json(503, { code: '50001', data: [], msg: 'Service temporarily unavailable.' })],
    ['client.limited', json(429, { msg: 'Too Many Requests', code: '50011' })],
    ['client.unreadable-reply', json(200, { data: [] })],
    ['client.unreadable-reply', () => new Response('<html>maintenance</html>')],
    ['contract.wrong-shape', json(200, { code: '0', data: {}, msg: '' })],
  ])('ends in %s', async (code, answer) => {
    const { client, clock } = exchangeAndClient({ answer })
    const told = await codeOf(clock, client.interestAccrued())
    expect(told).toContain(`${code}: `)
    expect(told).not.toContain(credentials.apiKey)
  })
})
