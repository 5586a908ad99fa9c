import { interestOn } from '../../rules/interest.ts'
import { boundaryAtOrBefore, everyHour, nextBoundary } from '../../time/boundary.ts'
import type { Holding } from './account.ts'
import { AmountVector } from './amount-vector.ts'
import type { ChargeStore } from './charge-store.ts'
import { processMemory, type WorldMemory } from './memory.ts'
import type { KeptMovement } from './movement-log.ts'
import type { MarketMove, Process, Tell } from './process.ts'
import { placeOfRate } from './rate-slots.ts'
import type { State } from './state.ts'
import { SteadyCharges } from './steady-charges.ts'

interface Memory {
  lastBorrowedAt: number
  /** How many loans were charged at that instant. */
  borrowed: number
}

/**
 * Charges Binance margin loans (facts A5): one hour when it is borrowed, on what is borrowed, then at every full hour on
 * the whole principal that is still out. Simple interest, added to cross-interest: never charged on itself.
 */
export class LoanAccrual implements Process {
  readonly #state: State
  readonly #store: ChargeStore
  readonly #tell: Tell
  readonly #memory: Memory
  readonly #owing = new Set<number>()
  readonly #charges: SteadyCharges

  constructor(state: State, store: ChargeStore, tell: Tell) {
    this.#state = state
    this.#store = store
    this.#tell = tell
    this.#memory = loanMemory(state.memory)
    this.#charges = new SteadyCharges(state, store, 24n)
    for (const holding of state.holdings.binance) this.touch(holding)
  }

  next(now: number): number {
    return this.#owing.size > 0 ? nextBoundary(now, everyHour) : Number.POSITIVE_INFINITY
  }

  fire(at: number): void {
    for (const _ of this.pieces(at));
  }

  *pieces(at: number): Generator<void> {
    if (this.#owing.size === 0 || boundaryAtOrBefore(at, everyHour) !== at) return
    const charges = yield* this.#charges.charge(at, this.#owing, ({ balances }) => -balances['cross-borrowed'])
    this.#tell({ kind: 'boundary', at, of: 'margin-loan', charges })
  }

  touch(holding: Holding): void {
    if (holding.account.exchange !== 'binance') return
    if (holding.balances['cross-borrowed'] < 0n) this.#owing.add(holding.id)
    else if (!this.#owing.delete(holding.id)) return
    this.#charges.changed()
  }

  moved({ holding, at, cause, changes }: KeptMovement): void {
    if (cause !== 'borrow' || holding.account.exchange !== 'binance') return
    const [, delta = 0n] = changes.find(([wallet]) => wallet === 'cross-borrowed') ?? []
    if (delta < 0n) this.#chargeBorrowing(holding, at, -delta)
  }

  marketMoved(moves: MarketMove): void {
    if (moves === 'rates') this.#charges.ratesMoved()
  }

  settle(): void {
    this.#charges.settle()
  }

  *lines(): Generator<string> {
    yield `borrowed ${this.#memory.lastBorrowedAt} ${this.#memory.borrowed}`
  }

  #chargeBorrowing(holding: Holding, at: number, principal: bigint): void {
    const rate = placeOfRate(this.#state, holding)
    const rateDaily = rate === undefined ? undefined : this.#state.market.rates[rate]
    if (rate === undefined || rateDaily === undefined) return
    const interest = interestOn(principal, rateDaily, 24n)
    holding.balances['cross-interest'] -= interest
    this.#state.addToHouse('binance', 'interest', holding.asset, interest)
    this.#memory.borrowed = this.#memory.lastBorrowedAt === at ? this.#memory.borrowed + 1 : 1
    this.#memory.lastBorrowedAt = at
    this.#store.append({
      at,
      tag: this.#memory.borrowed,
      count: 1,
      debtors: Uint32Array.of(holding.id),
      rates: Uint32Array.of(rate),
      amounts: [AmountVector.of(principal), AmountVector.of(interest)],
    })
  }
}

function loanMemory(memory: WorldMemory): Memory {
  return processMemory(memory, 'margin-loan', () => ({ lastBorrowedAt: -1, borrowed: 0 }))
}
