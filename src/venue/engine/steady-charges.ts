import type { PeriodsPerDay } from '../../rules/interest.ts'
import type { Holding } from './account.ts'
import { AmountVector } from './amount-vector.ts'
import type { ChargeStore } from './charge-store.ts'
import { addColumns, chunkRows } from './interest-columns.ts'
import { HoldingRates } from './rate-slots.ts'
import type { State } from './state.ts'

/**
 * Binance charges of one kind. None of them changes what the next is computed on, so that what is due is kept in
 * columns and computed again only after a change: a boundary at which nothing changed appends the columns as they are,
 * and the interest reaches the balances when somebody looks at them.
 */
export class SteadyCharges {
  readonly #state: State
  readonly #store: ChargeStore
  readonly #rates: HoldingRates
  /** What has to be done before the next charge. */
  #stale: 'nothing' | 'rates' | 'all' = 'all'
  #isSettled = true
  /** Holdings without a rate, which a new rate may bring in. */
  #unrated = 0
  #count = 0
  #debtors = new Uint32Array(0)
  #slots = new Uint32Array(0)
  #places = new Uint32Array(0)
  #principals = new AmountVector(0)
  #interests = new AmountVector(0)
  /** Interest that is not yet in the balances. */
  #accrued = new AmountVector(0)

  constructor(state: State, store: ChargeStore, periodsPerDay: PeriodsPerDay) {
    this.#state = state
    this.#store = store
    this.#rates = new HoldingRates(state, periodsPerDay)
  }

  /** What is due has to be computed again. */
  changed(): void {
    this.#stale = 'all'
  }

  /** Only rates moved. */
  ratesMoved(): void {
    if (this.#stale === 'nothing') this.#stale = 'rates'
  }

  /** Charges those of `ids` that owe, in pieces. @returns how many did */
  *charge(at: number, ids: ReadonlySet<number>, principalOf: (holding: Holding) => bigint): Generator<void, number> {
    if (this.#stale === 'all' || (this.#stale === 'rates' && (this.#unrated > 0 || !this.#rates.renew()))) {
      yield* this.#rebuild(ids, principalOf)
    }
    if (this.#stale !== 'nothing') yield* this.#compute()
    this.#stale = 'nothing'
    this.#store.append({
      at,
      count: this.#count,
      debtors: this.#debtors,
      rates: this.#places,
      amounts: [this.#principals, this.#interests],
    })
    yield
    addColumns(this.#accrued, this.#interests, 0, this.#count)
    this.#isSettled = false
    return this.#count
  }

  /** Books the interest to cross-interest. */
  settle(): void {
    if (this.#isSettled) return
    this.#isSettled = true
    const holdings = this.#state.holdings.binance
    const earned = new Map<string, bigint>()
    for (let index = 0; index < this.#count; index++) {
      const holding = holdings[this.#debtors[index] ?? 0]
      if (holding === undefined) continue
      const interest = this.#accrued.get(index)
      holding.balances['cross-interest'] -= interest
      earned.set(holding.asset, (earned.get(holding.asset) ?? 0n) + interest)
    }
    this.#accrued.dropUpper()
    this.#accrued.clear(0, this.#count)
    for (const [asset, amount] of earned) this.#state.addToHouse('binance', 'interest', asset, amount)
  }

  *#rebuild(ids: ReadonlySet<number>, principalOf: (holding: Holding) => bigint): Generator<void> {
    this.settle()
    this.#stale = 'all'
    this.#rates.clear()
    const holdings = this.#state.holdings.binance
    const ascending = Uint32Array.from(ids).sort()
    if (ascending.length > this.#debtors.length) this.#reserve(2 * ascending.length)
    this.#count = 0
    this.#unrated = 0
    for (const [place, id] of ascending.entries()) {
      if (place % chunkRows === chunkRows - 1) yield
      const holding = holdings[id]
      const principal = holding === undefined ? 0n : principalOf(holding)
      if (holding === undefined || principal === 0n) continue
      const slot = this.#rates.slotOf(holding)
      if (slot === undefined) {
        this.#unrated++
        continue
      }
      this.#debtors[this.#count] = id
      this.#slots[this.#count] = slot
      this.#principals.set(this.#count, principal)
      this.#count++
    }
  }

  *#compute(): Generator<void> {
    this.#interests.dropUpper()
    for (let first = 0; first < this.#count; first += chunkRows) {
      yield
      const end = Math.min(first + chunkRows, this.#count)
      for (let row = first; row < end; row++) this.#places[row] = this.#rates.placeOf(this.#slots[row] ?? 0)
      this.#rates.columns().charge(this.#principals, this.#slots, this.#interests, first, end)
    }
  }

  #reserve(capacity: number): void {
    this.#debtors = new Uint32Array(capacity)
    this.#slots = new Uint32Array(capacity)
    this.#places = new Uint32Array(capacity)
    this.#principals = new AmountVector(capacity)
    this.#interests = new AmountVector(capacity)
    this.#accrued = new AmountVector(capacity)
  }
}
