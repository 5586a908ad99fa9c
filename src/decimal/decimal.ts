import { fail } from '../errors/overdraft-error.ts'

/**
 * An exact decimal: `mantissa / 10 ** scale`. The scale is kept as it was written, so `"10.00000000"`
 * prints back as it came; `equals` and `compare` look at the value alone.
 */
export interface Decimal {
  readonly mantissa: bigint
  /** Digits after the decimal point, 0 or more. */
  readonly scale: number
}

const decimalRe = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d{1,4}))?$/
const digitsMax = 1_000
const powers: bigint[] = [1n]

/** `10 ** exponent`, kept between calls. */
export function powerOfTen(exponent: number): bigint {
  for (let next = powers.length; next <= exponent; next++) powers.push((powers[next - 1] ?? 1n) * 10n)
  return powers[exponent] ?? 1n
}

/** A decimal from its two parts. */
export function decimalOf(mantissa: bigint, scale = 0): Decimal {
  return Object.freeze({ mantissa, scale })
}

/**
 * Reads decimal text; an exponent, as JSON numbers may carry, is resolved exactly.
 *
 * @example decimal('24.4440') // mantissa 244440n, scale 4
 * @throws `decimal.malformed`, `decimal.too-long`
 */
export function decimal(text: string): Decimal {
  return parseDecimal(text) ?? fail('decimal.malformed', { text })
}

/** As `decimal`, but `undefined` when the text is not a decimal number. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = text.length <= 2 * digitsMax ? decimalRe.exec(text) : null
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponentText] = match
  const magnitude = BigInt(whole + fraction)
  const mantissa = sign === '-' ? -magnitude : magnitude
  if (exponentText === undefined) return decimalOf(mantissa, fraction.length)
  const scale = fraction.length - Number(exponentText)
  if (Math.abs(scale) > digitsMax) fail('decimal.too-long', { digits: Math.abs(scale), limit: digitsMax })
  return scale >= 0 ? decimalOf(mantissa, scale) : decimalOf(mantissa * powerOfTen(-scale), 0)
}

/** The decimal as text at its own scale, never with an exponent: the inverse of `decimal`. */
export function toText(value: Decimal): string {
  const { mantissa, scale } = value
  if (scale === 0) return mantissa.toString()
  const negative = mantissa < 0n
  const digits = (negative ? -mantissa : mantissa).toString().padStart(scale + 1, '0')
  const point = digits.length - scale
  return `${negative ? '-' : ''}${digits.slice(0, point)}.${digits.slice(point)}`
}

export const zero: Decimal = decimalOf(0n)
