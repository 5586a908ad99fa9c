/**
 * How a quotient that does not come out even is rounded.
 * `up` away from zero, `down` toward zero (truncation), `half-even` and `half-up` to the nearest.
 */
export type Rounding = 'up' | 'down' | 'half-even' | 'half-up'

/** `dividend / divisor` as an integer, rounded; the divisor must not be zero. */
export function divideRounded(dividend: bigint, divisor: bigint, rounding: Rounding): bigint {
  const quotient = dividend / divisor
  const remainder = dividend % divisor
  if (remainder === 0n) return quotient
  const awayFromZero = dividend < 0n === divisor < 0n ? 1n : -1n
  switch (rounding) {
    case 'down':
      return quotient
    case 'up':
      return quotient + awayFromZero
    case 'half-up':
      return twice(remainder) >= magnitude(divisor) ? quotient + awayFromZero : quotient
    case 'half-even': {
      const doubled = twice(remainder)
      const half = magnitude(divisor)
      const roundsAway = doubled > half || (doubled === half && quotient % 2n !== 0n)
      return roundsAway ? quotient + awayFromZero : quotient
    }
  }
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value
}

function twice(value: bigint): bigint {
  return 2n * magnitude(value)
}
