import { type Decimal, decimalOf } from '../../decimal/decimal.ts'

const int64Max = 2n ** 63n - 1n
const int64Min = -(2n ** 63n)

/** What stands in a scale column where the exchange sent an empty string instead of a decimal. */
const emptyScale = -1

/** A mantissa as it is bound: SQLite integers have 64 bits, so a longer one goes as text (PostgreSQL reads both). */
export function mantissaColumn(value: Decimal): bigint | string {
  const { mantissa } = value
  return mantissa <= int64Max && mantissa >= int64Min ? mantissa : mantissa.toString()
}

/** The decimal of a pair of columns, with the scale it was written with. */
export function decimalOfColumns(mantissa: bigint | string | number, scale: bigint | string | number): Decimal {
  return decimalOf(BigInt(mantissa), Number(scale))
}

export function optionalMantissaColumn(value: Decimal | null | undefined): bigint | string | null {
  return value === null || value === undefined ? null : mantissaColumn(value)
}

/** NULL says the field was absent, -1 that it was empty. */
export function optionalScaleColumn(value: Decimal | null | undefined): number | null {
  if (value === undefined) return null
  return value === null ? emptyScale : value.scale
}

export function optionalDecimalOfColumns(
  mantissa: bigint | string | number | null,
  scale: bigint | string | number | null,
): Decimal | null | undefined {
  if (scale === null) return undefined
  return mantissa === null ? null : decimalOfColumns(mantissa, scale)
}
