import { assertBalanced, type Leg } from './ledger.ts'

/** What a command does once it is in the journal; carrying it out cannot fail. */
export type Effect =
  /** Moves money. */
  | { readonly kind: 'post'; readonly legs: readonly Leg[] }
  /** Changes accounts, keys or the clock's mode. */
  | { readonly kind: 'change'; readonly change: () => void }
  /** Changes prices, rates or thresholds. */
  | { readonly kind: 'market'; readonly moves: 'rates' | 'prices' | 'thresholds'; readonly change: () => void }

/** Checked here, before the journal has the command: an entry that could not be carried out would spoil it for good. */
export function posting(legs: readonly Leg[]): Effect {
  assertBalanced(legs)
  return { kind: 'post', legs }
}
