import { Decimal as Oracle } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  absolute,
  add,
  compare,
  divide,
  equals,
  isNegative,
  isZero,
  maximum,
  minimum,
  multiply,
  negate,
  rescale,
  strip,
  subtract,
  sum,
} from './arithmetic.ts'
import { type Decimal, decimal, decimalOf, parseDecimal, toText, zero } from './decimal.ts'
import type { Rounding } from './rounding.ts'

// The other library, at a precision at which its quotients of 40-digit numbers still show whether they come out even.
const Reference = Oracle.clone({ precision: 400, rounding: Oracle.ROUND_DOWN, toExpPos: 1_000, toExpNeg: -1_000 })

const roundings: Record<Rounding, Oracle.Rounding> = {
  up: Oracle.ROUND_UP,
  down: Oracle.ROUND_DOWN,
  'half-even': Oracle.ROUND_HALF_EVEN,
  'half-up': Oracle.ROUND_HALF_UP,
}

const digits40 = 10n ** 40n - 1n
const mantissa = fc.oneof(fc.bigInt({ min: -digits40, max: digits40 }), fc.bigInt({ min: -1_000n, max: 1_000n }))
const scale = fc.nat({ max: 40 })
const anyDecimal = fc.record({ mantissa, scale }).map((parts) => decimalOf(parts.mantissa, parts.scale))
const anyRounding = fc.constantFrom(...(Object.keys(roundings) as Rounding[]))
const twoDecimals = [anyDecimal, anyDecimal] as const

function reference(value: Decimal): Oracle {
  return new Reference(toText(value))
}

function expectSame(ours: Decimal, theirs: Oracle): void {
  expect(toText(ours)).toBe(theirs.toFixed(ours.scale).replace(/^-(?=[0.]*$)/, ''))
  expect(reference(ours).equals(theirs)).toBe(true)
}

describe('agrees with another decimal library on values of up to 40 digits', () => {
  test('when adding and subtracting', () => {
    fc.assert(
      fc.property(...twoDecimals, (left, right) => {
        expectSame(add(left, right), reference(left).plus(reference(right)))
        expectSame(subtract(left, right), reference(left).minus(reference(right)))
      }),
    )
  })

  test('when multiplying', () => {
    fc.assert(fc.property(...twoDecimals, (left, right) => expectSame(multiply(left, right), reference(left).times(reference(right)))))
  })

  test('when dividing, in every way of rounding', () => {
    fc.assert(
      fc.property(...twoDecimals, scale, anyRounding, (dividend, divisor, decimals, rounding) => {
        fc.pre(!isZero(divisor))
        const quotient = divide(dividend, divisor, decimals, rounding)
        expect(quotient.scale).toBe(decimals)
        expectSame(quotient, reference(dividend).dividedBy(reference(divisor)).toDecimalPlaces(decimals, roundings[rounding]))
      }),
      { numRuns: 1_000 },
    )
  })

  test('when rescaling, in every way of rounding', () => {
    fc.assert(
      fc.property(anyDecimal, scale, anyRounding, (value, decimals, rounding) => {
        const rescaled = rescale(value, decimals, rounding)
        expect(rescaled.scale).toBe(decimals)
        expectSame(rescaled, reference(value).toDecimalPlaces(decimals, roundings[rounding]))
      }),
      { numRuns: 1_000 },
    )
  })

  test('when comparing', () => {
    fc.assert(
      fc.property(...twoDecimals, (left, right) => {
        const order = reference(left).comparedTo(reference(right))
        expect(compare(left, right)).toBe(order)
        expect(equals(left, right)).toBe(order === 0)
        expect(minimum(left, right)).toBe(order <= 0 ? left : right)
        expect(maximum(left, right)).toBe(order >= 0 ? left : right)
      }),
    )
  })

  test('when taking sign and magnitude', () => {
    fc.assert(
      fc.property(anyDecimal, (value) => {
        expectSame(negate(value), reference(value).negated())
        expectSame(absolute(value), reference(value).abs())
        expect(isNegative(value)).toBe(reference(value).lessThan(0))
        expect(isZero(value)).toBe(reference(value).isZero())
      }),
    )
  })

  test('when summing a list', () => {
    fc.assert(
      fc.property(fc.array(anyDecimal, { maxLength: 20 }), (values) => {
        expectSame(
          sum(values),
          values.reduce((total, value) => total.plus(reference(value)), new Reference(0)),
        )
      }),
    )
  })

  test('when reading text with an exponent', () => {
    fc.assert(
      fc.property(anyDecimal, fc.integer({ min: -60, max: 60 }), (value, exponent) => {
        const text = `${toText(value)}e${exponent}`
        expect(reference(decimal(text)).equals(new Reference(text))).toBe(true)
      }),
    )
  })
})

