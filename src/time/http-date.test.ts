import { expect, test } from 'vitest'
import { httpDate } from './http-date.ts'

test('an instant is written to the second, as HTTP does', () => {
  expect(httpDate(1_769_846_400_999)).toBe('Sat, 31 Jan 2026 08:00:00 GMT')
  expect(httpDate(1_769_846_401_000)).toBe('Sat, 31 Jan 2026 08:00:01 GMT')
  expect(httpDate(0)).toBe('Thu, 01 Jan 1970 00:00:00 GMT')
})
