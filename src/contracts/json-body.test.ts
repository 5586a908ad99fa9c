import { describe, expect, test } from 'vitest'
import { endpoint } from './contract.ts'
import { jsonBody, readJsonBody } from './json-body.ts'
import { identifier, mandatory, optional, positiveDecimal, truth, word } from './parameter.ts'
import { printArguments } from './request.ts'
import { object } from './wire-object.ts'
import { text } from './wire-types.ts'

const stated = endpoint({
  exchange: 'okx',
  name: 'stated',
  title: 'Stated',
  document: 'none',
  method: 'POST',
  path: '/stated',
  security: 'TRADE',
  changesState: true,
  cost: { kind: 'calls', pool: 'user', calls: 1, perMs: 1_000 },
  parameters: { on: mandatory(truth('Boolean')), ccy: optional(word('String')), amt: optional(positiveDecimal('String')) },
  reply: object({ msg: text }),
  notes: [],
  examples: [],
})

describe('a JSON body', () => {
  test('carries a boolean as true, everything else as text, in the order of the table', () => {
    expect(jsonBody(stated, printArguments(stated, { ccy: 'USDT', on: true }))).toBe('{"on":true,"ccy":"USDT"}')
    expect(jsonBody(stated, [['on', 'false']])).toBe('{"on":false}')
  })

  test('is read back as it was written', () => {
    expect(readJsonBody(stated, '{"on":true,"ccy":"USDT"}', 'as-documented')).toEqual({
      kind: 'pairs',
      pairs: [
        ['on', 'true'],
        ['ccy', 'USDT'],
      ],
    })
  })

  test('leaves null and what nobody knows aside', () => {
    expect(readJsonBody(stated, '{"ccy":null,"toString":"x","other":[1]}', 'as-documented')).toEqual({ kind: 'pairs', pairs: [] })
  })

  test.each([
    ['{"on":"true"}', 'on'],
    ['{"on":1}', 'on'],
    ['{"ccy":true}', 'ccy'],
    ['{"ccy":1}', 'ccy'],
    ['{"ccy":["USDT"]}', 'ccy'],
    ['{"amt":{"a":1}}', 'amt'],
  ])('%s has another JSON type than the document', (body, parameter) => {
    expect(readJsonBody(stated, body, 'as-documented')).toEqual({ kind: 'wrong-type', parameter })
  })

  test('may be read loosely: a number then keeps its text', () => {
    expect(readJsonBody(stated, '{"on":"true","amt":1.2345678901234567890}', 'any-scalar')).toEqual({
      kind: 'pairs',
      pairs: [
        ['on', 'true'],
        ['amt', '1.2345678901234567890'],
      ],
    })
    expect(readJsonBody(stated, '{"amt":[1]}', 'any-scalar')).toEqual({ kind: 'wrong-type', parameter: 'amt' })
  })

  test.each(['', ' ', '{', '{"on":true', '[]', '"x"', 'on=true', '{"on":true,"on":false}'])('%j is no JSON object', (body) => {
    expect(readJsonBody(stated, body, 'as-documented')).toEqual({ kind: 'not-json' })
  })
})

test('amounts and identifiers are exact', () => {
  const amount = positiveDecimal('String')
  expect(['0', '-1', '+1', '1e3', '', '.5', '5.', '1,5', 'x', '0.000'].map((each) => amount.parse(each))).toEqual(
    Array.from({ length: 10 }, () => undefined),
  )
  expect(amount.print(amount.parse('0.10000000000000001')!)).toBe('0.10000000000000001')
  expect(identifier('String').parse('1695033476167500000')).toBe(1695033476167500000n)
  expect(identifier('String').parse('12345678901234567890')).toBeUndefined()
})
