/** A small seeded generator of whole numbers (mulberry32), so that a failing run can be repeated from its seed. */
export function seededRandom(seed: number): (below: number) => number {
  let state = seed >>> 0
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below
  }
}

/** The seed of this run: `OVERDRAFT_SEED` to repeat one, otherwise a new one. */
export function seedOfRun(): number {
  return Number(process.env['OVERDRAFT_SEED'] ?? Date.now() % 1_000_000)
}
