import { strip } from '../../decimal/arithmetic.ts'
import { type Decimal, decimalOf, powerOfTen, toText } from '../../decimal/decimal.ts'
import { divideRounded } from '../../decimal/rounding.ts'

/** Evidence holds amounts as integers at the finer of the two ledgers' scales (`rules/ledger-scale.ts`). */
const evidenceScale = 16

/** An amount as an integer at the scale of evidence; what is finer than either ledger is cut. */
export function unitsOf({ mantissa, scale }: Decimal): bigint {
  return unitsFrom(mantissa, scale)
}

export function unitsFrom(mantissa: bigint, scale: number): bigint {
  if (scale === evidenceScale) return mantissa
  return scale < evidenceScale
    ? mantissa * powerOfTen(evidenceScale - scale)
    : divideRounded(mantissa, powerOfTen(scale - evidenceScale), 'down')
}

/** The amount again, without trailing zeros. */
export function amountOf(units: bigint): Decimal {
  return strip(decimalOf(units, evidenceScale))
}

/** The amount as sentences and steps show it. */
export function unitsText(units: bigint): string {
  return toText(amountOf(units))
}
