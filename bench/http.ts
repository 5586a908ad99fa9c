import { fork } from 'node:child_process'
import { createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { systemClock } from '../src/time/system-clock.ts'
import { createVenue, listenVenue } from '../src/venue/index.ts'
import type { LoadOrder, LoadOutcome } from './http-load.ts'

const rounds = 7
const secondsPerRound = 2

export interface HttpResult {
  /** Signed requests per second of the venue, and of a bare `node:http` server with the same check and reply. */
  readonly venuePerSecond: number
  readonly barePerSecond: number
  /** Median over rounds measured in turn. */
  readonly ratio: number
  /** Processor time of one request in the serving process, which a busy machine disturbs less than requests per second. */
  readonly venueMicrosPerRequest: number
  readonly bareMicrosPerRequest: number
  /** Of the process that serves both. */
  readonly peakResidentBytes: number
}

interface Measured {
  readonly perSecond: number
  readonly micros: number
}

/** The venue's signed requests per second beside those of a bare server, asked in turn by another process. */
export async function benchHttp(): Promise<HttpResult> {
  const venue = await createVenue({ scenario: 'default', behaviour: { limits: 'counted' } })
  const access = venue.accounts.find(({ exchange }) => exchange === 'binance')
  if (access === undefined) throw new Error('the default scenario has no Binance account')
  const listening = await listenVenue(venue, { port: 0 })
  const sample = await sampleReply(listening.url, access)
  const bare = await bareServer(access.apiKey, access.apiSecret, sample)
  const load = fork(fileURLToPath(new URL('./http-load.ts', import.meta.url)), { execArgv: process.execArgv })
  try {
    const measure = async (url: string): Promise<Measured> => {
      const order: LoadOrder = { url, apiKey: access.apiKey, apiSecret: access.apiSecret, seconds: secondsPerRound }
      const before = process.cpuUsage()
      load.send(order)
      const [outcome] = (await once(load, 'message')) as [LoadOutcome]
      if (outcome.failures > 0)
        throw new Error(`${outcome.failures} of ${outcome.answered} calls to ${url} failed: ${outcome.firstFailure}`)
      const { user, system } = process.cpuUsage(before)
      return { perSecond: outcome.answered / secondsPerRound, micros: (user + system) / outcome.answered }
    }
    await measure(listening.url)
    await measure(bare.url)
    const pairs: { readonly venue: Measured; readonly bare: Measured }[] = []
    for (let round = 0; round < rounds; round++) pairs.push({ bare: await measure(bare.url), venue: await measure(listening.url) })
    return {
      venuePerSecond: Math.round(median(pairs.map(({ venue }) => venue.perSecond))),
      barePerSecond: Math.round(median(pairs.map(({ bare }) => bare.perSecond))),
      ratio: median(pairs.map(({ venue, bare }) => venue.perSecond / bare.perSecond)),
      venueMicrosPerRequest: median(pairs.map(({ venue }) => venue.micros)),
      bareMicrosPerRequest: median(pairs.map(({ bare }) => bare.micros)),
      peakResidentBytes: process.resourceUsage().maxRSS * 1_024,
    }
  } finally {
    load.kill()
    await bare.close()
    await listening.close()
    await venue.close()
  }
}

interface Sample {
  readonly headers: string[]
  readonly body: string
}

/** One real reply of the venue, which the bare server then gives to everybody. */
async function sampleReply(url: string, access: { readonly apiKey: string; readonly apiSecret: string }): Promise<Sample> {
  const query = `timestamp=${systemClock.now()}`
  const signature = createHmac('sha256', access.apiSecret).update(query).digest('hex')
  const response = await fetch(`${url}/papi/v1/balance?${query}&signature=${signature}`, { headers: { 'X-MBX-APIKEY': access.apiKey } })
  if (response.status !== 200) throw new Error(`the venue answered ${response.status} ${await response.text()}`)
  const headers = [...response.headers].filter(([name]) => name !== 'connection' && name !== 'keep-alive').flat()
  return { headers, body: await response.text() }
}

/**
 * What a server must do at least: read the query, check the signature, write the reply, byte for byte that of the
 * venue, since the twenty headers of the live exchange are what it must send and not what it may save.
 */
async function bareServer(
  apiKey: string,
  apiSecret: string,
  { headers, body }: Sample,
): Promise<{ url: string; close(): Promise<unknown> }> {
  const server = createServer((incoming, outgoing) => {
    const [, query = ''] = (incoming.url ?? '').split('?')
    const mark = query.lastIndexOf('&signature=')
    const expected = createHmac('sha256', apiSecret).update(query.slice(0, mark)).digest()
    const given = Buffer.from(query.slice(mark + '&signature='.length), 'hex')
    const isRight = incoming.headers['x-mbx-apikey'] === apiKey && given.length === expected.length && timingSafeEqual(given, expected)
    outgoing.writeHead(isRight ? 200 : 400, headers)
    outgoing.end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const result = await benchHttp()
  console.table({
    'signed requests/s, venue': result.venuePerSecond,
    'signed requests/s, bare node:http': result.barePerSecond,
    ratio: Number(result.ratio.toFixed(2)),
    'processor time, µs per request, venue': Math.round(result.venueMicrosPerRequest),
    'processor time, µs per request, bare': Math.round(result.bareMicrosPerRequest),
    'peak memory, MB': Math.round(result.peakResidentBytes / 1_048_576),
  })
}
