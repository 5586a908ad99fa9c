import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { okxExpired, okxPayload, okxTimestamp, parseOkxTimestamp, signOkx, verifyOkx } from './signing.ts'

const secret = '22582BD0CFF14C41EDBF1AB98506286D'
const timestamp = '2020-12-08T09:08:57.715Z'

test.each([
  ['GET', '/api/v5/account/balance?ccy=BTC', '', 'HiZhvSfMtWJA3uUIVXV3a/bSXNPCWvYFXoGCVS8V4zY='],
  ['GET', '/api/v5/account/interest-accrued', '', 'xm7gyTwEcsIHSioid3M09F3QDeZeF6OdYvQ8nhKK4l4='],
  ['GET', '/api/v5/account/interest-accrued?ccy=USDT&limit=100', '', 'JTu62Ta9OU2q2MRiwXVHg3Vg5XM+oVurnPpnzB93C1U='],
  ['POST', '/api/v5/account/set-auto-repay', '{"autoRepay":true}', 'W751hxJVix+i38tVsuZ97BFChHPTUuThOUIwnmKH1/Q='],
])('signs %s %s%s as the exchange does', (method, path, body, signature) => {
  const payload = okxPayload(timestamp, method, path, body)
  expect(signOkx(secret, payload)).toBe(signature)
  expect(verifyOkx(secret, payload, signature)).toBe(true)
})

describe('rule: okx-signature', () => {
  test('the method is signed in upper case, however it is written', () => {
    expect(okxPayload(timestamp, 'get', '/a', '')).toBe(`${timestamp}GET/a`)
  })

  test('a signature with any one character changed, cut or added does not verify', () => {
    const payload = okxPayload(timestamp, 'GET', '/api/v5/account/interest-accrued', '')
    const signature = signOkx(secret, payload)
    fc.assert(
      fc.property(fc.nat({ max: signature.length - 1 }), fc.string({ minLength: 0, maxLength: 2 }), (at, other) => {
        fc.pre(other !== signature[at])
        expect(verifyOkx(secret, payload, signature.slice(0, at) + other + signature.slice(at + 1))).toBe(false)
      }),
    )
    expect(verifyOkx(secret, `${payload} `, signature)).toBe(false)
    expect(verifyOkx(`${secret} `, payload, signature)).toBe(false)
  })
})

test('a timestamp is ISO 8601 in UTC with milliseconds', () => {
  expect(parseOkxTimestamp(timestamp)).toBe(Date.UTC(2020, 11, 8, 9, 8, 57, 715))
  expect(okxTimestamp(Date.UTC(2020, 11, 8, 9, 8, 57, 715))).toBe(timestamp)
})

test.each([
  '',
  '1607418537715',
  '1607418537.715',
  '2020-12-08',
  '2020-12-08T09:08:57Z',
  '2020-12-08T09:08:57.715',
  '2020-12-08 09:08:57.715Z',
  '2020-12-08T09:08:57.715+00:00',
  '2020-13-08T09:08:57.715Z',
  '2021-02-29T09:08:57.715Z',
  '2020-12-08T24:00:00.000Z',
  'yesterday',
])('%j is not a timestamp', (text) => {
  expect(parseOkxTimestamp(text)).toBeUndefined()
})

describe('rule: okx-request-timing', () => {
  test('a request is accepted up to 30 seconds before and after the server’s time, and no longer', () => {
    const now = Date.UTC(2026, 0, 1)
    expect(okxExpired(now - 30_000, now)).toBe(false)
    expect(okxExpired(now + 30_000, now)).toBe(false)
    expect(okxExpired(now - 30_001, now)).toBe(true)
    expect(okxExpired(now + 30_001, now)).toBe(true)
  })
})
