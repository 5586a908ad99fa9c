import type { Endpoint } from '../../../src/contracts/contract.ts'
import { okxPayload, signOkx } from '../../../src/contracts/okx/signing.ts'
import { dayMs } from '../../../src/time/units.ts'
import type { KeyAccess, Venue } from '../../../src/venue/index.ts'
import type { BinanceFuzzCall } from './binance-call.ts'
import { bodyOf } from './json-traps.ts'
import { type Plan, piecesOf } from './plan.ts'

export const okxEnvelopes = [
  'as it should be',
  'by another method',
  'with an odd content type',
  'with a body beside the query',
  'with a header missing',
  'with an odd timestamp',
  'with a signature cut',
  'with a signature of something else',
  'signed by another key',
  'by a key that only reads',
  'by a key of Binance',
  'with a key nobody has',
  'with a key of no shape',
  'with another passphrase',
  'to demo trading',
  'from another address',
] as const
export type OkxEnvelope = (typeof okxEnvelopes)[number]

/** The call a plan makes to OKX: parameters in the query of a GET, in the JSON body of a POST. */
export function okxFuzzCall(venue: Venue, endpoint: Endpoint, plan: Plan<OkxEnvelope>): BinanceFuzzCall {
  const { envelope, pick } = plan
  const now = venue.clock.now()
  const isPost = endpoint.method === 'POST'
  const query = isPost ? '' : piecesOf(endpoint, plan, now).join('&')
  const body = isPost ? bodyOf(endpoint, plan, now) : envelope === 'with a body beside the query' ? '{"ccy":"BTC"}' : ''
  const method =
    envelope === 'by another method' ? (['GET', 'POST', 'PUT', 'DELETE', 'get', 'OPTIONS'][pick % 6] ?? 'GET') : endpoint.method
  const key = keyFor(venue, envelope)
  const target = query === '' ? endpoint.path : `${endpoint.path}?${query}`
  const timestamp = envelope === 'with an odd timestamp' ? oddTimestamp(now, pick) : new Date(now).toISOString()
  const secret = envelope === 'signed by another key' ? 'another secret' : key.secret
  const sign = signOkx(secret, okxPayload(timestamp, method, target, method === 'GET' ? '' : body))
  return {
    method,
    path: endpoint.path,
    query,
    body,
    ip: envelope === 'from another address' ? '198.51.100.7' : '127.0.0.1',
    headers: headersOf(key, timestamp, sign, plan),
  }
}

function keyFor(venue: Venue, envelope: OkxEnvelope): KeyAccess {
  const label = envelope === 'by a key of Binance' ? 'main' : 'okx'
  const key = venue.accounts.find((account) => account.label === label)?.keys[envelope === 'by a key that only reads' ? 1 : 0]
  if (key === undefined) throw new Error(`the account ${label} has no such key`)
  return key
}

function oddTimestamp(now: number, pick: number): string {
  const iso = (instant: number) => new Date(instant).toISOString()
  const texts = [
    iso(now - 30_000),
    iso(now - 30_001),
    iso(now + 30_001),
    iso(now + 400 * dayMs),
    `${now}`,
    `${now / 1_000}`,
    iso(now).replace('.250Z', 'Z'),
    iso(now).replace('Z', '+00:00'),
    iso(now).replace('T', ' '),
    '2026-02-30T12:00:00.000Z',
    '2026-13-01T12:00:00.000Z',
    '+275760-09-13T00:00:00.000Z',
    '٢٠٢٦-03-10T12:00:30.250Z',
    `${iso(now)}\n`,
    'now',
  ]
  return texts[pick % texts.length] ?? ''
}

const contentTypes = [
  'text/plain',
  'application/x-www-form-urlencoded',
  '',
  'application/jsonp',
  'multipart/form-data',
  'APPLICATION/JSON; charset=utf-8',
]

function headersOf(key: KeyAccess, timestamp: string, sign: string, { envelope, pick }: Plan<OkxEnvelope>): Record<string, string> {
  const headers: Record<string, string> = {
    'ok-access-key': keyText(key.apiKey, envelope, pick),
    'ok-access-passphrase':
      envelope === 'with another passphrase' ? (['', 'x', '💸', 'x'.repeat(9_000)][pick % 4] ?? '') : (key.passphrase ?? 'none'),
    'ok-access-sign': signText(sign, envelope, pick),
    'ok-access-timestamp': timestamp,
    'content-type': envelope === 'with an odd content type' ? (contentTypes[pick % contentTypes.length] ?? '') : 'application/json',
    ...(envelope === 'to demo trading' ? { 'x-simulated-trading': ['1', '0', '2', 'true', ''][pick % 5] ?? '' } : {}),
  }
  if (envelope === 'with a header missing') delete headers[Object.keys(headers)[pick % 5] ?? '']
  return headers
}

function keyText(apiKey: string, envelope: OkxEnvelope, pick: number): string {
  if (envelope === 'with a key nobody has') return '0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0'
  const shapes = ['', ' ', apiKey.toUpperCase(), `${apiKey}x`, `${apiKey}, ${apiKey}`, '__proto__', 'ÿ'.repeat(36), 'k'.repeat(20_000)]
  return envelope === 'with a key of no shape' ? (shapes[pick % shapes.length] ?? '') : apiKey
}

function signText(sign: string, envelope: OkxEnvelope, pick: number): string {
  if (envelope === 'with a signature cut') return sign.slice(0, pick % 44)
  const others = ['=', '%', '💸', sign.replace('=', ''), `${sign}=`, `${sign}\0`, 'A'.repeat(44), sign.repeat(500)]
  return envelope === 'with a signature of something else' ? (others[pick % others.length] ?? '') : sign
}
