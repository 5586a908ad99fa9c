import { add, compare, maximum, minimum, negate, subtract } from '../../decimal/arithmetic.ts'
import type { Decimal } from '../../decimal/decimal.ts'
import type { RandomStream } from './random-stream.ts'
import type { Wander } from './scenario-data.ts'

/** The next value of a random walk: a step from `present`, turned back at the bounds. */
export function nextStep({ low, high, step }: Wander, present: Decimal, random: RandomStream): Decimal {
  const drawn = random.decimalBetween(negate(step), step)
  const moved = add(present, drawn)
  const turned = isInside(moved, low, high) ? moved : subtract(present, drawn)
  if (isInside(turned, low, high)) return turned
  // From outside, the walk comes back at once, to somewhere within a step of the bound.
  return compare(turned, low) < 0
    ? random.decimalBetween(low, minimum(add(low, step), high))
    : random.decimalBetween(maximum(subtract(high, step), low), high)
}

function isInside(value: Decimal, low: Decimal, high: Decimal): boolean {
  return compare(value, low) >= 0 && compare(value, high) <= 0
}

/** The instants of something repeated, each up to `jitterMs` late but none past `until`. */
export function* turnsOf(from: number, until: number, everyMs: number, jitterMs: number, random: RandomStream): Generator<number> {
  for (let turn = from; turn <= until; turn += everyMs) {
    const late = jitterMs === 0 ? 0 : Number(random.integer(BigInt(jitterMs + 1)))
    yield Math.min(turn + late, until)
  }
}
