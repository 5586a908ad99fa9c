import { createHmac, hash } from 'node:crypto'

const blockBytes = 64
const digestBytes = 32
const payloadBytesMax = 4_096
const keptKeysMax = 256

/** A secret as HMAC uses it: its two padded blocks, each with room behind it for what is hashed after it. */
interface PaddedKey {
  readonly inner: Buffer
  readonly outer: Buffer
}

const kept = new Map<string, PaddedKey>()

/**
 * HMAC-SHA256 (RFC 2104), both texts as UTF-8. A venue signs every request it checks with the same few secrets: two
 * one-shot hashes over blocks kept ready leave nothing behind for the garbage collector, where `createHmac` makes a
 * native object each time.
 */
export function hmacSha256(secret: string, payload: string, encoding: 'hex' | 'base64'): string {
  // One code unit is at most three bytes of UTF-8.
  if (payload.length * 3 > payloadBytesMax) return createHmac('sha256', secret).update(payload).digest(encoding)
  const { inner, outer } = paddedKey(secret)
  const bytes = inner.write(payload, blockBytes)
  outer.write(hash('sha256', inner.subarray(0, blockBytes + bytes), 'binary'), blockBytes, 'binary')
  return hash('sha256', outer, encoding)
}

function paddedKey(secret: string): PaddedKey {
  const known = kept.get(secret)
  if (known !== undefined) return known
  const bytes = Buffer.from(secret)
  const key = bytes.length > blockBytes ? hash('sha256', bytes, 'buffer') : bytes
  const inner = Buffer.alloc(blockBytes + payloadBytesMax)
  const outer = Buffer.alloc(blockBytes + digestBytes)
  for (let index = 0; index < blockBytes; index++) {
    inner[index] = 0x36 ^ (key[index] ?? 0)
    outer[index] = 0x5c ^ (key[index] ?? 0)
  }
  const oldest = kept.size < keptKeysMax ? undefined : kept.keys().next().value
  if (oldest !== undefined) kept.delete(oldest)
  const made = { inner, outer }
  kept.set(secret, made)
  return made
}
