import { request } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { book, deposit, newListenKey } from '../../../../test/support/streams.ts'
import { askAdmin, askBinance, kitStart, venueKit } from '../../../../test/support/venue-kit.ts'
import { parseBinanceEvent } from '../../../contracts/binance/stream-events.ts'
import { dayMs, hourMs, minuteMs, secondMs } from '../../../time/units.ts'
import type { VenueOptions } from '../../venue-options.ts'
import { connectionLifeMs, pingEveryMs } from './stream-connection.ts'

const ends: (() => Promise<void> | void)[] = []
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end()
})

async function portKit(options: VenueOptions = {}) {
  const kit = await venueKit({ mode: { kind: 'frozen', at: kitStart }, ...options })
  const { url } = await kit.venue.listen()
  ends.push(() => kit.venue.close())
  return { ...kit, url: url.replace('http', 'ws'), listenKey: newListenKey(kit.venue) }
}

/** A client that keeps what it was told, and can be waited for. */
class Client {
  readonly socket: WebSocket
  readonly texts: string[] = []
  pings = 0
  #closed: { readonly code: number; readonly reason: string } | undefined

  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.socket = new WebSocket(url, { headers })
    this.socket.on('message', (data) => this.texts.push(data.toString()))
    this.socket.on('ping', () => {
      this.pings += 1
    })
    this.socket.on('close', (code, reason) => {
      this.#closed = { code, reason: reason.toString() }
    })
    this.socket.on('error', () => undefined)
    ends.push(() => this.socket.terminate())
  }

  get closed() {
    return this.#closed
  }

  until<Value>(seen: () => Value): Promise<Value> {
    return until(seen)
  }

  async open(): Promise<this> {
    await until(() => this.socket.readyState === WebSocket.OPEN || this.#closed !== undefined)
    expect(this.#closed).toBeUndefined()
    return this
  }

  async names(count: number): Promise<readonly string[]> {
    await until(() => this.texts.length >= count)
    return this.texts.map((text) => parseBinanceEvent(text).e)
  }
}

/** Looks again whenever the process has had its turn; the limit of the test is the only clock. */
async function until<Value>(seen: () => Value): Promise<Value> {
  for (;;) {
    const value = seen()
    if (value) return value
    await new Promise((resolve) => setImmediate(resolve))
  }
}

/** Status and body of what comes instead of a stream. */
function refusal(url: string, headers: Readonly<Record<string, string>> = {}): Promise<{ status: number | undefined; body: string }> {
  return new Promise((resolve, reject) => {
    const socket = new WebSocket(url, { headers })
    socket.on('open', () => reject(new Error('it opened')))
    socket.on('error', reject)
    socket.on('unexpected-response', (_, response) => {
      let body = ''
      response.on('data', (chunk: Buffer) => {
        body += chunk
      })
      response.on('end', () => resolve({ status: response.statusCode, body }))
    })
  })
}

describe('a user data stream over WebSocket', () => {
  test('brings the events of its account as compact JSON, one a message, none lost and in order', async () => {
    const { venue, url, listenKey } = await portKit()
    const client = await new Client(`${url}/pm/ws/${listenKey}`).open()
    const inProcess = venue.userStream(listenKey)
    for (let amount = 1; amount <= 300; amount++) venue.engine.apply(book('um', 'USDT', `${amount}`, 'funding'), { at: venue.clock.now() })
    venue.engine.apply(deposit('BTC', '1'), { at: venue.clock.now() })
    await until(() => client.texts.length >= 302)
    const same: (string | undefined)[] = []
    for (let count = 0; count < 302; count++) same.push((await inProcess.next()).value)
    expect(client.texts).toEqual(same)
  })

  test('brings nothing of what happened before it was open', async () => {
    const { venue, url, listenKey } = await portKit()
    venue.engine.apply(deposit('BTC', '1'), { at: venue.clock.now() })
    const client = await new Client(`${url}/pm/ws/${listenKey}`).open()
    venue.engine.apply(book('um', 'USDT', '1', 'funding'), { at: venue.clock.now() })
    expect(await client.names(1)).toEqual(['ACCOUNT_UPDATE'])
  })

  test('tells that its key expired, then closes', async () => {
    const { venue, url, listenKey } = await portKit()
    const client = await new Client(`${url}/pm/ws/${listenKey}`).open()
    venue.clock.advanceBy(hourMs)
    expect(await until(() => client.closed)).toEqual({ code: 1000, reason: 'the listen key has expired' })
    expect(client.texts).toEqual([`{"e":"listenKeyExpired","E":${kitStart + hourMs}}`])
  })

  test('closes with DELETE, without an event', async () => {
    const { venue, url, listenKey } = await portKit()
    const client = await new Client(`${url}/pm/ws/${listenKey}`).open()
    askBinance(venue, '/papi/v1/listenKey', { method: 'DELETE', timestamp: null, signature: null })
    expect(await until(() => client.closed)).toEqual({ code: 1000, reason: 'the listen key was closed' })
    expect(client.texts).toEqual([])
  })

  test('closes when the venue is reset, restored or closed', async () => {
    const { venue, url, listenKey } = await portKit()
    venue.snapshot('begun')
    const restored = await new Client(`${url}/pm/ws/${listenKey}`).open()
    venue.restore('begun')
    expect(await until(() => restored.closed)).toMatchObject({ code: 1012 })
    const reset = await new Client(`${url}/pm/ws/${newListenKey(venue)}`).open()
    await askAdmin(venue, 'POST', '/reset', { to: 'scenario' })
    expect(await until(() => reset.closed)).toMatchObject({ code: 1012 })
    const last = await new Client(`${url}/pm/ws/${newListenKey(venue)}`).open()
    await venue.close()
    expect(await until(() => last.closed)).toMatchObject({ code: 1001 })
  })

  test('of PRO brings risk alone', async () => {
    const { venue, url, listenKey } = await portKit()
    const client = await new Client(`${url}/pm-classic/ws/${listenKey}`).open()
    venue.engine.apply(book('um', 'USDT', '1', 'funding'), { at: venue.clock.now() })
    venue.emit('main', '{"e":"riskLevelChange","E":1,"u":"1","s":"REDUCE_ONLY","eq":"1","ae":"1","m":"1"}')
    expect(await client.names(1)).toEqual(['riskLevelChange'])
  })

  test('closes after 24 hours of the venue', async () => {
    const { venue, url } = await portKit()
    const client = await new Client(`${url}/pm/stream`).open()
    venue.clock.advanceBy(connectionLifeMs)
    expect(connectionLifeMs).toBe(dayMs)
    expect(await until(() => client.closed)).toMatchObject({ code: 1001, reason: 'connections last 24 hours' })
  })
})

describe('a combined stream', () => {
  test('names the stream of each event', async () => {
    const { venue, url, listenKey } = await portKit()
    const client = await new Client(`${url}/pm/stream?streams=${listenKey}`).open()
    venue.emit('main', { e: 'listenKeyExpired', E: 1 })
    expect(await until(() => client.texts[0])).toBe(`{"stream":"${listenKey}","data":{"e":"listenKeyExpired","E":1}}`)
  })

  test('takes streams, tells and drops them on request', async () => {
    const { venue, url, listenKey } = await portKit()
    const client = await new Client(`${url}/pm/stream?streams=`).open()
    const ask = async (text: string) => {
      const before = client.texts.length
      client.socket.send(text)
      await until(() => client.texts.length > before)
      return client.texts.at(-1)
    }
    expect(await ask(`{"method":"SUBSCRIBE","params":["${listenKey}"],"id":1}`)).toBe('{"result":null,"id":1}')
    expect(await ask(`{"method":"SUBSCRIBE","params":["${listenKey}"],"id":"a"}`)).toBe('{"result":null,"id":"a"}')
    expect(await ask('{"method":"LIST_SUBSCRIPTIONS","id":3}')).toBe(`{"result":["${listenKey}"],"id":3}`)
    venue.emit('main', { e: 'listenKeyExpired', E: 1 })
    await until(() => client.texts.length === 4)
    expect(await ask(`{"method":"UNSUBSCRIBE","params":["${listenKey}"],"id":4}`)).toBe('{"result":null,"id":4}')
    expect(venue.emit('main', { e: 'listenKeyExpired', E: 1 })).toBe(0)
    expect(await ask('{"method":"SUBSCRIBE","params":["nothing"],"id":5}')).toContain('{"error":{"code":-1125,"msg":"This listenKey')
  })

  test.each([
    ['{', '{"error":{"code":3,"msg":"Invalid JSON"},"id":null}'],
    ['[]', '{"error":{"code":2,"msg":"Invalid request: an object is expected"},"id":null}'],
    ['{"id":1}', '{"error":{"code":2,"msg":"Invalid request: unknown method"},"id":1}'],
    ['{"method":"SUBSCRIBE","id":1}', '{"error":{"code":2,"msg":"Invalid request: params must be an array of streams"},"id":1}'],
    [
      '{"method":"SUBSCRIBE","params":[1],"id":1}',
      '{"error":{"code":2,"msg":"Invalid request: params must be an array of streams"},"id":1}',
    ],
    ['{"method":"SUBSCRIBE","params":[],"id":{}}', '{"error":{"code":2,"msg":"Invalid request: malformed id"},"id":null}'],
  ])('answers %s with an error, and stays open', async (text, answer) => {
    const { url } = await portKit()
    const client = await new Client(`${url}/pm/stream`).open()
    client.socket.send(text)
    expect(await until(() => client.texts[0])).toBe(answer)
    expect(client.closed).toBeUndefined()
  })
})

describe('the bounds of a stream', () => {
  test('a ping comes every three minutes; without a pong for ten the connection ends', async () => {
    const { real, url, listenKey } = await portKit()
    const answering = await new Client(`${url}/pm/ws/${listenKey}`).open()
    const silent = new Client(`${url}/pm/ws/${listenKey}`)
    silent.socket.pong = () => undefined
    await silent.open()
    expect(pingEveryMs).toBe(3 * minuteMs)
    for (let round = 1; round <= 3; round++) {
      await real.advanceBy(pingEveryMs)
      await until(() => answering.pings === round && silent.pings === round)
      // The pong has to be back before the next ping.
      await askedBack(answering)
    }
    await real.advanceBy(pingEveryMs)
    await until(() => silent.closed)
    await until(() => answering.pings === 4)
    expect(answering.closed).toBeUndefined()
  })

  test('a reader that does not read is dropped before much waits for it', async () => {
    const { venue, url, listenKey } = await portKit()
    const client = await new Client(`${url}/pm/ws/${listenKey}`).open()
    client.socket.pause()
    const alias = 'x'.repeat(100_000)
    const event = { e: 'ACCOUNT_UPDATE', fs: 'UM', E: 1, T: 1, i: alias, a: { m: 'ORDER', B: [], P: [] } }
    let told = 1
    for (let count = 0; told > 0 && count < 2_000; count++) {
      told = venue.emit('main', event)
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(told).toBe(0)
  })

  test('more than ten messages a second, or one that is too long, end the connection', async () => {
    const { url, real } = await portKit()
    const list = '{"method":"LIST_SUBSCRIPTIONS","id":1}'
    const calm = await new Client(`${url}/pm/stream`).open()
    for (let round = 0; round < 3; round++) {
      for (let count = 0; count < 10; count++) calm.socket.send(list)
      await until(() => calm.texts.length === 10 * (round + 1))
      await real.advanceBy(secondMs)
    }
    const hasty = await new Client(`${url}/pm/stream`).open()
    for (let count = 0; count < 11; count++) hasty.socket.send(list)
    expect(await until(() => hasty.closed)).toEqual({ code: 1008, reason: 'Too many requests' })
    const long = await new Client(`${url}/pm/stream`).open()
    long.socket.send('x'.repeat(20_000))
    expect(await until(() => long.closed)).toMatchObject({ code: 1009 })
    expect(calm.closed).toBeUndefined()
  })

  test('no more than two hundred streams a connection', async () => {
    const { url } = await portKit({ behaviour: { binanceUnknownListenKey: 'silence' } })
    const names = Array.from({ length: 201 }, (_, index) => `key${index}`)
    expect(await refusal(`${url}/pm/stream?streams=${names.join('/')}`)).toMatchObject({ status: 400 })
    const client = await new Client(`${url}/pm/stream`).open()
    client.socket.send(JSON.stringify({ method: 'SUBSCRIBE', params: names, id: 1 }))
    expect(await until(() => client.texts[0])).toBe('{"error":{"code":2,"msg":"Invalid request: more than 200 streams"},"id":1}')
  })
})

describe('a stream is refused', () => {
  test('for a key that there is not, or not any more', async () => {
    const { venue, url, listenKey } = await portKit()
    const body = '{"code":-1125,"msg":"This listenKey does not exist. Please use `POST /papi/v1/listenKey` to recreate `listenKey`"}'
    expect(await refusal(`${url}/pm/ws/${'x'.repeat(64)}`)).toEqual({ status: 400, body })
    venue.clock.advanceBy(hourMs)
    expect(await refusal(`${url}/pm/ws/${listenKey}`)).toEqual({ status: 400, body })
    expect(await refusal(`${url}/pm/stream?streams=${listenKey}`)).toEqual({ status: 400, body })
  })

  test('to a name that is not of this machine, and to a web page from elsewhere', async () => {
    const { url, listenKey } = await portKit()
    const target = `${url}/pm/ws/${listenKey}`
    expect(await refusal(target, { Host: 'venue.example' })).toMatchObject({
      status: 403,
      body: expect.stringContaining('venue.host-refused'),
    })
    const body = expect.stringContaining('venue.stream-origin-refused')
    expect(await refusal(target, { Origin: 'https://venue.example' })).toMatchObject({ status: 403, body })
    expect(await refusal(target, { Origin: 'null' })).toMatchObject({ status: 403, body })
    await new Client(target, { Origin: url.replace('ws', 'http') }).open()
  })

  test.each(['/', '/ws/x', '/pm', '/pm/wsx', '/pm/stream/x', '/papi/v1/ping', '/pm/ws/a/b', '//'])('at %s', async (path) => {
    const { url } = await portKit()
    expect(await refusal(url + path)).toMatchObject({ status: 404, body: expect.stringContaining('venue.stream-path-unknown') })
  })

  test('where the handshake is broken, which takes nothing else down', async () => {
    const { venue, url, listenKey } = await portKit()
    const { port } = new URL(url)
    const lines = ['GET', 'POST'].map((method) => `${method} /pm/ws/${listenKey} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\n`)
    for (const line of lines) expect(await spoken(Number(port), `${line}Upgrade: websocket\r\n\r\n`)).toMatch(/^HTTP\/1\.1 4\d\d /)
    expect(venue.emit('main', { e: 'listenKeyExpired', E: 1 })).toBe(0)
  })
})

describe('a request that offers another protocol', () => {
  test('is answered in this one', async () => {
    const { url } = await portKit()
    const headers = { Connection: 'Upgrade, HTTP2-Settings', Upgrade: 'h2c', 'HTTP2-Settings': 'AAMAAABkAAQAAP__' }
    const status = await new Promise((resolve, reject) => {
      const asked = request(`${url.replace('ws', 'http')}/papi/v1/ping`, { headers }, (response) => {
        response.resume()
        resolve(response.statusCode)
      })
      asked.on('error', reject)
      asked.end()
    })
    expect(status).toBe(200)
  })
})

/** Everything a port says to these bytes until it ends the connection. */
function spoken(port: number, bytes: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = ''
    const socket: Socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.on('data', (chunk) => {
      text += chunk.toString()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(text))
  })
}

/** Whatever the client has sent before has arrived once this is answered. */
async function askedBack(client: Client): Promise<void> {
  const before = client.texts.length
  client.socket.send('{"method":"LIST_SUBSCRIPTIONS","id":0}')
  await until(() => client.texts.length > before)
}
