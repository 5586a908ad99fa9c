import { createHmac, type KeyObject, sign, timingSafeEqual, verify } from 'node:crypto'
import { fail } from '../../errors/overdraft-error.ts'
import { hmacSha256 } from '../hmac.ts'
import { privateKeyOf, publicKeyOf } from '../key-objects.ts'

/** The three kinds of keys: HMAC-SHA256, RSASSA-PKCS1-v1_5 with SHA-256, Ed25519 (facts A1.1). */
export type BinanceSigning = 'hmac' | 'rsa' | 'ed25519'

export const binanceKeyHeader = 'X-MBX-APIKEY'

/** How far a timestamp may lie ahead of the server's time (facts A1.1). */
export const binanceAheadMaxMs = 1_000

const hexSha256Re = /^[0-9a-fA-F]{64}$/
const marker = 'signature='

/** What is signed: the query as sent, immediately followed by the body as sent, without an `&` between them (facts A1.1). */
export function binancePayload(query: string, body: string): string {
  return query + body
}

/**
 * Signs a payload. HMAC gives lower-case hex; RSA and Ed25519 give base64, which must be percent-encoded to travel.
 *
 * @example signBinance('hmac', secret, binancePayload('timestamp=1670227200000', ''))
 * @throws `contract.key-malformed` when the private key is not a PEM of the kind
 */
export function signBinance(kind: BinanceSigning, secretOrPrivateKeyPem: string, payload: string): string {
  // Who signs keeps a real secret: it stays out of the blocks that checking keeps ready.
  if (kind === 'hmac') return createHmac('sha256', secretOrPrivateKeyPem).update(payload).digest('hex')
  const key = privateKeyOf(secretOrPrivateKeyPem)
  if (key === undefined || key.asymmetricKeyType !== kind) return fail('contract.key-malformed', { kind })
  return sign(digestOf(kind), Buffer.from(payload), key).toString('base64')
}

/**
 * Whether `signature` (percent-decoded) is that of the payload: hex in either case for HMAC, canonical base64 otherwise.
 * Compares in constant time. Text that is no signature, or no key of the kind, is simply not valid: it never throws.
 */
export function verifyBinance(kind: BinanceSigning, secretOrPublicKeyPem: string, payload: string, signature: string): boolean {
  if (kind === 'hmac') {
    if (!hexSha256Re.test(signature)) return false
    const right = Buffer.from(hmacSha256(secretOrPublicKeyPem, payload, 'hex'), 'latin1')
    return timingSafeEqual(right, Buffer.from(signature.toLowerCase(), 'latin1'))
  }
  const key = publicKeyOf(secretOrPublicKeyPem)
  return key !== undefined && key.asymmetricKeyType === kind && verifyBase64(kind, key, payload, signature)
}

function verifyBase64(kind: 'rsa' | 'ed25519', key: KeyObject, payload: string, signature: string): boolean {
  const bytes = Buffer.from(signature, 'base64')
  // Buffer skips what is not base64; only the one canonical spelling of the bytes is a signature.
  return bytes.toString('base64') === signature && verify(digestOf(kind), Buffer.from(payload), key, bytes)
}

/** Ed25519 hashes by itself. */
function digestOf(kind: 'rsa' | 'ed25519'): 'sha256' | null {
  return kind === 'rsa' ? 'sha256' : null
}

export interface SplitSignature {
  readonly query: string
  readonly body: string
  /** Percent-decoded; absent when neither text carries one. */
  readonly signature: string | undefined
}

/**
 * Takes the `signature` parameter out of a request's raw texts, leaving every other byte as it was sent. Clients put it
 * last in the query or last in the body; where both carry one the query's counts, as for every parameter (facts A1).
 *
 * @example splitSignature('timestamp=1&signature=ab', '') // { query: 'timestamp=1', body: '', signature: 'ab' }
 */
export function splitSignature(query: string, body: string): SplitSignature {
  const fromQuery = takenOut(query)
  if (fromQuery !== undefined) return { query: fromQuery.rest, body, signature: fromQuery.signature }
  const fromBody = takenOut(body)
  if (fromBody !== undefined) return { query, body: fromBody.rest, signature: fromBody.signature }
  return { query, body, signature: undefined }
}

function takenOut(text: string): { rest: string; signature: string } | undefined {
  const separator = text.lastIndexOf(`&${marker}`)
  if (separator === -1 && !text.startsWith(marker)) return undefined
  const start = separator + 1
  const next = text.indexOf('&', start)
  const value = text.slice(start + marker.length, next === -1 ? undefined : next)
  const before = text.slice(0, Math.max(separator, 0))
  const after = next === -1 ? '' : text.slice(start === 0 ? next + 1 : next)
  return { rest: before + after, signature: formDecoded(value) }
}

/** As servers read forms: a bare `+` is a space, so base64 sent without percent-encoding does not verify. */
function formDecoded(value: string): string {
  if (!value.includes('%') && !value.includes('+')) return value
  try {
    return decodeURIComponent(value.replaceAll('+', ' '))
  } catch {
    return value
  }
}
