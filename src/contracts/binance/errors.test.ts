import { expect, test } from 'vitest'
import { binanceErrorTable, binanceNeighbourErrorTable } from './error-table.ts'
import { binanceErrorBody, binanceErrorOf, binanceErrors, binanceNotFound } from './errors.ts'

const ip = '203.0.113.7'

test.each([
  [binanceErrors.rejectedKey(ip), 401, '{"code":-2015,"msg":"Invalid API-key, IP, or permissions for action, request ip: 203.0.113.7"}'],
  [binanceErrors.badKeyFormat(), 401, '{"code":-2014,"msg":"API-key format invalid."}'],
  [binanceErrors.outsideRecvWindow(), 400, '{"code":-1021,"msg":"Timestamp for this request is outside of the recvWindow."}'],
  [binanceErrors.aheadOfServer(), 400, '{"code":-1021,"msg":"Timestamp for this request was 1000ms ahead of the server\'s time."}'],
  [binanceErrors.invalidSignature(), 400, '{"code":-1022,"msg":"Signature for this request is not valid."}'],
  [
    binanceErrors.mandatoryParameter('timestamp'),
    400,
    '{"code":-1102,"msg":"Mandatory parameter \'timestamp\' was not sent, was empty/null, or malformed."}',
  ],
  [binanceErrors.invalidParameter('limit'), 400, '{"code":-1130,"msg":"Data sent for parameter \'limit\' is not valid."}'],
  [
    binanceErrors.tooManyRequests(ip, 6000),
    429,
    '{"code":-1003,"msg":"Too many requests; current limit of IP(203.0.113.7) is 6000 requests per minute. Please use the websocket for live updates to avoid polling the API."}',
  ],
  [
    binanceErrors.banned(ip, 1783855317204),
    418,
    '{"code":-1003,"msg":"Way too many requests; IP(203.0.113.7) banned until 1783855317204. Please use the websocket for live updates to avoid bans."}',
  ],
  [
    binanceErrors.throttled(),
    503,
    '{"code":-1008,"msg":"Request throttled by system-level protection. Reduce-only/close-position orders are exempt. Please try again."}',
  ],
  [binanceErrors.startAfterEnd(), 400, '{"code":-1023,"msg":"Start time is greater than end time."}'],
  [binanceErrors.windowTooWide(30), 400, '{"code":-4165,"msg":"Maximum time interval is 30 days"}'],
  [binanceErrors.duplicateParameter(), 400, '{"code":-1101,"msg":"Duplicate values for a parameter detected."}'],
])('%o is answered byte for byte', (error, status, body) => {
  expect(error.status).toBe(status)
  expect(binanceErrorBody(error)).toBe(body)
})

test('every code stands once, has a text, and a status of an error', () => {
  const lines = [...binanceErrorTable, ...binanceNeighbourErrorTable]
  expect(new Set(lines.map(({ code }) => code)).size).toBe(lines.length)
  for (const { texts, status } of lines) {
    expect(texts.length).toBeGreaterThan(0)
    expect(status).toBeGreaterThanOrEqual(400)
  }
})

test('the ranges of the list are complete', () => {
  const codes = new Set(binanceErrorTable.map(({ code }) => code))
  const runs = [
    [-1000, -1008],
    [-1013, -1016],
    [-1020, -1023],
    [-1100, -1106],
    [-1108, -1121],
    [-2018, -2028],
    [-4000, -4033],
    [-4044, -4088],
  ] as const
  for (const [first, last] of runs) {
    for (let code: number = first; code >= last; code--) expect(codes).toContain(code)
  }
  for (const code of [51006, 51007, 51014, 51061, 51068, 51078, 51113, 51122, 51998, 51999]) expect(codes).toContain(code)
})

test('no placeholder is left in a text that is answered, whatever stands in the values', () => {
  expect(binanceErrors.eitherParameter('$&', '%s').text).toBe("Param '$&' or '%s' must be sent, but both were empty/null!")
  for (const make of Object.values(binanceErrors) as ((...values: (string | number)[]) => { text: string })[]) {
    expect(make('one', 2, 3).text).not.toMatch(/%s|undefined/)
  }
})

test('a code that is not on the list is a mistake of the caller', () => {
  expect(() => binanceErrorOf(-9)).toThrow(/-9/)
})

test('an unknown path answers a page', () => {
  expect(binanceNotFound.contentType).toBe('text/html')
  expect(() => JSON.parse(binanceNotFound.body)).toThrow()
})
