import { once } from 'node:events'
import { connect } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { type Kit, keyAt, venueKit } from '../../../test/support/venue-kit.ts'
import { signBinance } from '../../contracts/binance/signing.ts'
import { okxPayload, signOkx } from '../../contracts/okx/signing.ts'
import { decimal } from '../../decimal/decimal.ts'
import { isoInstant } from '../../time/instant.ts'
import type { VenueOptions } from '../index.ts'
import { listenVenue } from './listen.ts'
import type { Listening } from './listening.ts'

const open: { kit: Kit; listening: Listening }[] = []
afterEach(async () => {
  for (const { kit, listening } of open.splice(0)) {
    await listening.close()
    await kit.venue.close()
  }
})

async function onAPort(options?: VenueOptions) {
  const kit = await venueKit(options)
  const listening = await listenVenue(kit.venue, { port: 0 })
  open.push({ kit, listening })
  return { ...kit, url: listening.url, port: Number(new URL(listening.url).port) }
}

/** Sends bytes as they are, and gives the whole answer as text. */
async function raw(port: number, bytes: string | Buffer): Promise<{ status: number; head: string; body: string }> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'connect')
  socket.write(bytes)
  const chunks: Buffer[] = []
  for await (const chunk of socket) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  const end = text.indexOf('\r\n\r\n')
  return { status: Number(text.slice(9, 12)), head: text.slice(0, end), body: text.slice(end + 4) }
}

const lines = (...parts: string[]) => `${[...parts, 'Connection: close'].join('\r\n')}\r\n\r\n`

