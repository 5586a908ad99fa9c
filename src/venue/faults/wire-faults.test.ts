import { request as httpRequest } from 'node:http'
import { afterEach, describe, expect, test } from 'vitest'
import { askBinance, askOkx, kitStart, loseOnBinance, venueKit } from '../../../test/support/venue-kit.ts'
import type { ManualClock } from '../../time/manual-clock.ts'
import { createVenue, type Listening, listenVenue, type Venue } from '../index.ts'
import type { FaultInput } from './rule.ts'

const ping = '/papi/v1/ping'
const balance = '/papi/v1/balance'
const request = (signal?: AbortSignal) => new Request(`http://127.0.0.1:1${ping}`, signal === undefined ? {} : { signal })

const opened: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const open of opened.splice(0).reverse()) await open.close()
})

async function venueWith(...faults: readonly FaultInput[]): Promise<{ readonly venue: Venue; readonly real: ManualClock }> {
  const kit = await venueKit({ faults })
  opened.push(kit.venue)
  return kit
}

async function listeningWith(...faults: readonly FaultInput[]): Promise<{ readonly listening: Listening; readonly real: ManualClock }> {
  const { venue, real } = await venueWith(...faults)
  const listening = await listenVenue(venue, { port: 0 })
  opened.push(listening)
  return { listening, real }
}

interface Arrived {
  readonly status: number | undefined
  readonly length: string | undefined
  readonly body: string
  readonly error: string | undefined
}

/** One plain request over the wire: what arrives, and what ends it. */
function arrivedFrom({ url }: Listening, path = ping, signal?: AbortSignal): Promise<Arrived> {
  return new Promise((resolve) => {
    const outgoing = httpRequest(url + path, { agent: false, ...(signal === undefined ? {} : { signal }) })
    let body = ''
    let status: number | undefined
    let length: string | undefined
    const done = (error?: NodeJS.ErrnoException) => resolve({ status, length, body, error: error?.code })
    outgoing.on('response', (incoming) => {
      status = incoming.statusCode
      length = incoming.headers['content-length']
      incoming.setEncoding('utf8')
      incoming.on('data', (text: string) => {
        body += text
      })
      incoming.on('end', () => done())
      incoming.on('error', done)
    })
    outgoing.on('error', done)
    outgoing.end()
  })
}

describe('fault: clock-skew', () => {
  const farBehind = 'Timestamp for this request is outside of the recvWindow.'
  const farAhead = "Timestamp for this request was 1000ms ahead of the server's time."

  test('makes right time stamps look old or early, and the Date header and the public time agree with it', async () => {
    const { venue } = await venueWith({ kind: 'clock-skew', ms: 60_000 })
    const refused = askBinance(venue, balance)
    expect([refused.status, refused.text]).toEqual([400, JSON.stringify({ code: -1021, msg: farBehind })])
    expect(refused.header('date')).toBe('Tue, 10 Mar 2026 12:01:30 GMT')
    const time = askOkx(venue, '/api/v5/public/time')
    expect(time.text).toContain(String(kitStart + 60_000))
    expect(askOkx(venue, '/api/v5/account/balance').text).toBe('{"msg":"Timestamp request expired","code":"50102"}')
  })

  test('tells a clock that is behind in the other text', async () => {
    const { venue } = await venueWith({ kind: 'clock-skew', ms: -2_000 })
    expect(askBinance(venue, balance).text).toBe(JSON.stringify({ code: -1021, msg: farAhead }))
  })

  test('accepts who follows the clock that is off, and carries the call out at the true instant', async () => {
    const { venue } = await venueWith({ kind: 'clock-skew', ms: 3_600_000 })
    loseOnBinance(venue, 'USDT', '10')
    const repay = { method: 'POST', timestamp: kitStart + 3_600_000 }
    expect(askBinance(venue, '/papi/v1/repay-futures-negative-balance', repay).status).toBe(200)
    expect([...venue.engine.journal()].at(-1)).toMatchObject({ at: kitStart, command: { kind: 'repay-futures' } })
    expect(askOkx(venue, '/api/v5/account/balance', { at: kitStart + 3_600_000 }).status).toBe(200)
  })
})

describe('fault: slow', () => {
  test('answers in-process once the real clock has moved on, whatever the clock of the venue does', async () => {
    const { venue, real } = await venueWith({ kind: 'slow', ms: 1_500 }, { kind: 'slow', ms: 500 })
    venue.clock.freeze()
    let answered = false
    const answer = venue.fetch(request()).then((response) => {
      answered = true
      return response
    })
    await new Promise((resolve) => setImmediate(resolve))
    await real.advanceBy(1_999)
    expect(answered).toBe(false)
    await real.advanceBy(1)
    expect(await (await answer).text()).toBe('{}')
  })

  test('ends with the signal of its caller', async () => {
    const { venue } = await venueWith({ kind: 'slow', ms: 1_500 })
    const giving = new AbortController()
    const answer = venue.fetch(request(giving.signal))
    giving.abort(new Error('enough'))
    await expect(answer).rejects.toThrow('enough')
  })

  test('answers over the wire', async () => {
    const { listening, real } = await listeningWith({ kind: 'slow', ms: 2_000 })
    const arrived = arrivedFrom(listening)
    let isThere = false
    arrived.finally(() => {
      isThere = true
    })
    // The request is on its way for as long as it takes.
    while (!isThere) await real.advanceBy(2_000)
    expect(await arrived).toMatchObject({ status: 200, body: '{}', error: undefined })
  })
})

