import type { Holding } from './account.ts'
import { AmountVector } from './amount-vector.ts'
import { addColumns, chunkRows } from './interest-columns.ts'
import { HoldingRates } from './rate-slots.ts'
import type { State } from './state.ts'

/**
 * OKX debts that grow by their own interest and by nothing else until somebody moves money: isolated ones, and cash below
 * zero that no quota frees. Their liabilities live in columns of 64 bits from hour to hour; the balances follow when
 * somebody looks at them.
 */
export class CompoundingDebts {
  readonly #state: State
  #count = 0
  #debtors = new Uint32Array(0)
  #rates = new Uint32Array(0)
  #slots = new Uint32Array(0)
  #liabilities = new AmountVector(0)
  #interests = new AmountVector(0)
  readonly #holdingRates: HoldingRates
  #ratesMoved = false
  /** Debts without a rate, which a new rate may bring in. */
  #unrated = 0
  readonly #rowOf = new Map<number, number>()
  /** The last hour whose interest is not yet in the balances. */
  #chargedAt: number | undefined

  constructor(state: State) {
    this.#state = state
    this.#holdingRates = new HoldingRates(state, 24n)
  }

  ratesMoved(): void {
    this.#ratesMoved = true
  }

  /** Whether the debts have to be added anew; takes new rates over where that is enough. */
  get isStale(): boolean {
    if (!this.#ratesMoved) return false
    if (this.#unrated > 0 || !this.#holdingRates.renew()) return true
    this.#ratesMoved = false
    for (let row = 0; row < this.#count; row++) this.#rates[row] = this.#holdingRates.placeOf(this.#slots[row] ?? 0)
    return false
  }

  get count(): number {
    return this.#count
  }

  get debtors(): Uint32Array {
    return this.#debtors
  }

  get rates(): Uint32Array {
    return this.#rates
  }

  /** What each owes before the interest of `interests` is added. */
  get liabilities(): AmountVector {
    return this.#liabilities
  }

  get interests(): AmountVector {
    return this.#interests
  }

  /** Forgets every debt; `capacity` may then be added. */
  clear(capacity: number): void {
    this.settle()
    this.#count = 0
    this.#holdingRates.clear()
    this.#ratesMoved = false
    this.#unrated = 0
    this.#rowOf.clear()
    if (capacity <= this.#debtors.length) return
    this.#debtors = new Uint32Array(2 * capacity)
    this.#rates = new Uint32Array(2 * capacity)
    this.#slots = new Uint32Array(2 * capacity)
    this.#liabilities = new AmountVector(2 * capacity)
    this.#interests = new AmountVector(2 * capacity)
  }

  /** Adds a debt, where it has a rate; ids ascend. */
  add(holding: Holding): void {
    const slot = this.#holdingRates.slotOf(holding)
    if (slot === undefined) {
      this.#unrated++
      return
    }
    const row = this.#count++
    this.#debtors[row] = holding.id
    this.#rowOf.set(holding.id, row)
    this.#write(row, holding, slot)
  }

  /** Takes over the balances of a debt that is here already, or says that it cannot. */
  renew(holding: Holding): boolean {
    const row = this.#rowOf.get(holding.id)
    const slot = this.#holdingRates.slotOf(holding)
    if (row === undefined || slot === undefined) return false
    this.#write(row, holding, slot)
    return true
  }

  /** Puts the interest of an hour into `interests`, in pieces. */
  *charge(): Generator<void> {
    this.#interests.dropUpper()
    for (let first = 0; first < this.#count; first += chunkRows) {
      this.#holdingRates.columns().charge(this.#liabilities, this.#slots, this.#interests, first, Math.min(first + chunkRows, this.#count))
      yield
    }
  }

  /** Adds the interest to what is owed. */
  grow(at: number): void {
    addColumns(this.#liabilities, this.#interests, 0, this.#count)
    this.#chargedAt = at
  }

  /** Brings balances and the house's earnings up to date. */
  settle(): void {
    const at = this.#chargedAt
    if (at === undefined) return
    this.#chargedAt = undefined
    const holdings = this.#state.holdings.okx
    const earned = new Map<string, bigint>()
    for (let row = 0; row < this.#count; row++) {
      const holding = holdings[this.#debtors[row] ?? 0]
      if (holding === undefined) continue
      const interest = this.#liabilities.get(row) - liabilityOf(holding)
      if (holding.instId === '') holding.balances.cash -= interest
      else holding.balances.isolated -= interest
      holding.updatedAt = at
      earned.set(holding.asset, (earned.get(holding.asset) ?? 0n) + interest)
    }
    for (const [asset, amount] of earned) this.#state.addToHouse('okx', 'interest', asset, amount)
  }

  #write(row: number, holding: Holding, slot: number): void {
    this.#rates[row] = this.#holdingRates.placeOf(slot)
    this.#slots[row] = slot
    this.#liabilities.set(row, liabilityOf(holding))
  }
}

/** Whether a debt grows by its own interest and nothing else: the rest of its account has to be looked at as well. */
export function isCompounding({ account, instId, order, balances }: Holding): boolean {
  if (order !== '') return false
  if (instId !== '') return balances.isolated < 0n
  return account.autoBorrow && balances.cash < 0n && balances['cash-unrealised'] >= 0n
}

/** What interest is computed on, of a compounding debt. */
function liabilityOf({ instId, balances }: Holding): bigint {
  return instId === '' ? -balances.cash - balances['spot-borrowed'] : -balances.isolated
}
