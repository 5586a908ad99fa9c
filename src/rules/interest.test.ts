import { Decimal as Independent } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, subtract } from '../decimal/arithmetic.ts'
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

  // The seven rows of one isolated debt in BTC that a user of a client library showed, oldest first (facts B3.1).
  const isolatedRows = [
    ['0.0053076566226766', '0.0000000061038052'],
    ['0.0053076627264818', '0.0000000061038122'],
    ['0.0053076688302940', '0.0000000061038192'],
    ['0.0053076749341132', '0.0000000061038262'],
    ['0.0053076810379394', '0.0000000061038332'],
    ['0.0053076871417726', '0.0000000061038403'],
    ['0.0053076932456129', '0.0000000061038473'],
  ] as const

  it.each(isolatedRows)('is, for an hour on %s at 0.00000115 an hour, %s, as the exchange was seen to charge', (liability, interest) => {
    expect(toText(okxInterest(decimal(liability), decimal('0.0000276')))).toBe(interest)
  })

  it('made, in six of six consecutive hours, the next hour’s liability of that debt', () => {
    for (const [index, [liability, interest]] of isolatedRows.slice(0, -1).entries()) {
      expect(toText(add(decimal(liability), decimal(interest)))).toBe(isolatedRows[index + 1]?.[0])
    }
  })

  it('is one unit of the 16th decimal below a row in ZIL that was seen: its rate has digits that are not shown', () => {
    const seen = decimal('0.0004214393367048')
    const computed = okxInterest(decimal('366.468988438852'), decimal('0.0000276'))
    expect(toText(computed)).toBe('0.0004214393367047')
    expect(toText(subtract(seen, computed))).toBe('0.0000000000000001')
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
