import type { BookAccount, Charge } from '../book/record.ts'
import { add, compare, divide, multiply, strip } from '../decimal/arithmetic.ts'
import { type Decimal, decimalOf } from '../decimal/decimal.ts'

const hoursPerDay = decimalOf(24n)

/** The daily rate a charge was computed with: as printed on Binance, recovered from the hourly one on OKX. */
export function dailyRateOf(exchange: BookAccount['exchange'], charge: Charge): Decimal {
  return exchange === 'binance' ? charge.rate : dailyFromHourly(charge.rate)
}

/** Decimals at which OKX cuts an hourly rate (facts B3.1). */
const cutAt = 16

/**
 * OKX prints a 24th of the daily rate, cut at 16 decimals and without zeros at its end (facts B3.1). Of all daily rates that
 * would be printed so, the one with the fewest decimals is taken: 0.0000040833333333 comes from 0.000098, not from
 * 0.0000979999999992; and 0.00001, of which nothing was cut, from 0.00024.
 */
export function dailyFromHourly(hourly: Decimal): Decimal {
  const lowest = strip(multiply(hourly, hoursPerDay))
  const beyond = multiply(add(hourly, decimalOf(1n, cutAt)), hoursPerDay)
  for (let scale = 0; scale < lowest.scale; scale++) {
    const candidate = divide(lowest, decimalOf(1n), scale, 'up')
    if (compare(candidate, beyond) < 0) return candidate
  }
  return lowest
}
