import { type OkxError, okxErrorBody, okxNotFound } from '../../../contracts/okx/errors.ts'
import { httpDate } from '../../../time/http-date.ts'
import type { ExchangeReply } from '../exchange-call.ts'

export function okxReply(status: number, body: string, now: number): ExchangeReply {
  const headers = [
    'Date',
    httpDate(now),
    'Content-Type',
    'application/json',
    'Content-Length',
    Buffer.byteLength(body).toString(),
    'Cache-Control',
    'no-store',
  ]
  return { status, headers, body }
}

/** An error, in the envelope of whoever refuses (facts B2). */
export function okxErrorReply(error: OkxError, now: number): ExchangeReply {
  return okxReply(error.status, okxErrorBody(error), now)
}

export function okxNotFoundReply(now: number): ExchangeReply {
  return okxReply(okxNotFound.status, okxNotFound.body, now)
}
