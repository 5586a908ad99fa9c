import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Pair, parameterPairs } from './parameter-pairs.ts'

test.each<[raw: string, pairs: Pair[]]>([
  ['', []],
  ['&&', []],
  [
    'a=1&b=2',
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ],
  [
    '&a=1&&b=2&',
    [
      ['a', '1'],
      ['b', '2'],
    ],
  ],
  [
    'a&b=',
    [
      ['a', ''],
      ['b', ''],
    ],
  ],
  ['=1', [['', '1']]],
  ['a=b=c', [['a', 'b=c']]],
  [
    'a&b=c',
    [
      ['a', ''],
      ['b', 'c'],
    ],
  ],
  [
    '%61=%31+2&b=%zz',
    [
      ['a', '1 2'],
      ['b', '%zz'],
    ],
  ],
])('%j is read pair by pair', (raw, pairs) => {
  expect(parameterPairs(raw)).toEqual(pairs)
})

test('what was encoded is read back, in the order sent', () => {
  const text = fc.string({ unit: 'grapheme', maxLength: 8 })
  fc.assert(
    fc.property(fc.array(fc.tuple(text, text)), (pairs) => {
      const raw = pairs.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')
      expect(parameterPairs(raw)).toEqual(pairs)
    }),
  )
})
