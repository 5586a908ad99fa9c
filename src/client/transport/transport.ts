/** One request as it travels: `target` is the path with its query, byte for byte as it was signed. */
export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly target: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

export interface WireReply {
  readonly status: number
  /** A header by its lower-case name. */
  header(name: string): string | undefined
  readonly text: string
}

/** Carries requests to one origin. Rejects with a `TransportFailure` or the signal's reason. */
export interface Transport {
  send(request: WireRequest, signal: AbortSignal): Promise<WireReply>
  close(): Promise<void>
}

/** Why no reply came. `sent` is false only where certainly no byte of the request reached the exchange. */
export class TransportFailure extends Error {
  override readonly name = 'TransportFailure'
  readonly sent: boolean

  constructor(reason: string, sent: boolean, cause: unknown) {
    super(reason, { cause })
    this.sent = sent
  }
}

const neverSentCodes: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'nothing listens there'],
  ['ENOTFOUND', 'its name is not known'],
  ['EAI_AGAIN', 'its name could not be looked up'],
  ['EHOSTUNREACH', 'there is no route to it'],
  ['ENETUNREACH', 'there is no network to it'],
  ['UND_ERR_CONNECT_TIMEOUT', 'it did not accept a connection in time'],
])

const tlsCodeRe = /^(ERR_TLS|ERR_SSL|CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|EPROTO)/

/** Any error of the network as a `TransportFailure`, in words that name neither path nor query. */
export function transportFailure(error: unknown): TransportFailure {
  const code = networkCodeOf(error)
  const neverSent = neverSentCodes.get(code)
  if (neverSent !== undefined) return new TransportFailure(`${neverSent} (${code})`, false, error)
  if (tlsCodeRe.test(code)) return new TransportFailure(`its certificate or TLS is not accepted (${code})`, false, error)
  if (code !== '') return new TransportFailure(`the connection was cut off (${code})`, true, error)
  // Not of the network: most likely a fault of the fetch function that was given.
  return new TransportFailure(`no reply could be read (${String(error)})`, true, error)
}

/** fetch wraps the network's error in causes; connecting to several addresses gathers them in an AggregateError. */
function networkCodeOf(error: unknown): string {
  for (let next = error, depth = 0; next instanceof Error && depth < 5; depth++) {
    const { code } = next as { code?: unknown }
    if (typeof code === 'string') return code
    next = next instanceof AggregateError ? next.errors[0] : next.cause
  }
  return ''
}
