import type { Account } from './account.ts'
import { assertBalanced, type Leg } from './ledger.ts'
import type { MarketMove } from './process.ts'
import type { MovementCause } from './record.ts'

/** What a command does once it is in the journal; carrying it out cannot fail. */
export type Effect =
  /** Moves money; `change` notes what else goes with it, `afterwards` is moved right after, for a cause of its own. */
  | {
      readonly kind: 'post'
      readonly legs: readonly Leg[]
      readonly cause: MovementCause
      readonly change?: () => void
      readonly afterwards?: { readonly legs: readonly Leg[]; readonly cause: MovementCause }
    }
  /** Changes accounts, keys or the clock's mode; every holding of `account` is looked at again. */
  | { readonly kind: 'change'; readonly change: () => void; readonly account?: Account }
  /** Changes prices, rates or thresholds. */
  | { readonly kind: 'market'; readonly moves: MarketMove; readonly change: () => void }

/** Checked here, before the journal has the command: an entry that could not be carried out would spoil it for good. */
export function posting(legs: readonly Leg[], cause: MovementCause, change?: () => void): Effect {
  assertBalanced(legs)
  return change === undefined ? { kind: 'post', legs, cause } : { kind: 'post', legs, cause, change }
}
