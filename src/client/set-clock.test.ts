import { expect, test } from 'vitest'
import { Secret } from '../errors/secret.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs, hourMs, minuteMs } from '../time/units.ts'
import { createBinanceClient } from './binance-client.ts'

const now = 1_700_000_000_000

/** An exchange whose own clock is never set, whatever happens to the client's; it answers at once. */
function exchangeAndClient(answer: () => Response) {
  const clock = new ManualClock(now)
  const stamps: number[] = []
  const serverNow = () => clock.steady()
  const fetch = async (request: Request): Promise<Response> => {
    const url = new URL(request.url)
    const date = new Date(serverNow()).toUTCString()
    if (url.pathname.endsWith('/ping')) return Response.json({}, { headers: { date } })
    stamps.push(Number(url.searchParams.get('timestamp')) - serverNow())
    const response = answer()
    response.headers.set('date', date)
    return response
  }
  const credentials = { apiKey: 'key', signing: 'hmac' as const, secret: new Secret('secret') }
  const client = createBinanceClient({ baseUrl: 'http://127.0.0.1:9', credentials, clock, fetch, mayChange: true, random: () => 0.5 })
  return { client, clock, stamps, serverNow }
}

test.each([hourMs, -hourMs, 3 * dayMs, -3 * dayMs])(
  'a clock set by %i ms after it was measured changes neither what is signed nor what the exchange is taken to think it is',
  async (setMs) => {
    const { client, clock, stamps, serverNow } = exchangeAndClient(() => Response.json({ msg: 'success' }))
    await client.repayFuturesNegativeBalance()
    clock.setBy(setMs)
    // Sent at most once: it must not be refused for a time stamp.
    await client.repayFuturesNegativeBalance()
    expect(stamps.every((apartMs) => Math.abs(apartMs) <= 1_000)).toBe(true)
    expect(Math.abs(client.serverNow() - serverNow())).toBeLessThanOrEqual(1_000)
  },
)

test('a limit that stands for hours is told to everybody at once instead of keeping them waiting', async () => {
  const limited = () => Response.json({ code: -1003, msg: 'Too many requests' }, { status: 429, headers: { 'retry-after': '7200' } })
  const { client, clock, stamps } = exchangeAndClient(limited)
  await expect(client.balance()).rejects.toMatchObject({ code: 'client.limited' })
  await expect(client.balance()).rejects.toMatchObject({ code: 'client.limited' })
  expect(stamps).toHaveLength(1)
  await clock.advanceBy(2 * hourMs + minuteMs)
  await expect(client.balance()).rejects.toMatchObject({ code: 'client.limited' })
  expect(stamps).toHaveLength(2)
})
