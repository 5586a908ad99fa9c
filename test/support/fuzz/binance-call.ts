import { signBinance } from '../../../src/contracts/binance/signing.ts'
import { type Endpoint, needsSignature } from '../../../src/contracts/contract.ts'
import type { KeyAccess, Venue } from '../../../src/venue/index.ts'
import { type Plan, piecesOf } from './plan.ts'

export const binanceEnvelopes = [
  'in the query',
  'in the body',
  'in both',
  'the same in both',
  'by another method',
  'with an odd content type',
  'without a signature',
  'with an empty signature',
  'with a signature cut',
  'with a signature of something else',
  'with a signature beyond measure',
  'with two signatures',
  'with the signature first',
  'signed by another key',
  'by a key that only reads',
  'by an Ed25519 key',
  'by another account',
  'without a key',
  'with a key nobody has',
  'with a key of no shape',
  'from another address',
] as const
export type BinanceEnvelope = (typeof binanceEnvelopes)[number]

export interface BinanceFuzzCall {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly body: string
  readonly ip: string
  readonly headers: Readonly<Record<string, string>>
}

/** The call a plan makes, signed for the account whose product the path is of. */
export function binanceFuzzCall(venue: Venue, endpoint: Endpoint, plan: Plan<BinanceEnvelope>): BinanceFuzzCall {
  const { envelope } = plan
  const key = keyFor(venue, endpoint, plan)
  const pieces = piecesOf(endpoint, plan, venue.clock.now())
  const method =
    envelope === 'by another method' ? (['GET', 'POST', 'PUT', 'DELETE', 'PATCH', 'get', 'HEAD'][plan.pick % 7] ?? 'GET') : endpoint.method
  const { query, body } = placed(pieces, envelope)
  const sent = needsSignature(endpoint) ? signed(query, body, key, plan) : { query, body }
  return {
    method,
    path: endpoint.path,
    ...sent,
    ip: envelope === 'from another address' ? '2001:db8::7' : '127.0.0.1',
    headers: headersOf(key, plan),
  }
}

function keyFor(venue: Venue, { path }: Endpoint, { envelope, pick }: Plan<BinanceEnvelope>): KeyAccess {
  const isPro = path.startsWith('/sapi/') && path.includes('portfolio')
  const other = ['pro', 'span', 'okx', 'main'][pick % 4]
  const label = envelope === 'by another account' ? other : isPro ? (path.includes('/v2/') ? 'span' : 'pro') : 'main'
  const keys = venue.accounts.find((account) => account.label === label)?.keys ?? []
  const main = venue.accounts[0]?.keys ?? []
  const key = envelope === 'by a key that only reads' ? main[2] : envelope === 'by an Ed25519 key' ? main[1] : keys[0]
  if (key === undefined) throw new Error(`the account ${label} has no such key`)
  return key
}

function placed(pieces: readonly string[], envelope: BinanceEnvelope): { query: string; body: string } {
  const all = pieces.join('&')
  switch (envelope) {
    case 'in the body':
    case 'with an odd content type':
      return { query: '', body: all }
    case 'in both':
      return { query: pieces.filter((_, index) => index % 2 === 0).join('&'), body: pieces.filter((_, index) => index % 2 === 1).join('&') }
    case 'the same in both':
      return { query: all, body: all }
    default:
      return { query: all, body: '' }
  }
}

function signed(query: string, body: string, key: KeyAccess, { envelope, pick }: Plan<BinanceEnvelope>): { query: string; body: string } {
  const secret = envelope === 'signed by another key' ? 'another secret' : key.secret
  const kind = envelope === 'signed by another key' ? 'hmac' : key.signing
  const right = encodeURIComponent(signBinance(kind, secret, query + body))
  const signature = `signature=${signatureText(right, envelope, pick)}`
  if (envelope === 'without a signature') return { query, body }
  if (envelope === 'with two signatures') return { query: joined(query, `${signature}&signature=${'0'.repeat(64)}`), body }
  if (envelope === 'with the signature first') return { query: joined(signature, query), body }
  return body !== '' && pick % 2 === 0 ? { query, body: joined(body, signature) } : { query: joined(query, signature), body }
}

function signatureText(right: string, envelope: BinanceEnvelope, pick: number): string {
  switch (envelope) {
    case 'with an empty signature':
      return ''
    case 'with a signature cut':
      return right.slice(0, pick % 64)
    case 'with a signature of something else':
      return ['%', '%00', '💸', '[]', `${right}%0A`, `${right}A`, right.replace(/./, 'g'), 'null'][pick % 8] ?? ''
    case 'with a signature beyond measure':
      return right.repeat(500)
    default:
      return right
  }
}

const contentTypes = [
  'application/json',
  'text/plain',
  'multipart/form-data; boundary=x',
  '',
  'application/x-www-form-urlencoded; charset=utf-16',
]

function headersOf({ apiKey }: KeyAccess, { envelope, pick }: Plan<BinanceEnvelope>): Record<string, string> {
  const contentType =
    envelope === 'with an odd content type' ? contentTypes[pick % contentTypes.length] : 'application/x-www-form-urlencoded'
  const headers: Record<string, string> = { 'content-type': contentType ?? '' }
  if (envelope === 'without a key') return headers
  if (envelope === 'with a key nobody has') return { ...headers, 'x-mbx-apikey': 'k'.repeat(64) }
  const shapes = [
    '',
    ' ',
    apiKey.slice(1),
    `${apiKey}x`,
    apiKey.toLowerCase(),
    `${apiKey}, ${apiKey}`,
    '__proto__',
    'ÿ'.repeat(64),
    'k'.repeat(20_000),
  ]
  return { ...headers, 'x-mbx-apikey': envelope === 'with a key of no shape' ? (shapes[pick % shapes.length] ?? '') : apiKey }
}

function joined(left: string, right: string): string {
  return left === '' || right === '' ? left + right : `${left}&${right}`
}
