import { createHmac, timingSafeEqual } from 'node:crypto'
import { isoInstant, readInstant } from '../../time/instant.ts'
import { hmacSha256 } from '../hmac.ts'

export const okxHeaders = Object.freeze({
  key: 'OK-ACCESS-KEY',
  sign: 'OK-ACCESS-SIGN',
  timestamp: 'OK-ACCESS-TIMESTAMP',
  passphrase: 'OK-ACCESS-PASSPHRASE',
  /** `1` on calls to demo trading. */
  simulated: 'x-simulated-trading',
})

/** How far a request's timestamp may lie from the server's time (facts B1). */
export const okxExpiryMs = 30_000

const okxTimestampRe = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/

/** What is signed: timestamp, method in upper case, path with its query, and the body as sent or nothing (facts B1). */
export function okxPayload(timestampIso: string, method: string, requestPathWithQuery: string, body: string): string {
  return timestampIso + method.toUpperCase() + requestPathWithQuery + body
}

/** HMAC-SHA256 of the payload in base64. */
export function signOkx(secret: string, payload: string): string {
  // Who signs keeps a real secret: it stays out of the blocks that checking keeps ready.
  return createHmac('sha256', secret).update(payload).digest('base64')
}

/** Whether `signature` is that of the payload, compared in constant time; it never throws. */
export function verifyOkx(secret: string, payload: string, signature: string): boolean {
  const given = Buffer.from(signature)
  const right = Buffer.from(hmacSha256(secret, payload, 'base64'))
  return given.length === right.length && timingSafeEqual(given, right)
}

/** An instant as the timestamp header carries it: `2020-12-08T09:08:57.715Z`. */
export function okxTimestamp(instant: number): string {
  return isoInstant(instant)
}

/** Reads a timestamp header, which must be ISO 8601 in UTC with milliseconds; `undefined` when it is not (50112). */
export function parseOkxTimestamp(text: string): number | undefined {
  return okxTimestampRe.test(text) ? readInstant(text) : undefined
}

/** Whether a request signed at `signedAt` is no longer, or not yet, accepted at `now` (50102). */
export function okxExpired(signedAt: number, now: number): boolean {
  return Math.abs(now - signedAt) > okxExpiryMs
}
