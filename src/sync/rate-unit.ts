import { compare, isZero, multiply } from '../decimal/arithmetic.ts'
import { type Decimal, decimalOf } from '../decimal/decimal.ts'

/** What a published rate is told by; `doubtful` where nothing settles it. */
export type RateUnit = 'hour' | 'day' | 'doubtful'

/** What else is known of the rate of one currency. */
export interface RateBeside {
  /** As `interest-rate` tells it. */
  readonly rate: Decimal
  /** What is daily for certain; `undefined` where nothing tells it. */
  readonly daily: Decimal | undefined
  /** What the newest charge of the currency was computed with; `undefined` where there is none. */
  readonly hourlyCharged: Decimal | undefined
}

const hoursPerDay = decimalOf(24n)
/** Rates of one currency that were told at different instants may differ by this much and still be the same rate: far less than 24. */
const apart = decimalOf(4n)

/**
 * What unit `interest-rate` tells rates in. Its document says by the hour; older copies of it said by the day (facts B5). So
 * it is held against what is daily by every copy, and where that says nothing against what was charged; all of one reply are
 * told in one unit. Nothing is guessed: where they tell nothing, or contradict one another, it is doubtful.
 */
export function rateUnitOf(rates: readonly RateBeside[]): RateUnit {
  const byDaily = rates.flatMap(({ rate, daily }) => (daily === undefined ? [] : unitBeside(rate, daily)))
  const told = byDaily.length > 0 ? byDaily : rates.flatMap(({ rate, hourlyCharged }) => besideCharge(rate, hourlyCharged))
  const [first = 'doubtful'] = told
  return told.every((unit) => unit === first) ? first : 'doubtful'
}

function besideCharge(rate: Decimal, hourlyCharged: Decimal | undefined): readonly RateUnit[] {
  return hourlyCharged === undefined ? [] : unitBeside(rate, multiply(hourlyCharged, hoursPerDay))
}

/** Nothing where a rate of nought, or one that is far from either, says nothing. */
function unitBeside(rate: Decimal, daily: Decimal): readonly RateUnit[] {
  if (isZero(rate) || isZero(daily)) return []
  if (isNear(rate, daily)) return ['day']
  return isNear(multiply(rate, hoursPerDay), daily) ? ['hour'] : []
}

function isNear(left: Decimal, right: Decimal): boolean {
  return compare(left, multiply(right, apart)) < 0 && compare(right, multiply(left, apart)) < 0
}
