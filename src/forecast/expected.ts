import { sum } from '../decimal/arithmetic.ts'
import { type Decimal, zero } from '../decimal/decimal.ts'
import { dayMs } from '../time/units.ts'
import type { Certainty, PlayedCharge } from './play-event.ts'
import { amountsWithin, type RateRange } from './rate-range.ts'

/** How far ahead a forecast looks. */
export const horizons = Object.freeze([
  Object.freeze({ name: 'day', ms: dayMs, days: 1 }),
  Object.freeze({ name: 'week', ms: 7 * dayMs, days: 7 }),
  Object.freeze({ name: 'month', ms: 30 * dayMs, days: 30 }),
] as const)

export type HorizonName = (typeof horizons)[number]['name']

/** The longest of them. */
export const horizonMs = 30 * dayMs

/** Interest to come. */
export interface Expected {
  readonly charges: number
  /** At the rate of today; `undefined` where no rate is known. */
  readonly amount: Decimal | undefined
  readonly certainty: Certainty
  /** With the rate's own history; `undefined` where that is too short. */
  readonly low: Decimal | undefined
  readonly high: Decimal | undefined
}

/** Charges added up, and their range. */
export function expectedOf(charges: readonly PlayedCharge[], range: RateRange | undefined): Expected {
  const isRated = charges.every(({ interest }) => interest !== undefined)
  const amount = isRated ? sum(charges.flatMap(({ interest }) => interest ?? [])) : undefined
  const certainty = leastCertain(charges)
  const { low, high } = amount === undefined || range === undefined ? {} : boundsOf(amount, certainty, range)
  return Object.freeze({ charges: charges.length, amount, certainty, low, high })
}

/** What an amount may come to; of one that is at most so much, nothing may be charged as well. */
export function boundsOf(amount: Decimal, certainty: Certainty, range: RateRange): { readonly low: Decimal; readonly high: Decimal } {
  const { low, high } = amountsWithin(amount, range)
  return { low: certainty === 'at-most' ? zero : low, high }
}

const doubt: Readonly<Record<Certainty, number>> = Object.freeze({ exact: 0, 'at-most': 1, about: 2 })

function leastCertain(charges: readonly PlayedCharge[]): Certainty {
  return charges.reduce<Certainty>((worst, { certainty }) => (doubt[certainty] > doubt[worst] ? certainty : worst), 'exact')
}
