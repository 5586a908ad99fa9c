import { interestOn, type PeriodsPerDay } from '../../rules/interest.ts'
import { AmountVector } from './amount-vector.ts'
import type { ChargeStore } from './charge-store.ts'
import type { Holding, State } from './state.ts'

/** What one holding is charged on, and the place of the rate in the market's list. */
export interface Due {
  readonly principal: bigint
  readonly rate: number
}

const pieceRows = 4_096

/**
 * Binance charges of one kind. None of them changes what the next is computed on, so that what is due is kept in
 * columns and computed again only after a change: a boundary at which nothing changed appends the columns as they are,
 * and the interest reaches the balances when somebody looks at them.
 */
export class SteadyCharges {
  readonly #state: State
  readonly #store: ChargeStore
  readonly #periodsPerDay: PeriodsPerDay
  #stale = true
  #count = 0
  /** Boundaries whose interest is not yet in the balances. */
  #unsettled = 0n
  #debtors = new Uint32Array(0)
  #rates = new Uint32Array(0)
  #principals = new AmountVector(0)
  #interests = new AmountVector(0)

  constructor(state: State, store: ChargeStore, periodsPerDay: PeriodsPerDay) {
    this.#state = state
    this.#store = store
    this.#periodsPerDay = periodsPerDay
  }

  /** What is due has to be computed again. */
  changed(): void {
    this.#stale = true
  }

  /** Charges those of `ids` that owe, in pieces. @returns how many did */
  *charge(at: number, ids: ReadonlySet<number>, dueOf: (holding: Holding) => Due | undefined): Generator<void, number> {
    if (this.#stale) yield* this.#rebuild(ids, dueOf)
    this.#unsettled += 1n
    this.#store.append({
      at,
      count: this.#count,
      debtors: this.#debtors,
      rates: this.#rates,
      amounts: [this.#principals, this.#interests],
    })
    return this.#count
  }

  /** Books the interest to cross-interest. */
  settle(): void {
    const boundaries = this.#unsettled
    if (boundaries === 0n) return
    this.#unsettled = 0n
    const holdings = this.#state.holdings.binance
    const earned = new Map<string, bigint>()
    for (let index = 0; index < this.#count; index++) {
      const holding = holdings[this.#debtors[index] ?? 0]
      if (holding === undefined) continue
      const interest = this.#interests.get(index) * boundaries
      holding.balances['cross-interest'] -= interest
      earned.set(holding.asset, (earned.get(holding.asset) ?? 0n) + interest)
    }
    for (const [asset, amount] of earned) this.#state.addToHouse('binance', 'interest', asset, amount)
  }

  *#rebuild(ids: ReadonlySet<number>, dueOf: (holding: Holding) => Due | undefined): Generator<void> {
    this.settle()
    const { market, holdings } = this.#state
    const ascending = Uint32Array.from(ids).sort()
    if (ascending.length > this.#debtors.length) this.#reserve(2 * ascending.length)
    this.#count = 0
    for (const [place, id] of ascending.entries()) {
      if (place % pieceRows === pieceRows - 1) yield
      const holding = holdings.binance[id]
      const due = holding === undefined ? undefined : dueOf(holding)
      const rateDaily = due === undefined ? undefined : market.rates[due.rate]
      if (due === undefined || due.principal === 0n || rateDaily === undefined || rateDaily.mantissa === 0n) continue
      this.#debtors[this.#count] = id
      this.#rates[this.#count] = due.rate
      this.#principals.set(this.#count, due.principal)
      this.#interests.set(this.#count, interestOn(due.principal, rateDaily, this.#periodsPerDay))
      this.#count++
    }
    this.#stale = false
  }

  #reserve(capacity: number): void {
    this.#debtors = new Uint32Array(capacity)
    this.#rates = new Uint32Array(capacity)
    this.#principals = new AmountVector(capacity)
    this.#interests = new AmountVector(capacity)
  }
}
