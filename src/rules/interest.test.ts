import { Decimal as Independent } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decimal, decimalOf, toText } from '../decimal/decimal.ts'
import { binanceInterest, interestOn, okxInterest } from './interest.ts'

const Exact = Independent.clone({ precision: 200, rounding: Independent.ROUND_UP })

/** For principals of up to 40 digits at rates of any number of decimals. */
function equalsAnotherLibrary(scale: 8 | 16): void {
  const principal = fc.bigInt({ min: 0n, max: 10n ** 40n })
  const rate = fc.bigInt({ min: 0n, max: 10n ** 10n })
  const single = scale === 8 ? binanceInterest : okxInterest
  const periods = scale === 8 ? 1n : 24n
  fc.assert(
    fc.property(principal, rate, fc.integer({ min: 0, max: 18 }), (mantissa, rateMantissa, rateScale) => {
      const rateDaily = decimalOf(rateMantissa, rateScale)
      const exact = new Exact(toText(decimalOf(mantissa, scale))).times(toText(rateDaily)).div(Number(periods))
      const expected = exact.toDecimalPlaces(scale, Exact.ROUND_UP).toFixed(scale)
      expect(toText(decimalOf(interestOn(mantissa, rateDaily, periods), scale))).toBe(expected)
      expect(toText(single(decimalOf(mantissa, scale), rateDaily))).toBe(expected)
    }),
  )
}

describe('rule: negative-balance-rounding', () => {
  it('is 24.444 on 210000 at 0.0001164 a day (document 000)', () => {
    expect(toText(binanceInterest(decimal('210000'), decimal('0.0001164')))).toBe('24.44400000')
  })

  it('is rounded up to the smallest unit even when next to nothing is owed', () => {
    expect(toText(binanceInterest(decimal('0.00000001'), decimal('0.00001')))).toBe('0.00000001')
  })

  it('equals an independent decimal library', () => equalsAnotherLibrary(8))
})

describe('rule: okx-rounding', () => {
  it.each([
    ['97', '0.0003960833333334'],
    ['100', '0.0004083333333334'],
  ])('is, for an hour on %s at 0.000098 a day, %s (document 002)', (liability, interest) => {
    expect(toText(okxInterest(decimal(liability), decimal('0.000098')))).toBe(interest)
  })

  it('is rounded up to the smallest unit even when next to nothing is owed', () => {
    expect(toText(okxInterest(decimal('0.0000000000000001'), decimal('0.00001')))).toBe('0.0000000000000001')
  })

  it('equals an independent decimal library', () => equalsAnotherLibrary(16))
})