describe('fault: cut-off', () => {
  test('breaks off in-process after so many bytes, of which the length promises more', async () => {
    const { venue } = await venueWith({ kind: 'cut-off', bytes: 1 })
    const response = await venue.fetch(request())
    expect([response.status, response.headers.get('content-length')]).toEqual([200, '2'])
    const reader = response.body!.getReader()
    expect((await reader.read()).value).toEqual(new Uint8Array([0x7b]))
    await expect(reader.read()).rejects.toMatchObject({ name: 'TypeError', message: 'terminated', cause: { code: 'UND_ERR_SOCKET' } })
  })

  test.each([
    [0, ''],
    [1, '{'],
  ])('breaks off over the wire after %i bytes', async (bytes, body) => {
    const { listening } = await listeningWith({ kind: 'cut-off', bytes })
    expect(await arrivedFrom(listening)).toEqual({ status: 200, length: '2', body, error: 'ECONNRESET' })
  })

  test('of more bytes than there are comes whole', async () => {
    const { listening } = await listeningWith({ kind: 'cut-off', bytes: 100 })
    expect(await arrivedFrom(listening)).toMatchObject({ status: 200, body: '{}', error: undefined })
    const { venue } = await venueWith({ kind: 'cut-off', bytes: 2 })
    expect(await (await venue.fetch(request())).text()).toBe('{}')
  })
})

describe('fault: reset', () => {
  test('rejects in-process as fetch does', async () => {
    const { venue } = await venueWith({ kind: 'reset' })
    const answer = venue.fetch(request())
    await expect(answer).rejects.toBeInstanceOf(TypeError)
    await expect(answer).rejects.toMatchObject({ message: 'fetch failed', cause: { code: 'ECONNRESET' } })
  })

  test('ends the connection before any byte, and the next one is served', async () => {
    const { listening } = await listeningWith({ kind: 'reset', count: 1 })
    expect(await arrivedFrom(listening)).toEqual({ status: undefined, length: undefined, body: '', error: 'ECONNRESET' })
    expect((await arrivedFrom(listening)).status).toBe(200)
  })
})

describe('fault: silence', () => {
  test('lasts in-process until the caller gives up, or the venue closes', async () => {
    const { venue } = await venueWith({ kind: 'silence' })
    const giving = new AbortController()
    const given = venue.fetch(request(giving.signal))
    const waiting = venue.fetch(request())
    giving.abort(new Error('enough'))
    await expect(given).rejects.toThrow('enough')
    await venue.close()
    await expect(waiting).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
  })

  test('lasts over the wire until the caller gives up', async () => {
    const { listening } = await listeningWith({ kind: 'silence', where: { endpoints: ['ping'] } })
    const giving = new AbortController()
    const arrived = arrivedFrom(listening, ping, giving.signal)
    // Whoever comes after it is served: nothing else waits.
    expect((await arrivedFrom(listening, '/api/v5/public/time')).status).toBe(200)
    giving.abort()
    expect(await arrived).toMatchObject({ status: undefined, error: 'ABORT_ERR' })
  })
})

describe('fault: reply-lost', () => {
  const repay = '/papi/v1/repay-futures-negative-balance'
  const answers = [
    ['outcome-unknown', 503, 'Unknown error, please check'],
    ['timeout', 504, '-1007'],
    ['html-page', 502, '<html>'],
    ['empty-reply', 202, ''],
  ] as const

  test.each(answers)('is carried out, and answered with %s', async (answer, status, says) => {
    const { venue } = await venueWith({ kind: 'reply-lost', answer, where: { endpoints: ['repay-futures-negative-balance'] } })
    loseOnBinance(venue, 'USDT', '10')
    const entries = [...venue.engine.journal()].length
    const got = askBinance(venue, repay, { method: 'POST' })
    expect(got.status).toBe(status)
    expect(got.text).toContain(says)
    expect([...venue.engine.journal()].slice(entries).map(({ command }) => command.kind)).toEqual(['repay-futures'])
    if (status >= 503) expect(got.header('x-mbx-used-weight-1m')).toBe('750')
  })

  test.each(['reset', 'silence'] as const)('is carried out, and then comes %s', async (answer) => {
    const { venue } = await venueWith({ kind: 'reply-lost', answer })
    loseOnBinance(venue, 'USDT', '10')
    const entries = [...venue.engine.journal()].length
    askBinance(venue, repay, { method: 'POST' })
    expect([...venue.engine.journal()].length).toBe(entries + 1)
  })

  test.each([
    ['outcome-unknown', 500, '50026'],
    ['timeout', 400, '50004'],
  ] as const)('is answered with %s on OKX', async (answer, status, code) => {
    const { venue } = await venueWith({ kind: 'reply-lost', answer })
    const got = askOkx(venue, '/api/v5/account/balance')
    expect(got.status).toBe(status)
    expect(got.text).toContain(code)
  })
})

test('a venue that follows the machine is not kept alive by a reply that is still to come', async () => {
  const venue = await createVenue({ scenario: 'empty', faults: [{ kind: 'slow', ms: 3_600_000 }] })
  const answer = venue.fetch(request())
  await venue.close()
  await expect(answer).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
})
