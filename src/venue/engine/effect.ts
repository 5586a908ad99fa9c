import type { Leg } from './ledger.ts'

/** What a command does once it is in the journal; carrying it out cannot fail. */
export type Effect =
  /** Moves money. */
  | { readonly kind: 'post'; readonly legs: readonly Leg[] }
  /** Changes accounts, keys or the clock's mode. */
  | { readonly kind: 'change'; readonly change: () => void }
  /** Changes prices, rates or thresholds. */
  | { readonly kind: 'market'; readonly moves: 'rates' | 'prices' | 'thresholds'; readonly change: () => void }

export function posting(legs: readonly Leg[]): Effect {
  return { kind: 'post', legs }
}
