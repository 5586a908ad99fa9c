import { fail } from '../errors/overdraft-error.ts'
import { strip } from './arithmetic.ts'
import { type Decimal, toText } from './decimal.ts'

/** How many decimals an exchange prints: trailing zeros are stripped down to `decimalsMin`. */
export interface PrintingRule {
  readonly decimalsMin: number
  readonly decimalsMax: number
}

/** Binance balance rows: `"0.0"`, `"30.6003261"` (facts A3.1, seen live). */
export const binanceBalanceRule: PrintingRule = Object.freeze({ decimalsMin: 1, decimalsMax: 8 })

/** The `interest` of Binance interest history: `"24.4440"` (document 000). */
export const binanceInterestRule: PrintingRule = Object.freeze({ decimalsMin: 4, decimalsMax: 8 })

/** Binance principals, rates and JSON numbers: `"210000"`, `"0.0001164"`, `18` (documents 000 and 001). */
export const binancePlainRule: PrintingRule = Object.freeze({ decimalsMin: 0, decimalsMax: 8 })

/** OKX interest, hourly rate and liability: `"97"`, `"0.0003960833333334"` (document 002). */
export const okxRule: PrintingRule = Object.freeze({ decimalsMin: 0, decimalsMax: 16 })

/**
 * Prints an amount as an exchange does, never with an exponent and never rounding in silence.
 *
 * @example printDecimal(decimal('24.4440000'), binanceInterestRule) // '24.4440'
 * @throws `decimal.too-many-decimals` when the value needs more decimals than the rule has
 */
export function printDecimal(value: Decimal, rule: PrintingRule): string {
  const stripped = strip(value, rule.decimalsMin)
  if (stripped.scale > rule.decimalsMax) {
    fail('decimal.too-many-decimals', { text: toText(value), decimals: rule.decimalsMax })
  }
  return toText(stripped)
}
