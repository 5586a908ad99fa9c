import type { Holding } from './account.ts'
import { assertBalanced, type Leg } from './ledger.ts'
import { type KeptMovement, MovementLog, movementOf } from './movement-log.ts'
import type { Tell } from './process.ts'
import type { MovementCause } from './record.ts'
import type { State } from './state.ts'

/** Where every movement is booked: the ledger, the log of movements, and those who have to know of it. */
export class Books {
  readonly state: State
  readonly movements: MovementLog
  readonly #tell: Tell
  readonly #booked: (movement: KeptMovement) => void

  constructor(state: State, tell: Tell, booked: (movement: KeptMovement) => void) {
    this.state = state
    this.movements = new MovementLog(state.memory.movements)
    this.#tell = tell
    this.#booked = booked
  }

  /** Books a movement whose legs sum to zero per asset. @throws `venue.unbalanced` before anything is booked */
  post(legs: readonly Leg[], at: number, cause: MovementCause): void {
    assertBalanced(legs)
    const changed = new Map<Holding, Map<(Leg & { kind: 'account' })['wallet'], bigint>>()
    for (const leg of legs) {
      if (leg.kind === 'house') {
        this.state.addToHouse(leg.exchange, leg.house, leg.asset, leg.delta)
        continue
      }
      const { holding, wallet, delta } = leg
      this.state.register(holding)
      holding.balances[wallet] += delta
      holding.updatedAt = at
      const wallets = changed.get(holding) ?? new Map()
      changed.set(holding, wallets)
      wallets.set(wallet, (wallets.get(wallet) ?? 0n) + delta)
    }
    for (const [holding, wallets] of changed) {
      const changes = [...wallets].map(([wallet, delta]) => [wallet, delta, holding.balances[wallet]] as const)
      const kept = this.movements.add(holding, at, cause, changes)
      this.#booked(kept)
      this.#tell({ kind: 'movement', movement: movementOf(kept) })
    }
  }
}
