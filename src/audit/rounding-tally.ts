import { type Fit, fitCount, placesOfFit } from './rounding-fit.ts'
import { type RoundingRule, roundingRules } from './rounding-rule.ts'

/** How many charges each candidate fits, kept by fit so that a charge costs one addition. */
export class RoundingTally {
  #byFit = new Uint32Array(fitCount)
  #sealed: number[] | undefined
  #rows = 0

  add(fit: Fit): void {
    this.#byFit[fit] = (this.#byFit[fit] ?? 0) + 1
    this.#rows++
  }

  get rows(): number {
    return this.#rows
  }

  /** By place among `roundingRules`. */
  byCandidate(): number[] {
    if (this.#sealed !== undefined) return [...this.#sealed]
    const counts = roundingRules.map(() => 0)
    for (let fit = 0; fit < fitCount; fit++) {
      const rows = this.#byFit[fit] ?? 0
      if (rows > 0) addFit(counts, fit, rows)
    }
    return counts
  }

  /** Nothing is added any more: only the counts are kept. */
  seal(): void {
    this.#sealed = this.byCandidate()
    this.#byFit = new Uint32Array(0)
  }
}

/** How many of these fits each candidate is among. */
export function countsOf(fits: Iterable<Fit>): number[] {
  const counts = roundingRules.map(() => 0)
  for (const fit of fits) addFit(counts, fit, 1)
  return counts
}

/** Counts a fit for each candidate it holds. */
export function addFit(counts: number[], fit: Fit, rows: number): void {
  for (const candidate of placesOfFit[fit] ?? []) counts[candidate] = (counts[candidate] ?? 0) + rows
}

/** The candidates of `among` that fit most, all that are level or less than `margin` behind. */
export function bestOf(counts: readonly number[], among: bigint = -1n, margin = 1): bigint {
  const most = Math.max(0, ...counts.filter((_, candidate) => (among >> BigInt(candidate)) & 1n))
  let best = 0n
  for (const [candidate, count] of counts.entries()) {
    const bit = 1n << BigInt(candidate)
    if ((among & bit) !== 0n && count > 0 && most - count < margin) best |= bit
  }
  return best
}

/** Bits of a set, as rules. */
export function rulesOfSet(set: bigint): readonly RoundingRule[] {
  return roundingRules.filter((_, candidate) => (set >> BigInt(candidate)) & 1n)
}
