import { fail } from '../errors/overdraft-error.ts'
import { rescale, strip } from './arithmetic.ts'
import { type Decimal, toText } from './decimal.ts'
import type { Rounding } from './rounding.ts'

/** How many decimals an exchange prints: trailing zeros are stripped down to `decimalsMin`. */
export interface PrintingRule {
  readonly decimalsMin: number
  readonly decimalsMax: number
}

/** Binance balance rows: `"0.0"`, `"30.6003261"` (facts A3.1, seen live). */
export const binanceBalanceRule: PrintingRule = Object.freeze({ decimalsMin: 1, decimalsMax: 8 })

/** The `interest` of Binance interest history: `"24.4440"` (document 000). */
export const binanceInterestRule: PrintingRule = Object.freeze({ decimalsMin: 4, decimalsMax: 8 })

/** Binance principals and JSON numbers: `"210000"`, `18` (documents 000 and 001). */
export const binancePlainRule: PrintingRule = Object.freeze({ decimalsMin: 0, decimalsMax: 8 })

/** Binance income, loan records and account pages: `"-0.37500000"`, `"23.72469206"` (facts A6). */
export const binanceFixedRule: PrintingRule = Object.freeze({ decimalsMin: 8, decimalsMax: 8 })

/** OKX interest, hourly rate and liability: `"97"`, `"0.0003960833333334"` (document 002). */
export const okxRule: PrintingRule = Object.freeze({ decimalsMin: 0, decimalsMax: 16 })

/** Binance daily rates: `"0.0001164"` (document 000). A venue may be set to finer ones than the exchange was seen to print. */
export const binanceRateRule: PrintingRule = Object.freeze({ decimalsMin: 0, decimalsMax: 30 })

/**
 * The value at the scale at which an exchange prints it; never rounded in silence.
 *
 * @throws `decimal.too-many-decimals` when the value needs more decimals than the rule has
 */
export function atPrintedScale(value: Decimal, rule: PrintingRule): Decimal {
  const stripped = strip(value, rule.decimalsMin)
  if (stripped.scale > rule.decimalsMax) {
    fail('decimal.too-many-decimals', { text: toText(value), decimals: rule.decimalsMax })
  }
  return stripped
}

/**
 * Prints an amount as an exchange does, never with an exponent.
 *
 * @example printDecimal(decimal('24.4440000'), binanceInterestRule) // '24.4440'
 * @throws `decimal.too-many-decimals`
 */
export function printDecimal(value: Decimal, rule: PrintingRule): string {
  return toText(atPrintedScale(value, rule))
}

/** As `atPrintedScale`, for figures that are computed and may be finer than what is printed: prices times amounts. */
export function roundedToPrintedScale(value: Decimal, rule: PrintingRule, rounding: Rounding): Decimal {
  return strip(value.scale > rule.decimalsMax ? rescale(value, rule.decimalsMax, rounding) : value, rule.decimalsMin)
}
