/**
 * How often a property of bad input is tried: `OVERDRAFT_FUZZ=50` tries fifty times as much as usual, and every single
 * text of every trap. `OVERDRAFT_SEED` repeats a run; without it the seed is told when a property fails.
 */
export const fuzzFactor = Math.max(Number(process.env['OVERDRAFT_FUZZ'] ?? 1), 1)

export function fuzzRuns(usual: number): { numRuns: number; seed?: number; endOnFailure?: boolean } {
  const seed = process.env['OVERDRAFT_SEED']
  return { numRuns: usual * fuzzFactor, ...(seed === undefined ? {} : { seed: Number(seed) }) }
}

/** Time a property may take, in ms. */
export const fuzzTimeoutMs = 60_000 * fuzzFactor
