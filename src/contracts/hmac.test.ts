import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hmacSha256 } from './hmac.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 200 })

describe('HMAC-SHA256', () => {
  it('is that of node:crypto for every secret and payload, in both encodings', () => {
    fc.assert(
      fc.property(anyText, anyText, fc.constantFrom('hex', 'base64'), (secret, payload, encoding) => {
        expect(hmacSha256(secret, payload, encoding)).toBe(createHmac('sha256', secret).update(payload).digest(encoding))
      }),
    )
  })

  it('is the same again when the secret comes back after many others', () => {
    const first = hmacSha256('first', 'payload', 'hex')
    for (let other = 0; other < 300; other++) hmacSha256(`other ${other}`, 'payload', 'hex')
    expect(hmacSha256('first', 'payload', 'hex')).toBe(first)
  })

  it.each([0, 1, 1_365, 1_366, 5_000])('takes a payload of %i characters, whether of one byte each or of three', (length) => {
    for (const payload of ['x'.repeat(length), '本'.repeat(length)]) {
      expect(hmacSha256('secret', payload, 'hex')).toBe(createHmac('sha256', 'secret').update(payload).digest('hex'))
    }
  })

  it('gives the digests of RFC 4231', () => {
    expect(hmacSha256('Jefe', 'what do ya want for nothing?', 'hex')).toBe(
      '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843',
    )
  })
})
