import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { Secret } from '../errors/secret.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { createBinanceClient } from './binance-client.ts'
import type { ClientEvent } from './client-event.ts'
import { createOkxClient } from './okx-client.ts'

const apiKey = 'vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A'
const apiSecret = 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j'
const passphrase = 'correct horse battery staple'
/** Wherever a text is cut, no half of a signature may be left over. */
const paddings = [0, 20, 60, 80, 100, 120, 140, 160, 200].map((length) => 'x'.repeat(length))

/** A client of which every signed call is answered by `answer`; the clock runs by itself. */
function clientWith(answer: (request: Request) => Response) {
  const clock = new ManualClock(1_700_000_000_000)
  const events: ClientEvent[] = []
  const fetch = async (request: Request) => (request.url.endsWith('/ping') ? Response.json({}) : answer(request))
  const credentials = { apiKey, signing: 'hmac' as const, secret: new Secret(apiSecret) }
  const onEvent = (event: ClientEvent) => events.push(event)
  const client = createBinanceClient({ baseUrl: 'http://127.0.0.1:9', credentials, clock, fetch, random: () => 0, onEvent })
  const failing = async (): Promise<Error> => {
    let failed: Error | undefined
    client.interestHistory({ asset: 'USDT' }).catch((error: Error) => {
      failed = error
    })
    for (let step = 0; step < 200 && failed === undefined; step++) await clock.advanceBy(500)
    return failed ?? new Error('it did not fail')
  }
  return { failing, events }
}

function assertSilent(...told: unknown[]): void {
  const text = told.map((one) => `${inspect(one, { depth: 20, showHidden: true })} ${JSON.stringify(one)} ${String(one)}`).join('\n')
  expect(text).not.toContain(apiKey)
  expect(text).not.toContain(apiSecret)
  expect(text).not.toContain(passphrase)
  expect(text).not.toMatch(/[0-9a-f]{16}/)
}

describe('neither error nor event shows a secret or any part of a signature', () => {
  test.each(paddings)('when a reply of the wrong shape echoes the URL behind "%s"', async (padding) => {
    const { failing, events } = clientWith((request) => Response.json([{ asset: 1, echo: padding + request.url }]))
    const error = await failing()
    expect(error).toMatchObject({ code: 'contract.wrong-shape' })
    assertSilent(error, events)
  })

  test.each(paddings)('when the fetch function fails and names the URL behind "%s"', async (padding) => {
    const { failing, events } = clientWith((request) => {
      throw new TypeError(`${padding}cannot fetch ${request.url} with ${request.headers.get('x-mbx-apikey')}`)
    })
    const error = await failing()
    expect(error).toMatchObject({ code: 'client.unreachable' })
    assertSilent(error, events)
  })

  test.each(paddings)('when a page or a refusal echoes the URL behind "%s"', async (padding) => {
    for (const answer of [
      (request: Request) => new Response(padding + request.url, { status: 404 }),
      (request: Request) => new Response(padding + request.url, { status: 502 }),
      (request: Request) => Response.json({ code: -1100, msg: padding + request.url }, { status: 400 }),
    ]) {
      const { failing, events } = clientWith(answer)
      assertSilent(await failing(), events)
    }
  })
})

test('a client that is printed shows none either', () => {
  const clock = new ManualClock(0)
  const secret = new Secret(apiSecret)
  assertSilent(
    createBinanceClient({ baseUrl: 'https://papi.binance.com', credentials: { apiKey, signing: 'hmac', secret }, clock }),
    createOkxClient({ baseUrl: 'https://www.okx.com', credentials: { apiKey, secret, passphrase: new Secret(passphrase) }, clock }),
  )
})
