import { type BinanceError, binanceErrorBody, binanceNotFound } from '../../../contracts/binance/errors.ts'
import { binanceUsedWeightHeader, retryAfterHeader } from '../../../contracts/binance/limits.ts'
import { httpDate } from '../../../time/http-date.ts'
import type { ExchangeReply } from '../exchange-call.ts'
import { jsonHeaders } from '../json-headers.ts'

/** The headers every answer of the live exchange carried (facts A1.2). */
const always = ['Access-Control-Allow-Origin', '*', 'Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE, OPTIONS']

/** Those that only successes carried. */
const onSuccess = [
  'Access-Control-Allow-Credentials',
  'true',
  'Access-Control-Allow-Headers',
  '*,clienttype,Content-Type,lang,x-ui-request-trace,bnc-uuid',
  'Content-Security-Policy',
  "default-src 'self'",
  'cache-control',
  'no-cache, no-store, must-revalidate',
  'expires',
  '0',
  'pragma',
  'no-cache',
  'strict-transport-security',
  'max-age=31536000; includeSubdomains',
  'x-content-type-options',
  'nosniff',
  'x-frame-options',
  'SAMEORIGIN',
  'x-xss-protection',
  '1; mode=block',
]

/** What of an answer's headers differs from call to call. */
export interface Circumstances {
  readonly now: number
  readonly usedWeight: number
  readonly elapsedMs: number
  readonly retryAfterSeconds?: number
}

export function successReply(body: string, circumstances: Circumstances): ExchangeReply {
  return { status: 200, headers: [...common(body, circumstances), ...onSuccess], body }
}

export function errorReply(error: BinanceError, circumstances: Circumstances): ExchangeReply {
  const body = binanceErrorBody(error)
  const headers = common(body, circumstances)
  if (circumstances.retryAfterSeconds !== undefined) headers.push(retryAfterHeader, circumstances.retryAfterSeconds.toString())
  return { status: error.status, headers, body }
}

/** An unknown path: a page, not JSON. */
export function notFoundReply(now: number): ExchangeReply {
  const { status, contentType, body } = binanceNotFound
  const headers = ['Date', httpDate(now), 'Content-Type', contentType, 'Content-Length', body.length.toString(), 'Server', 'Tengine']
  return { status, headers, body }
}

function common(body: string, { now, usedWeight, elapsedMs }: Circumstances): string[] {
  return [
    ...jsonHeaders(body, now),
    'Server',
    'Tengine',
    binanceUsedWeightHeader,
    usedWeight.toString(),
    'x-response-time',
    `${elapsedMs}ms`,
    ...always,
  ]
}
