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
}

/** One answer: `headers` is name, value, name, value …, as a socket takes them without another copy. */
export interface ExchangeReply {
  readonly status: number
  readonly headers: readonly string[]
  readonly body: string
}

/** One side of the venue. It never throws for what a caller sent; `now` is the venue's instant. */
export type ExchangeFace = (call: ExchangeCall, now: number) => ExchangeReply
