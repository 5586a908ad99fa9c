import { fail } from '../errors/overdraft-error.ts'
import { type Decimal, decimalOf, powerOfTen, toText, zero } from './decimal.ts'
import { divideRounded, type Rounding } from './rounding.ts'

/** The mantissa of `value` at a scale at least its own. */
function mantissaAt(value: Decimal, scale: number): bigint {
  return value.scale === scale ? value.mantissa : value.mantissa * powerOfTen(scale - value.scale)
}

/** Exact sum, at the larger of the two scales. */
export function add(left: Decimal, right: Decimal): Decimal {
  const scale = Math.max(left.scale, right.scale)
  return decimalOf(mantissaAt(left, scale) + mantissaAt(right, scale), scale)
}

/** Exact difference, at the larger of the two scales. */
export function subtract(left: Decimal, right: Decimal): Decimal {
  return add(left, negate(right))
}

/** Exact product; its scale is the sum of the two scales. */
export function multiply(left: Decimal, right: Decimal): Decimal {
  return decimalOf(left.mantissa * right.mantissa, left.scale + right.scale)
}

/** `dividend / divisor` rounded to `scale` decimals. @throws `decimal.divided-by-zero` */
export function divide(dividend: Decimal, divisor: Decimal, scale: number, rounding: Rounding): Decimal {
  if (divisor.mantissa === 0n) fail('decimal.divided-by-zero', { dividend: toText(dividend) })
  const shift = scale + divisor.scale - dividend.scale
  const numerator = shift >= 0 ? dividend.mantissa * powerOfTen(shift) : dividend.mantissa
  const denominator = shift >= 0 ? divisor.mantissa : divisor.mantissa * powerOfTen(-shift)
  return decimalOf(divideRounded(numerator, denominator, rounding), scale)
}

/** `value` at exactly `scale` decimals: padded with zeros, or rounded. */
export function rescale(value: Decimal, scale: number, rounding: Rounding): Decimal {
  if (value.scale <= scale) return decimalOf(mantissaAt(value, scale), scale)
  return decimalOf(divideRounded(value.mantissa, powerOfTen(value.scale - scale), rounding), scale)
}

export function negate(value: Decimal): Decimal {
  return decimalOf(-value.mantissa, value.scale)
}

export function absolute(value: Decimal): Decimal {
  return value.mantissa < 0n ? negate(value) : value
}

/** -1, 0 or 1 by value; the scale does not matter. */
export function compare(left: Decimal, right: Decimal): -1 | 0 | 1 {
  const scale = Math.max(left.scale, right.scale)
  const difference = mantissaAt(left, scale) - mantissaAt(right, scale)
  if (difference === 0n) return 0
  return difference < 0n ? -1 : 1
}

export function equals(left: Decimal, right: Decimal): boolean {
  return compare(left, right) === 0
}

export function isNegative(value: Decimal): boolean {
  return value.mantissa < 0n
}

export function isZero(value: Decimal): boolean {
  return value.mantissa === 0n
}

export function minimum(left: Decimal, right: Decimal): Decimal {
  return compare(left, right) <= 0 ? left : right
}

export function maximum(left: Decimal, right: Decimal): Decimal {
  return compare(left, right) >= 0 ? left : right
}

export function sum(values: Iterable<Decimal>): Decimal {
  let total = zero
  for (const value of values) total = add(total, value)
  return total
}

/** The same value without trailing zeros, but with at least `decimalsMin` decimals. */
export function strip(value: Decimal, decimalsMin = 0): Decimal {
  const { mantissa, scale } = value
  if (mantissa === 0n) return decimalOf(0n, decimalsMin)
  if (scale < decimalsMin) return decimalOf(mantissa * powerOfTen(decimalsMin - scale), decimalsMin)
  if (scale === decimalsMin || mantissa % 10n !== 0n) return value
  // The zeros are counted in the digits, for a division each would cost more than everything else here.
  const digits = mantissa.toString()
  let zeros = 1
  while (zeros < scale - decimalsMin && digits[digits.length - 1 - zeros] === '0') zeros++
  return decimalOf(mantissa / powerOfTen(zeros), scale - zeros)
}
