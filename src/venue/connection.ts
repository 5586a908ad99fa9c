/** How a request reached the venue, where the request itself does not tell. */
export interface Connection {
  /** The caller's address; default 127.0.0.1. */
  readonly ip?: string
  /** The request target exactly as sent: signatures are checked over it. Default: the request's URL. */
  readonly target?: string
}
