import { expect, test } from 'vitest'
import { okxErrorTable } from './error-table.ts'
import { okxErrorBody, okxErrorOf, okxErrors, okxNotFound } from './errors.ts'

test.each([
  [okxErrors.invalidSign(), 401, '{"msg":"Invalid Sign","code":"50113"}'],
  [okxErrors.tooManyRequests(), 429, '{"msg":"Too Many Requests","code":"50011"}'],
  [okxErrors.timestampExpired(), 401, '{"msg":"Timestamp request expired","code":"50102"}'],
  [okxErrors.keyHeaderEmpty(), 401, '{"msg":"Request header OK-ACCESS-KEY can not be empty.","code":"50103"}'],
  [okxErrors.passphraseIncorrect(), 401, '{"msg":"Request header OK-ACCESS-PASSPHRASE incorrect.","code":"50105"}'],
  [
    okxErrors.ipNotListed('203.0.113.7', 'a-key'),
    401,
    '{"msg":"Your IP 203.0.113.7 is not included in your API key\'s a-key IP whitelist.","code":"50110"}',
  ],
  [okxErrors.invalidKey(), 401, '{"msg":"Invalid OK-ACCESS-KEY","code":"50111"}'],
  [okxErrors.invalidTimestamp(), 401, '{"msg":"Invalid OK-ACCESS-TIMESTAMP","code":"50112"}'],
  [okxErrors.unknownKey(), 401, '{"msg":"API key doesn\'t exist","code":"50119"}'],
  [okxErrors.parameterError('clOrdId'), 400, '{"code":"51000","data":[],"msg":"Parameter clOrdId error"}'],
  [okxErrors.parameterEmpty('instId'), 400, '{"code":"50014","data":[],"msg":"Parameter instId can not be empty."}'],
])('%o is answered byte for byte in the shape of its origin', (error, status, body) => {
  expect(error.status).toBe(status)
  expect(okxErrorBody(error)).toBe(body)
})

test('every code is a string of digits and stands once for each status', () => {
  const keys = okxErrorTable.map(({ code, documented }) => `${code}/${documented.status}`)
  expect(new Set(keys).size).toBe(keys.length)
  for (const { code, documented } of okxErrorTable) {
    expect(code).toMatch(/^(\d|5\d{4})$/)
    expect(documented.text).not.toBe('')
  }
})

test('no placeholder is left in a text that is answered', () => {
  for (const make of Object.values(okxErrors) as ((...values: (string | number)[]) => { text: string })[]) {
    expect(make('one', 2).text).not.toMatch(/\{param|undefined/)
  }
})

test('a code that is not on the list is a mistake of the caller', () => {
  expect(() => okxErrorOf('49999')).toThrow(/49999/)
})

test('an unknown path answers JSON whose code, here alone, is a number', () => {
  expect(JSON.parse(okxNotFound.body)).toMatchObject({ code: 404, msg: 'Not Found' })
})
