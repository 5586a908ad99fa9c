import { multiply, rescale } from '../decimal/arithmetic.ts'
import { type Decimal, decimalOf, powerOfTen } from '../decimal/decimal.ts'
import { divideRounded } from '../decimal/rounding.ts'
import { ledgerScale } from './ledger-scale.ts'

/** How many charges make a day: Binance negative balances one, OKX (and Binance margin loans) twenty-four. */
export type PeriodsPerDay = 1n | 24n

/**
 * Interest of one period on `principal`, both as integers at the same scale, rounded up at that scale from the
 * unrounded rate of the period (facts A5, B3.1).
 */
export function interestOn(principal: bigint, rateDaily: Decimal, periodsPerDay: PeriodsPerDay): bigint {
  return divideRounded(principal * rateDaily.mantissa, powerOfTen(rateDaily.scale) * periodsPerDay, 'up')
}

/** One day's interest on a Binance negative balance, rounded up at 8 decimals. @example 210000 at 0.0001164 is 24.444 */
export function binanceInterest(principal: Decimal, rateDaily: Decimal): Decimal {
  return rescale(multiply(principal, rateDaily), ledgerScale('binance'), 'up')
}

/** One hour's interest on an OKX liability, rounded up at 16 decimals. @example 97 at 0.000098 is 0.0003960833333334 */
export function okxInterest(liability: Decimal, rateDaily: Decimal): Decimal {
  const scale = ledgerScale('okx')
  const day = multiply(liability, rateDaily)
  const shift = scale - day.scale
  const numerator = shift >= 0 ? day.mantissa * powerOfTen(shift) : day.mantissa
  const denominator = 24n * (shift >= 0 ? 1n : powerOfTen(-shift))
  return decimalOf(divideRounded(numerator, denominator, 'up'), scale)
}
