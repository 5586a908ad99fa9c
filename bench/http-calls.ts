import { createHmac, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** The keys of both exchanges, as the venue tells them. */
export interface BenchKeys {
  readonly binance: { readonly apiKey: string; readonly apiSecret: string }
  readonly okx: { readonly apiKey: string; readonly apiSecret: string; readonly passphrase: string }
}

/**
 * `balance`, which the venue remembers while nothing changes; and a page of each history with a window that is new
 * with every call, which it cannot.
 */
export const benchCalls = ['balance', 'interest-history', 'interest-accrued'] as const
export type BenchCall = (typeof benchCalls)[number]

export interface SignedCall {
  readonly target: string
  readonly headers: readonly (readonly [name: string, value: string])[]
}

const dayMs = 86_400_000

/** The `index`-th call of its kind, signed at `now`. */
export function signedCall(call: BenchCall, keys: BenchKeys, now: number, index: number): SignedCall {
  if (call === 'interest-accrued') {
    const target = `/api/v5/account/interest-accrued?after=${now - (index % 100_000)}&limit=100`
    const timestamp = new Date(now).toISOString()
    const { apiKey, apiSecret, passphrase } = keys.okx
    const headers = [
      ['OK-ACCESS-KEY', apiKey],
      ['OK-ACCESS-SIGN', createHmac('sha256', apiSecret).update(`${timestamp}GET${target}`).digest('base64')],
      ['OK-ACCESS-TIMESTAMP', timestamp],
      ['OK-ACCESS-PASSPHRASE', passphrase],
    ] as const
    return { target, headers }
  }
  const { apiKey, apiSecret } = keys.binance
  const endTime = now - (index % 100_000)
  const window = `startTime=${endTime - 20 * dayMs}&endTime=${endTime}&size=100&`
  const query = `${call === 'balance' ? '' : window}timestamp=${now}`
  const path = call === 'balance' ? '/papi/v1/balance' : '/papi/v1/portfolio/interest-history'
  const signature = createHmac('sha256', apiSecret).update(query).digest('hex')
  return { target: `${path}?${query}&signature=${signature}`, headers: [['X-MBX-APIKEY', apiKey]] }
}

/** The same check as a server makes it that does nothing else. */
export function isRightlySigned(incoming: IncomingMessage, call: BenchCall, keys: BenchKeys): boolean {
  const { url = '', method = '', headers } = incoming
  if (call === 'interest-accrued') {
    const { apiKey, apiSecret, passphrase } = keys.okx
    const payload = `${headers['ok-access-timestamp']}${method}${url}`
    const isKnown = headers['ok-access-key'] === apiKey && headers['ok-access-passphrase'] === passphrase
    return isKnown && isMac(apiSecret, payload, Buffer.from(String(headers['ok-access-sign']), 'base64'))
  }
  const { apiKey, apiSecret } = keys.binance
  const query = url.slice(url.indexOf('?') + 1)
  const mark = query.lastIndexOf('&signature=')
  const given = Buffer.from(query.slice(mark + '&signature='.length), 'hex')
  return headers['x-mbx-apikey'] === apiKey && isMac(apiSecret, query.slice(0, mark), given)
}

function isMac(secret: string, payload: string, given: Buffer): boolean {
  const right = createHmac('sha256', secret).update(payload).digest()
  return given.length === right.length && timingSafeEqual(given, right)
}
