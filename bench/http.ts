import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { systemClock } from '../src/time/system-clock.ts'
import type { Venue } from '../src/venue/index.ts'
import { built } from './built.ts'
import { type BenchCall, type BenchKeys, benchCalls, isRightlySigned, signedCall } from './http-calls.ts'
import type { LoadOrder, LoadOutcome } from './http-load.ts'
import { median } from './median.ts'

const rounds = 7
const roundMs = 1_000

/** One server asked for one kind of call; medians. */
export interface Measured {
  readonly perSecond: number
  /** Processor time of one request in the serving process, which a busy machine disturbs less than requests per second. */
  readonly micros: number
}

/** The venue beside bare `node:http` servers that make the same signature check and send the same body. */
export interface HttpResult {
  readonly call: BenchCall
  readonly bodyBytes: number
  readonly venue: Measured
  /** A bare server that sends only `Content-Type` and `Content-Length`: the least that could be done. */
  readonly bare: Measured
  /** One that sends the headers the venue sends, which are those of the live exchange. */
  readonly bareSameHeaders: Measured
  /** Medians of requests per second of rounds measured in turn. */
  readonly ratio: number
  readonly ratioSameHeaders: number
  /** Of the process that serves them all. */
  readonly peakResidentBytes: number
}

/** Signed requests per second of the venue beside those of bare servers, asked in turn by another process. */
export async function benchHttp(): Promise<readonly HttpResult[]> {
  const { createVenue, listenVenue } = await built<typeof import('../src/venue/index.ts')>('venue/index.js')
  const venue = await createVenue({ scenario: 'default', behaviour: { limits: 'counted' } })
  const listening = await listenVenue(venue, { port: 0 })
  const load = fork(fileURLToPath(new URL('./http-load.ts', import.meta.url)), { execArgv: process.execArgv })
  try {
    const results: HttpResult[] = []
    for (const call of benchCalls) results.push(await benchCall(load, Number(new URL(listening.url).port), call, keysOf(venue)))
    return results
  } finally {
    load.kill()
    await listening.close()
    await venue.close()
  }
}

function keysOf(venue: Venue): BenchKeys {
  const binance = venue.accounts.find(({ exchange }) => exchange === 'binance')
  const okx = venue.accounts.find(({ exchange }) => exchange === 'okx')
  if (binance === undefined || okx === undefined) throw new Error('the default scenario has an account of each exchange')
  return { binance, okx: { ...okx, passphrase: okx.passphrase ?? '' } }
}

async function benchCall(load: ChildProcess, venuePort: number, call: BenchCall, keys: BenchKeys): Promise<HttpResult> {
  const { headers, body } = await sampleReply(venuePort, call, keys)
  const bodyBytes = Buffer.byteLength(body)
  const least = ['Content-Type', 'application/json', 'Content-Length', bodyBytes.toString()]
  const bare = await bareServer(call, keys, least, body)
  const bareSameHeaders = await bareServer(call, keys, headers, body)
  const measure = (port: number) => measured(load, { port, call, keys, milliseconds: roundMs })
  const inTurn = async () => ({
    bare: await measure(bare.port),
    bareSameHeaders: await measure(bareSameHeaders.port),
    venue: await measure(venuePort),
  })
  try {
    await inTurn()
    const taken: Awaited<ReturnType<typeof inTurn>>[] = []
    for (let round = 0; round < rounds; round++) taken.push(await inTurn())
    return {
      call,
      bodyBytes,
      venue: medians(taken.map((round) => round.venue)),
      bare: medians(taken.map((round) => round.bare)),
      bareSameHeaders: medians(taken.map((round) => round.bareSameHeaders)),
      ratio: median(taken.map((round) => round.venue.perSecond / round.bare.perSecond)),
      ratioSameHeaders: median(taken.map((round) => round.venue.perSecond / round.bareSameHeaders.perSecond)),
      peakResidentBytes: process.resourceUsage().maxRSS * 1_024,
    }
  } finally {
    await bare.close()
    await bareSameHeaders.close()
  }
}

async function measured(load: ChildProcess, order: LoadOrder): Promise<Measured> {
  const before = process.cpuUsage()
  load.send(order)
  const [{ answered, failure }] = (await once(load, 'message')) as [LoadOutcome]
  if (failure !== '') throw new Error(`a call of ${order.call} failed: ${failure}`)
  const { user, system } = process.cpuUsage(before)
  return { perSecond: (answered * 1_000) / order.milliseconds, micros: (user + system) / answered }
}

function medians(all: readonly Measured[]): Measured {
  return { perSecond: median(all.map(({ perSecond }) => perSecond)), micros: median(all.map(({ micros }) => micros)) }
}

/** One real reply of the venue, which the bare servers then give to everybody. */
async function sampleReply(port: number, call: BenchCall, keys: BenchKeys): Promise<{ headers: string[]; body: string }> {
  const { target, headers: sent } = signedCall(call, keys, systemClock.now(), 0)
  const response = await fetch(`http://127.0.0.1:${port}${target}`, { headers: sent.map(([name, value]) => [name, value]) })
  const body = await response.text()
  if (response.status !== 200) throw new Error(`the venue answered ${response.status} ${body}`)
  return { headers: [...response.headers].filter(([name]) => name !== 'connection' && name !== 'keep-alive').flat(), body }
}

/** What a server must do at least: read the request, check the signature, write the reply. */
async function bareServer(
  call: BenchCall,
  keys: BenchKeys,
  headers: string[],
  body: string,
): Promise<{ port: number; close(): Promise<void> }> {
  const server = createServer((incoming, outgoing) => {
    outgoing.writeHead(isRightlySigned(incoming, call, keys) ? 200 : 400, headers)
    outgoing.end(body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const result of await benchHttp()) {
    const { call, bodyBytes, venue, bare, bareSameHeaders, ratio, ratioSameHeaders, peakResidentBytes } = result
    process.stdout.write(`${call}, ${bodyBytes} bytes; peak memory ${Math.round(peakResidentBytes / 2 ** 20)} MiB\n`)
    console.table({
      venue: { 'requests/s': Math.round(venue.perSecond), 'µs of processor': Math.round(venue.micros) },
      bare: { 'requests/s': Math.round(bare.perSecond), 'µs of processor': Math.round(bare.micros), ratio: ratio.toFixed(2) },
      'bare, same headers': {
        'requests/s': Math.round(bareSameHeaders.perSecond),
        'µs of processor': Math.round(bareSameHeaders.micros),
        ratio: ratioSameHeaders.toFixed(2),
      },
    })
  }
}
