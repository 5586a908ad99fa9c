import { signBinance } from '../../src/contracts/binance/signing.ts'
import { okxPayload, signOkx } from '../../src/contracts/okx/signing.ts'
import { decimal } from '../../src/decimal/decimal.ts'
import { isoInstant, parseInstant } from '../../src/time/instant.ts'
import { ManualClock } from '../../src/time/manual-clock.ts'
import type { KeyAccess } from '../../src/venue/account-access.ts'
import { createVenue, type Venue, type VenueOptions } from '../../src/venue/index.ts'

/** Half a minute past a full minute. */
export const kitStart = parseInstant('2026-03-10T12:00:30.000Z')

export interface Kit {
  readonly venue: Venue
  /** The real clock the venue draws its time from. */
  readonly real: ManualClock
}

/** A venue with one empty account on each exchange, on a clock that moves by hand. */
export async function venueKit(options: VenueOptions = {}): Promise<Kit> {
  const real = new ManualClock(kitStart)
  const venue = await createVenue({ clock: real, scenario: 'empty', adminToken: 'token', ...options })
  return { venue, real }
}

/** A key of the first account of an exchange; 0 is its HMAC key that may trade. */
export function keyAt(venue: Venue, exchange: 'binance' | 'okx', index = 0): KeyAccess {
  const key = venue.accounts.find((access) => access.exchange === exchange)?.keys[index]
  if (key === undefined) throw new Error(`no ${exchange} key ${index}`)
  return key
}

export interface Got {
  readonly status: number
  readonly text: string
  readonly header: (name: string) => string | undefined
}

export interface BinanceCall {
  readonly method?: string
  /** Raw, without timestamp and signature. */
  readonly query?: string
  readonly body?: string
  readonly key?: KeyAccess
  /** Sent as it is instead of the key's name; `null` sends none. */
  readonly apiKey?: string | null
  /** Default: the venue's now; `null` sends none. */
  readonly timestamp?: string | number | null
  /** Sent instead of the right one; `null` sends none. */
  readonly signature?: string | null
  readonly ip?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** One call to the Binance face, signed unless told otherwise; timestamp and signature go where the parameters are. */
export function askBinance(venue: Venue, path: string, call: BinanceCall = {}): Got {
  const key = call.key ?? keyAt(venue, 'binance')
  const timestamp = call.timestamp === undefined ? venue.clock.now() : call.timestamp
  const inBody = call.body !== undefined && call.query === undefined
  const sent = inBody ? (call.body ?? '') : (call.query ?? '')
  const timed = timestamp === null ? sent : joined(sent, `timestamp=${timestamp}`)
  const query = inBody ? '' : timed
  const body = inBody ? timed : (call.body ?? '')
  const signature = call.signature === undefined ? encodeURIComponent(signBinance(key.signing, key.secret, query + body)) : call.signature
  const end = signature === null ? '' : `signature=${signature}`
  const headers: Record<string, string> = { ...call.headers }
  if (call.apiKey !== null) headers['x-mbx-apikey'] = call.apiKey ?? key.apiKey
  return ask(venue, {
    method: call.method ?? 'GET',
    path,
    query: inBody ? query : joined(query, end),
    body: inBody ? joined(body, end) : body,
    ip: call.ip ?? '127.0.0.1',
    headers,
  })
}

function joined(left: string, right: string): string {
  return left === '' || right === '' ? left + right : `${left}&${right}`
}

export interface OkxCall {
  readonly method?: string
  readonly query?: string
  /** Sent as it is, as JSON unless the headers say otherwise. */
  readonly body?: string
  readonly key?: KeyAccess
  /** Headers to send instead of the right ones; `null` leaves one out. */
  readonly headers?: Readonly<Record<string, string | null>>
  readonly ip?: string
  /** The instant signed; default the venue's now. */
  readonly at?: number
}

/** One call to the OKX face, signed unless told otherwise. */
export function askOkx(venue: Venue, path: string, call: OkxCall = {}): Got {
  const key = call.key ?? keyAt(venue, 'okx')
  const method = call.method ?? 'GET'
  const query = call.query ?? ''
  const body = call.body ?? ''
  const timestamp = isoInstant(call.at ?? venue.clock.now())
  const sign = signOkx(key.secret, okxPayload(timestamp, method, query === '' ? path : `${path}?${query}`, body))
  const signed = {
    'ok-access-key': key.apiKey,
    'ok-access-passphrase': key.passphrase ?? '',
    'ok-access-sign': sign,
    'ok-access-timestamp': timestamp,
    'content-type': 'application/json',
  }
  const headers = Object.fromEntries(
    Object.entries({ ...signed, ...call.headers }).filter((pair): pair is [string, string] => pair[1] !== null),
  )
  return ask(venue, { method, path, query, body, ip: call.ip ?? '127.0.0.1', headers })
}

interface RawCall {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly body: string
  readonly ip: string
  readonly headers: Readonly<Record<string, string>>
}

function ask(venue: Venue, { headers, ...call }: RawCall): Got {
  const reply = venue.answer({ ...call, header: (name) => headers[name] })
  if (reply === undefined) throw new Error(`${call.path} is of no exchange`)
  const got = new Map<string, string>()
  for (let index = 0; index < reply.headers.length; index += 2)
    got.set((reply.headers[index] ?? '').toLowerCase(), reply.headers[index + 1] ?? '')
  return { status: reply.status, text: reply.body, header: (name) => got.get(name.toLowerCase()) }
}

/** One call to the admin face, with its token unless told otherwise. */
export async function askAdmin(
  venue: Venue,
  method: string,
  path: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly status: number; readonly json: Record<string, unknown> }> {
  const request = new Request(`http://127.0.0.1:8080/_venue${path}`, {
    method,
    headers: { authorization: 'Bearer token', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const response = await venue.fetch(request)
  const text = await response.text()
  return { status: response.status, json: JSON.parse(text) as Record<string, unknown> }
}

/** A loss booked to the UM wallet of the kit's Binance account. */
export function loseOnBinance(venue: Venue, asset: string, amount: string): void {
  venue.engine.apply(
    { kind: 'book', account: 'main', wallet: 'um', asset, amount: decimal(`-${amount}`), reason: 'profit-or-loss' },
    { at: venue.clock.now() },
  )
}
