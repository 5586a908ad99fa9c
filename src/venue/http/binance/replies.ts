import {
  type BinanceError,
  binanceApiNotFound,
  binanceErrorBody,
  binanceErrors,
  binanceNotFound,
} from '../../../contracts/binance/errors.ts'
import { retryAfterHeader } from '../../../contracts/binance/limits.ts'
import { type BinanceHost, binanceHostOf } from '../../../contracts/binance/pools.ts'
import { httpDate } from '../../../time/http-date.ts'
import type { FaceBehaviour } from '../../behaviour.ts'
import type { ExchangeCall, ExchangeReply } from '../exchange-call.ts'
import { jsonHeaders } from '../json-headers.ts'

/** What an answer of a host carries, names and values in turn; `Date`, length, server and counts stand before it. */
interface HostHeaders {
  readonly always: readonly string[]
  /** What only successes carry. */
  readonly onSuccess: readonly string[]
}

/** As captured of papi (facts A1.2): an error ends where the methods are allowed. */
const ofPapi: HostHeaders = {
  always: ['Access-Control-Allow-Origin', '*', 'Access-Control-Allow-Methods', 'GET, POST, PUT, DELETE, OPTIONS'],
  onSuccess: [
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
  ],
}

/** As captured of sapi in July 2026 in the same survey as papi, without what its content network adds. */
const ofApi: HostHeaders = {
  always: [
    'Strict-Transport-Security',
    'max-age=31536000; includeSubdomains',
    'X-Frame-Options',
    'SAMEORIGIN',
    'X-Xss-Protection',
    '1; mode=block',
    'X-Content-Type-Options',
    'nosniff',
    'Content-Security-Policy',
    "default-src 'self'",
    'X-Content-Security-Policy',
    "default-src 'self'",
    'X-WebKit-CSP',
    "default-src 'self'",
    'Cache-Control',
    'no-cache, no-store, must-revalidate',
    'Pragma',
    'no-cache',
    'Expires',
    '0',
  ],
  onSuccess: ['Access-Control-Allow-Methods', 'GET, HEAD, OPTIONS', 'Access-Control-Allow-Origin', '*'],
}

const servers: Readonly<Record<BinanceHost, string>> = { papi: 'Tengine', api: 'nginx' }

/** What of an answer's headers differs from call to call. */
export interface Circumstances {
  readonly now: number
  readonly host: BinanceHost
  /** What was counted of the call: names and values in turn. */
  readonly counted: readonly string[]
  readonly elapsedMs: number
  readonly retryAfterSeconds?: number
}

export function successReply(body: string, circumstances: Circumstances): ExchangeReply {
  const { onSuccess } = circumstances.host === 'papi' ? ofPapi : ofApi
  return { status: 200, headers: [...common(body, circumstances), ...onSuccess], body }
}

export function errorReply(error: BinanceError, circumstances: Circumstances): ExchangeReply {
  const body = binanceErrorBody(error)
  const headers = common(body, circumstances)
  if (circumstances.retryAfterSeconds !== undefined) headers.push(retryAfterHeader, circumstances.retryAfterSeconds.toString())
  return { status: error.status, headers, body }
}

/** An unknown path: on papi a page, not JSON; on the api host as the behaviour says. */
export function notFoundReply({ method, path }: ExchangeCall, now: number, { binanceApiUnknownPath }: FaceBehaviour): ExchangeReply {
  const host = binanceHostOf(path)
  const known = host === 'papi' || binanceApiUnknownPath === 'page' ? binanceNotFound : binanceApiNotFound
  const error = host === 'api' && binanceApiUnknownPath === 'json' ? binanceErrors.unknownPath(path, method) : undefined
  const { status } = known
  const body = error === undefined ? known.body : binanceErrorBody(error)
  const contentType = error === undefined ? known.contentType : 'application/json'
  const length = Buffer.byteLength(body).toString()
  const headers = ['Date', httpDate(now), 'Content-Type', contentType, 'Content-Length', length, 'Server', servers[host]]
  return { status, headers, body }
}

function common(body: string, { now, host, counted, elapsedMs }: Circumstances): string[] {
  const server = ['Server', servers[host], ...counted]
  if (host === 'api') return [...jsonHeaders(body, now, 'application/json;charset=UTF-8'), ...server, ...ofApi.always]
  return [...jsonHeaders(body, now), ...server, 'x-response-time', `${elapsedMs}ms`, ...ofPapi.always]
}
