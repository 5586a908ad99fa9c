import { type OkxError, okxErrorBody, okxNotFound } from '../../../contracts/okx/errors.ts'
import type { ExchangeReply } from '../exchange-call.ts'
import { jsonHeaders } from '../json-headers.ts'

export function okxReply(status: number, body: string, now: number): ExchangeReply {
  return { status, headers: [...jsonHeaders(body, now), 'Cache-Control', 'no-store'], body }
}

/** An error, in the envelope of whoever refuses (facts B2). */
export function okxErrorReply(error: OkxError, now: number): ExchangeReply {
  return okxReply(error.status, okxErrorBody(error), now)
}

export function okxNotFoundReply(now: number): ExchangeReply {
  return okxReply(okxNotFound.status, okxNotFound.body, now)
}
