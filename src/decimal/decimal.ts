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

const decimalRe = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/
const digitsMax = 1_000
const powers: bigint[] = [1n]

/** `10 ** exponent`, kept between calls. */
export function powerOfTen(exponent: number): bigint {
  for (let next = powers.length; next <= exponent; next++) powers.push((powers[next - 1] ?? 1n) * 10n)
  return powers[exponent] ?? 1n
}

/** Whether an unknown value is a decimal. */
export function isDecimal(value: unknown): value is Decimal {
  if (typeof value !== 'object' || value === null) return false
  const { mantissa, scale } = value as Partial<Decimal>
  return typeof mantissa === 'bigint' && typeof scale === 'number'
}

/** A decimal from its two parts; a scale that is negative or broken is a mistake in the code, not in its input. */
export function decimalOf(mantissa: bigint, scale = 0): Decimal {
  if (!Number.isInteger(scale) || scale < 0) throw new RangeError(`a decimal cannot have ${scale} digits after its point`)
  return Object.freeze({ mantissa, scale })
}

/**
 * Reads decimal text; an exponent, as JSON numbers may carry, is resolved exactly.
 *
 * @example decimal('24.4440') // mantissa 244440n, scale 4
 * @throws `decimal.malformed`, `decimal.too-long`
 */
export function decimal(text: string): Decimal {
  const read = readDecimal(text)
  if (read === undefined) return fail('decimal.malformed', { text })
  return typeof read === 'number' ? fail('decimal.too-long', { digits: read, limit: digitsMax }) : read
}

/** As `decimal`, but `undefined` when the text is not a decimal number, or one of more digits than are read. */
export function parseDecimal(text: string): Decimal | undefined {
  const read = readDecimal(text)
  return typeof read === 'number' ? undefined : read
}

/** The decimal; or how many digits it would need, when they are too many; or `undefined` when the text is none. */
function readDecimal(text: string): Decimal | number | undefined {
  // Bounded before the expression runs and before an exponent asks for a number that fills the memory.
  if (text.length > digitsMax) return text.length
  const match = decimalRe.exec(text)
  if (match === null) return undefined
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match
  const scale = fraction.length - Number(exponentText)
  if (Math.abs(scale) > digitsMax) return Math.abs(scale)
  const magnitude = BigInt(whole + fraction)
  const mantissa = sign === '-' ? -magnitude : magnitude
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
