import { expect, test } from 'vitest'
import { chargeOf } from '../../test/support/charges.ts'
import type { MarginCharge } from '../book/record.ts'
import { hourMs } from '../time/units.ts'
import { chargeLaw, marginChargeLaw } from './row-law.ts'

const midnight = Date.UTC(2026, 5, 20)

test('OKX charges at full hours, Binance at 00:00 or 08:00 UTC', () => {
  const hours = (exchange: 'binance' | 'okx') =>
    Array.from({ length: 24 }, (_, hour) => hour).filter(
      (hour) => chargeLaw(exchange)(chargeOf({ at: midnight + hour * hourMs })) === undefined,
    )
  expect(hours('okx')).toHaveLength(24)
  expect(hours('binance')).toEqual([0, 8])
  for (const exchange of ['binance', 'okx'] as const) expect(chargeLaw(exchange)(chargeOf({ at: midnight + 1 }))).toBeDefined()
})

test.each([
  ['PORTFOLIO', midnight, true],
  ['PORTFOLIO', midnight + hourMs, false],
  ['PERIODIC', midnight + hourMs, true],
  ['PERIODIC_CONVERTED', midnight + hourMs + 1, false],
  ['ON_BORROW', midnight + 12_345, true],
])('margin interest of type %s may be of %i: %s', (type, at, isPossible) => {
  expect(marginChargeLaw({ at, type } as MarginCharge) === undefined).toBe(isPossible)
})
