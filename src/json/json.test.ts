import { expect, test } from 'vitest'
import { JsonNumber, parseJson, printJson } from './json.ts'

test('numbers beyond 2^53 and decimal numbers come back as they were written', () => {
  const text = '{"txId":2328408217636413776,"negativeBalance":1.10264488,"small":1e-8,"list":[0.10,-0]}'
  expect(printJson(parseJson(text))).toBe(text)
})

test('a JSON number is read as text', () => {
  expect(parseJson('1.10')).toEqual(new JsonNumber('1.10'))
})

test('text that is not JSON is named in the error', () => {
  expect(() => parseJson('<html>404</html>')).toThrow(/<html>404<\/html>/)
})

test('a key named __proto__ does not reach the prototype', () => {
  const parsed = parseJson('{"__proto__":{"polluted":true}}')
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  expect((parsed as Record<string, unknown>)['polluted']).toBeUndefined()
})
