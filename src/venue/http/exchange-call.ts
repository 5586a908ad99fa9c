import type { BinanceError } from '../../contracts/binance/errors.ts'

/** One request as it came over the wire, nothing decoded: signatures are checked over these very texts. */
export interface ExchangeCall {
  readonly method: string
  /** The path as sent, without the query. */
  readonly path: string
  /** What followed the `?`, or nothing. */
  readonly query: string
  readonly body: string
  /** The caller's address. */
  readonly ip: string
  /** A header by its name in lower case. */
  readonly header: (name: string) => string | undefined
  /** What a second clock shows, by which the call's time stamp may be right too. */
  readonly otherInstant?: number
  /** What a fault does to this call within its face. */
  readonly interference?: Interference
}

/** What a fault needs done where the exchange's limits and its clock are looked at; all else is done around the face. */
export interface Interference {
  /** How far the exchange's clock is off when it looks at time stamps. */
  readonly clockSkewMs?: number
  /** Binance: the limits turn the call away, whatever is left of them; a ban lasts and grows as the exchange's own. */
  readonly limit?: 'limited' | 'banned'
  /** Binance: answered so before it is looked at, but once the limits have seen it; `counts` tells whether it costs its weight. */
  readonly refusal?: { readonly error: BinanceError; readonly counts: boolean }
}

/** The instants by which this call's time stamp may be right, that of the exchange's own clock first. */
export function shownInstants({ interference, otherInstant }: ExchangeCall, now: number): readonly number[] {
  const skewMs = interference?.clockSkewMs ?? 0
  return otherInstant === undefined ? [now + skewMs] : [now + skewMs, otherInstant + skewMs]
}

/** One answer: `headers` is name, value, name, value …, as a socket takes them without another copy. */
export interface ExchangeReply {
  readonly status: number
  readonly headers: readonly string[]
  readonly body: string
  /** How it travels, when not whole and at once. */
  readonly delivery?: Delivery
}

/** How a reply travels where a fault is in the way. */
export interface Delivery {
  readonly end:
    | { readonly kind: 'whole' }
    /** So many bytes of the body, then the connection ends; the headers promise all of it. */
    | { readonly kind: 'cut'; readonly bytes: number }
    /** The connection is reset before any byte. */
    | { readonly kind: 'reset' }
    /** Nothing ever comes. */
    | { readonly kind: 'silence' }
  /** Resolves when it may begin, by the venue's real clock; rejects when the venue closes or the signal aborts. */
  readonly begins: (signal?: AbortSignal) => Promise<void>
}

/** One side of the venue. It never throws for what a caller sent; `now` is the venue's instant. */
export type ExchangeFace = (call: ExchangeCall, now: number) => ExchangeReply
