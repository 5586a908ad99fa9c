import { powerOfTen } from '../decimal/decimal.ts'
import { candidateOf, roundingRules, scaleMax, scaleMin } from './rounding-rule.ts'

/**
 * Which rounding rules lead from a product to what was charged, as one small integer; `noFit` where none does. The rules
 * that fit are always of a run of scales on one side of the product, so that the run, the side and what happens at its
 * end say all: an array can be indexed by it, which a set of sixty cannot.
 */
export type Fit = number

export const noFit: Fit = -1

const scales = scaleMax - scaleMin + 1
const sides = { equal: 0, above: 1, below: 2 } as const
const halfUpBit = 1
const halfEvenBit = 2
/** How many fits there are. */
export const fitCount = scales * scales * 3 * 4

function fitAt(first: number, last: number, side: number, halves: number): Fit {
  return (((first - scaleMin) * scales + last - scaleMin) * 3 + side) * 4 + halves
}

/** One unit of each scale beside a numerator: `periods × 10 ** (exponent - scale)`, from scale 0 on. */
export interface Units {
  readonly exponent: number
  readonly one: readonly bigint[]
  readonly half: readonly bigint[]
}

/** @param exponent above `scaleMax`, so that half a unit of every scale is whole */
export function unitsOf(exponent: number, periods: bigint): Units {
  const one = Array.from({ length: scaleMax + 1 }, (_, scale) => periods * powerOfTen(exponent - scale))
  return Object.freeze({ exponent, one, half: one.map((unit) => unit / 2n) })
}

/**
 * Which rules round `product` to `charged`; both are numerators over the same denominator, of which `units` are the units.
 *
 * @param decimals of what was charged, without trailing zeros
 * @param isOdd whether its last decimal is odd
 */
export function fitOf(product: bigint, charged: bigint, units: Units, decimals: number, isOdd: boolean): Fit {
  const first = decimals < scaleMin ? scaleMin : decimals
  if (first > scaleMax) return noFit
  if (charged === product) return fitAt(first, scaleMax, sides.equal, halfUpBit | halfEvenBit)
  const isAbove = charged > product
  const difference = isAbove ? charged - product : product - charged
  const { one, half } = units
  if (difference >= (one[first] as bigint)) return noFit
  let last = first
  while (last < scaleMax && difference < (one[last + 1] as bigint)) last++
  const middle = half[last] as bigint
  let halves = 0
  if (difference < middle) halves = halfUpBit | halfEvenBit
  else if (difference === middle) halves = (isAbove ? halfUpBit : 0) | (isOdd && last === decimals ? 0 : halfEvenBit)
  return fitAt(first, last, isAbove ? sides.above : sides.below, halves)
}

/** The candidates that fit, a bit each, by their places among `roundingRules`. */
export const candidatesOfFit: readonly bigint[] = Object.freeze(Array.from({ length: fitCount }, (_, fit) => setOf(fit)))

function setOf(fit: Fit): bigint {
  const halves = fit % 4
  const side = Math.trunc(fit / 4) % 3
  const last = (Math.trunc(fit / 12) % scales) + scaleMin
  const first = Math.trunc(fit / 12 / scales) + scaleMin
  let set = 0n
  for (const rule of roundingRules) {
    const { scale, rounding } = rule
    if (scale < first || scale > last) continue
    const isHalf = side === sides.equal || scale < last || (halves & (rounding === 'half-up' ? halfUpBit : halfEvenBit)) !== 0
    const fits = rounding === 'up' ? side !== sides.below : rounding === 'down' ? side !== sides.above : isHalf
    if (fits) set |= 1n << BigInt(candidateOf(rule))
  }
  return set
}

/** The same as places, for who counts. */
export const placesOfFit: readonly (readonly number[])[] = Object.freeze(
  candidatesOfFit.map((set) => roundingRules.map((_, place) => place).filter((place) => (set >> BigInt(place)) & 1n)),
)

/** Every candidate that rounds to `scale`, in whatever direction. */
export function candidatesOfScale(scale: number): bigint {
  return 0b1111n << BigInt((scale - scaleMin) * 4)
}
