import type { Account, Holding } from './account.ts'
import { amountOf } from './amount.ts'
import type { Wallet } from './command.ts'
import type { MovementQuery } from './engine-interface.ts'
import type { Movement, MovementCause } from './record.ts'

/** A movement as it is remembered; amounts are integers at the scale of the exchange's ledger. */
export interface KeptMovement {
  readonly id: bigint
  readonly at: number
  readonly cause: MovementCause
  readonly holding: Holding
  readonly changes: readonly (readonly [wallet: Wallet, delta: bigint, after: bigint])[]
}

export interface MovementMemory {
  /** Oldest first. */
  readonly byAccount: Map<Account, KeptMovement[]>
  lastAt: number
  /** How many there were at `lastAt`. */
  count: number
}

export function noMovements(): MovementMemory {
  return { byAccount: new Map(), lastAt: -1, count: 0 }
}

const idsPerInstant = 1_000_000n
/** Below it are the ids of the charges of an instant, which come first. */
const firstOfInstant = 500_000

/** An id of up to 19 digits that ascends with time. `place` tells those of one instant apart. */
export function recordId(at: number, place: number): bigint {
  return BigInt(at) * idsPerInstant + BigInt(place)
}

/** Everything that moved money but interest. */
export class MovementLog {
  readonly #memory: MovementMemory

  constructor(memory: MovementMemory) {
    this.#memory = memory
  }

  add(holding: Holding, at: number, cause: MovementCause, changes: KeptMovement['changes']): KeptMovement {
    const memory = this.#memory
    memory.count = memory.lastAt === at ? memory.count + 1 : 1
    memory.lastAt = at
    const kept: KeptMovement = { id: recordId(at, firstOfInstant + memory.count - 1), at, cause, holding, changes }
    const list = memory.byAccount.get(holding.account)
    if (list === undefined) memory.byAccount.set(holding.account, [kept])
    else list.push(kept)
    return kept
  }

  /** Newest first. */
  query(account: Account, query: MovementQuery): Movement[] {
    const { asset, from = 0, to = Number.POSITIVE_INFINITY, causes, before, after, limit = Number.POSITIVE_INFINITY } = query
    const list = this.#memory.byAccount.get(account) ?? []
    const found: Movement[] = []
    for (let place = firstAfter(list, to) - 1; place >= 0 && found.length < limit; place--) {
      const kept = list[place]
      if (kept === undefined || kept.at < from || (after !== undefined && kept.id <= after)) break
      if (before !== undefined && kept.id >= before) continue
      if (asset !== undefined && kept.holding.asset !== asset) continue
      if (causes !== undefined && !causes.includes(kept.cause)) continue
      found.push(movementOf(kept))
    }
    return found
  }

  /** Everything of the account, oldest first. */
  of(account: Account): readonly KeptMovement[] {
    return this.#memory.byAccount.get(account) ?? []
  }

  *lines(): Generator<string> {
    for (const [account, list] of this.#memory.byAccount) {
      for (const { id, cause, holding, changes } of list)
        yield `moved ${account.label} ${id} ${cause} ${holding.id} ${changes.flat().join(' ')}`
    }
  }
}

export function movementOf({ id, at, cause, holding, changes }: KeptMovement): Movement {
  const { account, asset, instId } = holding
  return Object.freeze({
    id,
    account: account.label,
    asset,
    instId,
    at,
    cause,
    changes: Object.freeze(
      changes.map(([wallet, delta, after]) =>
        Object.freeze({ wallet, delta: amountOf(delta, account.exchange), after: amountOf(after, account.exchange) }),
      ),
    ),
  })
}

/** How many stand at or before `instant`. */
export function firstAfter(list: readonly KeptMovement[], instant: number): number {
  let low = 0
  let high = list.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((list[middle]?.at ?? 0) <= instant) low = middle + 1
    else high = middle
  }
  return low
}