test.each([
  ['up', ['2', '1', '1', '-1', '-1', '-2']],
  ['down', ['1', '0', '0', '0', '0', '-1']],
  ['half-even', ['2', '0', '0', '0', '0', '-2']],
  ['half-up', ['2', '1', '0', '0', '-1', '-2']],
] as const)('rounding %s takes 1.5, 0.5, 0.1, -0.1, -0.5, -1.5 to %j', (rounding, expected) => {
  expect(['1.5', '0.5', '0.1', '-0.1', '-0.5', '-1.5'].map((text) => toText(rescale(decimal(text), 0, rounding)))).toEqual(expected)
})

test('multiplying and dividing back gives the value again', () => {
  fc.assert(
    fc.property(...twoDecimals, (value, factor) => {
      fc.pre(!isZero(factor))
      expect(equals(divide(multiply(value, factor), factor, value.scale, 'down'), value)).toBe(true)
    }),
  )
})

test('division by zero names the dividend', () => {
  expect(() => divide(decimal('1.50'), zero, 2, 'down')).toThrow(expect.objectContaining({ code: 'decimal.divided-by-zero' }))
})

describe('as text', () => {
  test('comes back as it was written, trailing zeros and all', () => {
    fc.assert(
      fc.property(anyDecimal, (value) => {
        expect(decimal(toText(value))).toEqual(value)
        expect(toText(value)).toMatch(/^-?\d+(\.\d+)?$/)
      }),
    )
    for (const text of ['0', '0.0', '-0.00000001', '24.4440', '10.00000000', '-139113.35970527']) expect(toText(decimal(text))).toBe(text)
  })

  test('has no negative zero', () => {
    expect(toText(decimal('-0.00'))).toBe('0.00')
    expect(isNegative(decimal('-0'))).toBe(false)
  })

  test.each(['', ' ', '.', '-', '1.', '.5', '1,5', '1 000', '+1', '--1', '0x10', '1e', '1e1.5', 'NaN', 'Infinity', '1_000', '١', '1\n'])(
    '%j is not a decimal number',
    (text) => {
      expect(parseDecimal(text)).toBeUndefined()
      expect(() => decimal(text)).toThrow(expect.objectContaining({ code: 'decimal.malformed' }))
    },
  )

  test.each(['1e5000', '1e-5000', `1e${'9'.repeat(400)}`, '9'.repeat(1_001), `0.${'0'.repeat(2_000)}`])(
    'of more digits than are read is refused, not computed: %.20s…',
    (text) => {
      expect(parseDecimal(text)).toBeUndefined()
      expect(() => decimal(text)).toThrow(expect.objectContaining({ code: 'decimal.too-long' }))
    },
  )
})

test('stripping keeps the value, leaves no trailing zero beyond the least decimals, and pads up to them', () => {
  fc.assert(
    fc.property(anyDecimal, fc.nat({ max: 12 }), (value, decimalsMin) => {
      const stripped = strip(value, decimalsMin)
      expect(equals(stripped, value)).toBe(true)
      expect(stripped.scale).toBeGreaterThanOrEqual(decimalsMin)
      if (stripped.scale > decimalsMin) expect(toText(stripped)).toMatch(/[1-9]$/)
    }),
  )
})

test('a scale that is negative or broken is a mistake of the caller', () => {
  expect(() => decimalOf(1n, -1)).toThrow(RangeError)
  expect(() => rescale(decimal('1'), 0.5, 'down')).toThrow(RangeError)
})
