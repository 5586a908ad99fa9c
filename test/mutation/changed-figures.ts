import { add, compare, divide, multiply, rescale, strip, subtract } from '../../src/decimal/arithmetic.ts'
import { type Decimal, decimalOf } from '../../src/decimal/decimal.ts'
import { binanceInterest, interestOn, okxInterest } from '../../src/rules/interest.ts'
import type { Draws } from '../simulation/draws.ts'

/** What a row of any history says. */
export interface Figures {
  readonly principal: Decimal
  readonly rate: Decimal
  readonly interest: Decimal
}

/** How a history computes interest from the rate its rows show. */
export type Way = 'day' | 'hour-of-day' | 'printed-hour'

const twentyFour = decimalOf(24n)

/** The interest that follows, in arithmetic of the rules' own. */
export function interestBy(way: Way, principal: Decimal, rateDaily: Decimal): Decimal {
  if (way === 'day') return strip(binanceInterest(principal, rateDaily), 4)
  if (way === 'printed-hour') return strip(okxInterest(principal, rateDaily))
  return strip(decimalOf(interestOn(rescale(principal, 8, 'down').mantissa, rateDaily, 24n), 8))
}

/** The daily rate behind a printed one: hourly ones are cut, and every daily rate of the world has at most 8 decimals. */
export function dailyOf(way: Way, rate: Decimal): Decimal {
  return way === 'printed-hour' ? strip(rescale(multiply(rate, twentyFour), 8, 'up')) : rate
}

export function printedRate(way: Way, rateDaily: Decimal): Decimal {
  return way === 'printed-hour' ? strip(divide(rateDaily, twentyFour, 16, 'down')) : rateDaily
}

/** Between a hundredth and two thirds more or less, at the scale of the ledger. */
export function anotherPrincipal(draws: Draws, principal: Decimal, scale: number): Decimal {
  const share = decimalOf(BigInt(draws.between(100, 6_600)), 4)
  const part = rescale(multiply(principal, share), scale, 'up')
  return strip(draws.percent(50) ? add(principal, part) : subtract(principal, part))
}

/** Another daily rate of eight decimals, a hundredth at least away. */
export function anotherRate(draws: Draws, rateDaily: Decimal): Decimal {
  const share = decimalOf(BigInt(draws.between(100, 6_600)), 4)
  const part = rescale(multiply(rateDaily, share), 8, 'up')
  return strip(draws.percent(50) ? add(rateDaily, part) : subtract(rateDaily, part))
}

/** Whether two amounts lie so far apart that no rounding makes one of the other. */
export function areApart(left: Decimal, right: Decimal, scale: number): boolean {
  const difference = subtract(left, right)
  const magnitude = difference.mantissa < 0n ? decimalOf(-difference.mantissa, difference.scale) : difference
  return compare(magnitude, decimalOf(3n, scale)) > 0
}
