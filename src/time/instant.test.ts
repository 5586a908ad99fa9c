import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isoDay, isoInstant, isoMonth, parseInstant, readInstant } from './instant.ts'

test.each([
  ['2026-01-31', Date.UTC(2026, 0, 31)],
  ['2026-01-31T08:00Z', Date.UTC(2026, 0, 31, 8)],
  ['2026-01-31T08:00', Date.UTC(2026, 0, 31, 8)],
  ['2026-01-31T08:00:09', Date.UTC(2026, 0, 31, 8, 0, 9)],
  ['2026-01-31T08:00:09.5Z', Date.UTC(2026, 0, 31, 8, 0, 9, 500)],
  ['2026-01-31T08:00:09.123Z', Date.UTC(2026, 0, 31, 8, 0, 9, 123)],
  ['2024-02-29', Date.UTC(2024, 1, 29)],
  ['1670227200000', 1_670_227_200_000],
  ['0', 0],
])('reads %s in UTC', (text, instant) => {
  expect(parseInstant(text)).toBe(instant)
})

test.each([
  '',
  'yesterday',
  '2026-02-30',
  '2026-02-30T08:00:00Z',
  '2025-02-29',
  '2026-13-01',
  '2026-00-10',
  '2026-01-00',
  '2026-01-31T24:00:00Z',
  '2026-01-31T08:60:00Z',
  '2026-01-31T08:00:60Z',
  '2026-1-31',
  '2026-01-31 08:00',
  '2026-01-31T08:00+01:00',
  '2026-01-31Z',
  '31.01.2026',
  ' 2026-01-31',
  '2026-01-31\n',
  '-1',
  '1e12',
])('refuses %j, naming it', (text) => {
  expect(readInstant(text)).toBeUndefined()
  expect(() => parseInstant(text)).toThrow(expect.objectContaining({ code: 'time.malformed', values: { text } }))
})

test.each(['2026', '20260131', '1670227200'])('does not take %s, a year, a day or epoch seconds, for milliseconds in 1970', (text) => {
  expect(readInstant(text)).toBeUndefined()
})

test('an instant printed as ISO is read back, and its day and month are its beginning', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_102_444_800_000 }), (instant) => {
      const text = isoInstant(instant)
      expect(parseInstant(text)).toBe(instant)
      expect(text).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/)
      expect(text.startsWith(isoDay(instant))).toBe(true)
      expect(isoDay(instant).startsWith(isoMonth(instant))).toBe(true)
    }),
  )
})
