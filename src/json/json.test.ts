import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Json, JsonNumber, parseJson, printJson } from './json.ts'

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

test('any JSON is printed back compact and in value as it was read', () => {
  const tree = fc.letrec((tie) => ({
    value: fc.oneof(
      { maxDepth: 4 },
      fc.string({ unit: 'binary' }),
      fc.boolean(),
      fc.constant(null),
      fc.tuple(fc.bigInt(), fc.nat()).map(([whole, fraction]) => new JsonNumber(`${whole}.${fraction}`)),
      fc.array(tie('value'), { maxLength: 4 }),
      fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        tie('value'),
        { maxKeys: 4, noNullPrototype: true },
      ),
    ),
  })).value
  fc.assert(
    fc.property(tree, (value) => {
      const text = printJson(value as Json)
      expect(() => JSON.parse(text)).not.toThrow()
      expect(parseJson(text)).toEqual(value)
    }),
  )
})

test.each([
  ['nothing', ''],
  ['half a reply', '{"rows":[{"asset":'],
  ['a trailing comma', '[1,]'],
  ['a number that is none', '[01]'],
  ['text after the end', '{} {}'],
  ['one key with two values', '{"asset":"BTC","asset":"ETH"}'],
  ['nesting without end', '['.repeat(200_000)],
])('%s is malformed, never a crash', (_, text) => {
  expect(() => parseJson(text)).toThrow(expect.objectContaining({ code: 'json.malformed' }))
})

test('a reply that is no JSON is shown shortened', () => {
  expect(() => parseJson(`<html>${'x'.repeat(50_000)}`)).toThrow(expect.objectContaining({ message: expect.not.stringMatching(/x{200}/) }))
})