describe('signatures are checked over the bytes as sent', () => {
  test('also on the api host, in a form body', async () => {
    const { venue, port } = await onAPort()
    const { apiKey, secret } = keyAt(venue, 'binance')
    const sent = `deltaEnabled=%74rue&timestamp=${venue.clock.now()}`
    const body = `${sent}&signature=${signBinance('hmac', secret, sent)}`
    const head = lines(
      'POST /sapi/v1/portfolio/delta-mode HTTP/1.1',
      'Host: localhost',
      `X-MBX-APIKEY: ${apiKey}`,
      `Content-Length: ${body.length}`,
    )
    const got = await raw(port, head + body)
    expect([got.status, got.body]).toEqual([200, '{"msg":"success"}'])
    expect(got.head).toContain('X-SAPI-USED-IP-WEIGHT-1M: 1500')
    expect(got.head).not.toContain('X-MBX-USED-WEIGHT')
  })

  test.each([
    ['an encoding nobody needs', 'asset=%55SDT'],
    ['lower-case percent-encoding', 'asset=US%2dDT'],
    ['quotes and brackets left as they are', `asset=USDT&x='"[]|`],
    ['empty pairs', '&&asset=USDT&'],
  ])('%s', async (_, query) => {
    const { venue, port } = await onAPort({ behaviour: { binanceUnknownParameter: 'ignore' } })
    const { apiKey, secret } = keyAt(venue, 'binance')
    const sent = `${query}&timestamp=${venue.clock.now()}`
    const ask = (payload: string) =>
      raw(
        port,
        lines(
          `GET /papi/v1/balance?${sent}&signature=${signBinance('hmac', secret, payload)} HTTP/1.1`,
          'Host: localhost',
          `X-MBX-APIKEY: ${apiKey}`,
        ),
      )
    expect((await ask(sent)).body).toMatch(/^\{"asset":"US/)
    const reencoded = new URL(`http://localhost/?${sent}`).search.slice(1)
    if (reencoded !== sent) expect((await ask(reencoded)).body).toContain('-1022')
    expect((await ask(decodeURIComponent(sent).replace('USDT', 'USDC'))).body).toContain('-1022')
  })

  test('an OKX path keeps its query as it is', async () => {
    const { venue, port } = await onAPort()
    const { apiKey, secret, passphrase } = keyAt(venue, 'okx')
    const timestamp = isoInstant(venue.clock.now())
    const target = '/api/v5/account/balance?ccy=BTC%2cETH'
    const got = await raw(
      port,
      lines(
        `GET ${target} HTTP/1.1`,
        'Host: 127.0.0.1',
        `OK-ACCESS-KEY: ${apiKey}`,
        `OK-ACCESS-PASSPHRASE: ${passphrase}`,
        `OK-ACCESS-TIMESTAMP: ${timestamp}`,
        `OK-ACCESS-SIGN: ${signOkx(secret, okxPayload(timestamp, 'GET', target, ''))}`,
      ),
    )
    expect(got.body).toMatch(/^\{"code":"0","data":\[/)
  })

  test('a form body in two packets', async () => {
    const { venue, port } = await onAPort()
    const { apiKey, secret } = keyAt(venue, 'binance')
    const body = `recvWindow=5000&timestamp=${venue.clock.now()}`
    const sent = `${body}&signature=${signBinance('hmac', secret, body)}`
    const head = lines(
      'POST /papi/v1/repay-futures-negative-balance HTTP/1.1',
      'Host: localhost:80',
      `X-MBX-APIKEY: ${apiKey}`,
      'Content-Type: application/x-www-form-urlencoded',
      `Content-Length: ${sent.length}`,
    )
    expect((await raw(port, head + sent)).body).toBe('{"msg":"success"}')
  })
})

describe('the port', () => {
  test('answers only to names of this machine', async () => {
    const { port } = await onAPort()
    for (const path of ['/papi/v1/ping', '/api/v5/public/time', '/', '/_venue/openapi.json']) {
      for (const host of ['venue.example', '127.0.0.1.venue.example', 'localhost.', '10.0.0.1', '']) {
        const got = await raw(port, lines(`GET ${path} HTTP/1.1`, `Host: ${host}`))
        expect([host, got.status]).toEqual([host, host === '' ? got.status : 403])
        expect(got.status).toBeGreaterThanOrEqual(400)
      }
      for (const host of ['127.0.0.1', `localhost:${port}`, '[::1]:1']) {
        expect((await raw(port, lines(`GET ${path} HTTP/1.1`, `Host: ${host}`))).status).toBe(200)
      }
    }
  })

  test.each([
    ['no HTTP at all', 'nonsense\r\n\r\n', 400, 'Parse Error'],
    ['a header beyond all measure', lines('GET /papi/v1/ping HTTP/1.1', 'Host: localhost', `X: ${'x'.repeat(20_000)}`), 431, 'too long'],
    ['a length that is no number', lines('POST /papi/v1/ping HTTP/1.1', 'Host: localhost', 'Content-Length: many'), 400, 'Content-Length'],
    ['a whole address for a path', lines('GET http://venue.example/papi/v1/ping HTTP/1.1', 'Host: localhost'), 400, 'venue.example/papi'],
    ['a star for a path', lines('OPTIONS * HTTP/1.1', 'Host: localhost'), 400, '"*" is not a path'],
    ['no Host', lines('GET / HTTP/1.1'), 403, 'is not a name of this machine'],
    ['a foreign Host', lines('GET /papi/v1/ping HTTP/1.1', 'Host: venue.example'), 403, 'venue.example'],
  ])('tells what is wrong with %s, in the venue’s time', async (_, bytes, status, says) => {
    const { port } = await onAPort()
    const got = await raw(port, bytes)
    expect(got.status).toBe(status)
    expect(got.head).toContain('Date: Tue, 10 Mar 2026 12:00:30 GMT')
    const { message, remedy } = JSON.parse(got.body) as Record<string, string>
    expect(message).toContain(says)
    expect(remedy).not.toBe('')
  })

  test('reads an admin body whose length is not told beforehand, and one without a body', async () => {
    const { port, venue } = await onAPort()
    const head = (first: string, ...more: string[]) => lines(first, 'Host: localhost', 'Authorization: Bearer token', ...more)
    const streamed = head('POST /_venue/clock HTTP/1.1', 'Content-Type: application/json', 'Transfer-Encoding: chunked')
    const move = '{"kind":"advance-by","ms":5000}'
    const moved = await raw(port, `${streamed}${move.length.toString(16)}\r\n${move}\r\n0\r\n\r\n`)
    expect([moved.status, venue.clock.now() % 60_000]).toEqual([200, 35_000])
    const { apiKey } = keyAt(venue, 'binance')
    expect((await raw(port, head(`DELETE /_venue/accounts/main/keys/${apiKey} HTTP/1.1`))).status).toBe(200)
    expect((await raw(port, head(`DELETE /_venue/accounts/main/keys/${apiKey} HTTP/1.1`))).status).toBe(404)
  })

  test('does not offer to keep a connection whose too long body it left unread', async () => {
    const { port } = await onAPort()
    const head = ['Host: localhost', 'Authorization: Bearer token', 'Content-Type: application/json', `Content-Length: 1200000`]
    const got = await raw(port, `${['POST /_venue/accounts HTTP/1.1', ...head].join('\r\n')}\r\n\r\n${'x'.repeat(1_200_000)}`)
    expect(got.status).toBe(413)
    expect(got.head.toLowerCase()).toContain('connection: close')
    expect(got.body).toContain('1048576 bytes')
  })

  test('in use is named', async () => {
    const { venue, port } = await onAPort()
    await expect(listenVenue(venue, { port })).rejects.toThrow(
      expect.objectContaining({ code: 'venue.port-in-use', message: `port ${port} on 127.0.0.1 is already in use` }),
    )
  })

  test.each([
    [-1, '127.0.0.1', 'venue.port-refused'],
    [70_000, '127.0.0.1', 'venue.port-refused'],
    [0, '0.0.0.0', 'venue.host-not-loopback'],
    [0, 'venue.example', 'venue.host-not-loopback'],
  ])('%i on %s is refused as %s', async (port, host, code) => {
    const { venue } = await venueKit()
    await expect(listenVenue(venue, { port, host })).rejects.toThrow(expect.objectContaining({ code }))
  })

  test('tells the caller’s address in refusals, and its own headers once', async () => {
    const { url, venue } = await onAPort()
    const response = await fetch(`${url}/papi/v1/balance?timestamp=${venue.clock.now()}&signature=a`, {
      headers: { 'X-MBX-APIKEY': 'x'.repeat(64) },
    })
    expect(response.status).toBe(401)
    expect(await response.text()).toContain('request ip: 127.0.0.1"')
    expect(response.headers.get('date')).toBe('Tue, 10 Mar 2026 12:00:30 GMT')
    expect(response.headers.get('content-type')).toBe('application/json')
  })

  test('refuses a body beyond all measure', async () => {
    const { url } = await onAPort()
    const response = await fetch(`${url}/papi/v1/repay-futures-negative-balance`, { method: 'POST', body: 'x'.repeat(70_000) })
    expect(response.status).toBe(413)
  })

  test('serves the admin face, and leaves the global Request and Response as they are', async () => {
    const globals = [Request, Response]
    const { url, venue } = await onAPort()
    const headers = { Authorization: 'Bearer token', 'Content-Type': 'application/json' }
    const body = JSON.stringify({ kind: 'advance-by', ms: 1_000 })
    const response = await fetch(`${url}/_venue/clock`, { method: 'POST', headers, body })
    expect(await response.json()).toEqual({ now: venue.clock.now(), mode: 'speed', factor: 1 })
    expect(response.headers.get('date')).toBe('Tue, 10 Mar 2026 12:00:31 GMT')
    expect([Request, Response]).toEqual(globals)
  })
})

test.each(['USDT', 'ÄÖÜ', '币'])('a reply that names %s has as many bytes as it says', async (asset) => {
  const { venue, url } = await onAPort()
  const { apiKey, secret } = keyAt(venue, 'binance')
  const account = venue.accounts.find((access) => access.apiKey === apiKey)?.label ?? ''
  venue.engine.apply({ kind: 'book', account, wallet: 'um', asset, amount: decimal('-1.5'), reason: 'profit-or-loss' })
  const query = `timestamp=${venue.clock.now()}`
  const signature = signBinance('hmac', secret, query)
  const response = await fetch(`${url}/papi/v1/balance?${query}&signature=${signature}`, { headers: { 'X-MBX-APIKEY': apiKey } })
  const bytes = Buffer.from(await response.arrayBuffer())
  expect(response.headers.get('content-length')).toBe(bytes.length.toString())
  expect(JSON.parse(bytes.toString('utf8'))).toContainEqual(expect.objectContaining({ asset }))
})
