import type { Connection } from '../connection.ts'
import type { ExchangeCall } from './exchange-call.ts'

/** The longest body an exchange is sent: its calls are a few parameters. */
export const bodyLimitBytes = 65_536

/** Where a request goes, as sent. */
export interface Target {
  readonly path: string
  readonly query: string
}

/** A request as it is, or as the global `fetch` would make it of its two arguments. */
export function requestOf(input: Request | URL | string, init: RequestInit): Request {
  const isWhole = input instanceof Request && init.method === undefined && init.headers === undefined && init.body === undefined
  return isWhole ? input : new Request(input, init)
}

/** Splits a raw request target such as `/papi/v1/balance?asset=USDT`. */
export function splitTarget(target: string): Target {
  const mark = target.indexOf('?')
  return mark === -1 ? { path: target, query: '' } : { path: target.slice(0, mark), query: target.slice(mark + 1) }
}

/** The raw target the connection tells of, or else the one in the request's URL. */
export function targetOf(request: Request, connection: Connection): Target {
  return splitTarget(connection.target ?? targetInUrl(request.url))
}

function targetInUrl(url: string): string {
  const fragment = url.indexOf('#')
  const whole = fragment === -1 ? url : url.slice(0, fragment)
  const slash = whole.indexOf('/', whole.indexOf('://') + 3)
  return slash === -1 ? '/' : whole.slice(slash)
}

/** The call a web request makes; `undefined` when its body is too long. */
export async function callOf(request: Request, connection: Connection, target: Target): Promise<ExchangeCall | undefined> {
  const body = request.body === null ? '' : await request.text()
  if (Buffer.byteLength(body) > bodyLimitBytes) return undefined
  const { headers, method } = request
  return { method, ...target, body, ip: connection.ip ?? '127.0.0.1', header: (name) => headers.get(name) ?? undefined }
}
