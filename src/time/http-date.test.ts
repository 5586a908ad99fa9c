import fc from 'fast-check'
import { expect, test } from 'vitest'
import { httpDate, readHttpDate } from './http-date.ts'

test('an instant is written as HTTP writes dates, to the second', () => {
  expect(httpDate(Date.UTC(2026, 0, 31, 8, 0, 0, 999))).toBe('Sat, 31 Jan 2026 08:00:00 GMT')
  expect(httpDate(Date.UTC(2026, 0, 31, 8, 0, 1))).toBe('Sat, 31 Jan 2026 08:00:01 GMT')
  expect(httpDate(0)).toBe('Thu, 01 Jan 1970 00:00:00 GMT')
})

test('what was written is read back, to the second', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (instant) => {
      expect(readHttpDate(httpDate(instant))).toBe(instant - (instant % 1_000))
    }),
  )
})

test.each([
  '',
  '120',
  'Sat, 31 Jan 2026 08:00:00',
  'Sat, 31 Foo 2026 08:00:00 GMT',
  'Mon, 30 Feb 2026 08:00:00 GMT',
  '2026-01-31T08:00:00Z',
])('"%s" is no HTTP date', (text) => {
  expect(readHttpDate(text)).toBeUndefined()
})
