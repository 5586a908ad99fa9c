import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { divide, equals, multiply } from './arithmetic.ts'
import { decimal, decimalOf, toText } from './decimal.ts'
import {
  binanceBalanceRule,
  binanceFixedRule,
  binanceInterestRule,
  binancePlainRule,
  okxRule,
  printDecimal,
  roundedToPrintedScale,
} from './printing.ts'

const rules = { binanceBalanceRule, binanceFixedRule, binanceInterestRule, binancePlainRule, okxRule }

describe('Binance', () => {
  test.each([
    ['0', '0.0'],
    ['0.00000000', '0.0'],
    ['-0.00', '0.0'],
    ['30.60032610', '30.6003261'],
    ['0.00011146', '0.00011146'],
    ['100', '100.0'],
    ['-139113.35970527', '-139113.35970527'],
    ['0.00000001', '0.00000001'],
    ['-0.05075594', '-0.05075594'],
    ['1e21', '1000000000000000000000.0'],
  ])('prints a balance of %s as "%s"', (amount, printed) => {
    expect(printDecimal(decimal(amount), binanceBalanceRule)).toBe(printed)
  })

  test('prints the document’s interest, 210000 x 0.0001164, as 24.4440', () => {
    expect(printDecimal(multiply(decimal('210000'), decimal('0.0001164')), binanceInterestRule)).toBe('24.4440')
  })

  test('prints principals, rates and JSON numbers bare', () => {
    expect(printDecimal(decimal('210000.00000000'), binancePlainRule)).toBe('210000')
    expect(printDecimal(decimal('0.00011640'), binancePlainRule)).toBe('0.0001164')
    expect(printDecimal(decimal('18.0'), binancePlainRule)).toBe('18')
  })

  test('prints income and account pages with all of their eight decimals', () => {
    expect(printDecimal(decimal('-0.375'), binanceFixedRule)).toBe('-0.37500000')
    expect(printDecimal(decimal('14'), binanceFixedRule)).toBe('14.00000000')
  })

  test('rounds what is computed finer than it is printed, in the direction that is asked for', () => {
    const computed = decimal('23.724692061')
    expect(toText(roundedToPrintedScale(computed, binanceFixedRule, 'down'))).toBe('23.72469206')
    expect(toText(roundedToPrintedScale(computed, binanceFixedRule, 'up'))).toBe('23.72469207')
    expect(toText(roundedToPrintedScale(decimal('23.5'), binanceFixedRule, 'up'))).toBe('23.50000000')
    expect(toText(roundedToPrintedScale(decimal('60.000'), binancePlainRule, 'down'))).toBe('60')
  })

  test.each([
    ['0.00011146', '0.00089489', '0.00000001'],
    ['0.00729232', '0.0002', '0.00000007'],
    ['45.3313', '0.00013233', '0.00024995'],
    ['1.0', '0.00215396', '0.00008975'],
  ])('charges an hour of margin interest on %s at %s a day as it was seen: %s, rounded up at 8 decimals', (principal, daily, seen) => {
    expect(toText(divide(multiply(decimal(principal), decimal(daily)), decimal('24'), 8, 'up'))).toBe(seen)
  })
})

describe('OKX', () => {
  const daily = decimal('0.000098')
  const hours = decimal('24')

  test.each([
    ['97', '0.0003960833333334'],
    ['100', '0.0004083333333334'],
  ])('the document’s row of liability %s comes out as %s from the unrounded hourly rate, rounded up at 16 decimals', (liab, interest) => {
    expect(printDecimal(divide(multiply(decimal(liab), daily), hours, 16, 'up'), okxRule)).toBe(interest)
  })

  test('the document’s hourly rate is cut at 16 decimals, and the interest does not follow from the cut rate', () => {
    const hourly = divide(daily, hours, 16, 'down')
    expect(printDecimal(hourly, okxRule)).toBe('0.0000040833333333')
    expect(printDecimal(multiply(decimal('97'), hourly), okxRule)).toBe('0.0003960833333301')
  })
})

test('whatever is printed has no exponent, keeps its value, and lies within the decimals of its rule', () => {
  const amount = fc.record({ mantissa: fc.bigInt({ min: -(10n ** 40n), max: 10n ** 40n }), rule: fc.constantFrom(...Object.values(rules)) })
  fc.assert(
    fc.property(amount, fc.nat({ max: 16 }), ({ mantissa, rule }, scale) => {
      const value = decimalOf(mantissa, Math.min(scale, rule.decimalsMax))
      const printed = printDecimal(value, rule)
      expect(printed).toMatch(/^-?(0|[1-9]\d*)(\.\d+)?$/)
      expect(equals(decimal(printed), value)).toBe(true)
      const decimals = printed.split('.')[1]?.length ?? 0
      expect(decimals).toBeGreaterThanOrEqual(rule.decimalsMin)
      expect(decimals).toBeLessThanOrEqual(rule.decimalsMax)
      if (decimals > rule.decimalsMin) expect(printed).not.toMatch(/0$/)
    }),
  )
})

test('an amount that would have to be rounded is refused, not rounded in silence', () => {
  expect(() => printDecimal(decimal('0.000000001'), binanceBalanceRule)).toThrow(
    expect.objectContaining({ code: 'decimal.too-many-decimals', message: expect.stringContaining('0.000000001') }),
  )
  expect(printDecimal(decimal('0.0000000100'), binanceBalanceRule)).toBe('0.00000001')
})
