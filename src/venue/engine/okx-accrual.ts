import { interestOn } from '../../rules/interest.ts'
import { boundaryAtOrBefore, everyHour, nextBoundary } from '../../time/boundary.ts'
import { AmountVector } from './amount-vector.ts'
import type { ChargeStore } from './charge-store.ts'
import { crossLiabilityOf, freeQuotaFor } from './okx-owed.ts'
import type { Process, Tell } from './process.ts'
import type { Holding, State } from './state.ts'

/** What one OKX holding owes: what is charged, and what of the liability is free of interest. */
interface Owed {
  readonly charged: bigint
  readonly interestFree: bigint
}

const noQuota = () => 0n

/** Charges OKX liabilities by the hour. Every charge changes what the next one is computed on, so each is computed anew. */
export class OkxAccrual implements Process {
  readonly #state: State
  readonly #store: ChargeStore
  readonly #tell: Tell
  readonly #owing = new Set<number>()
  /** The ids of `#owing`, ascending; undefined when they changed. */
  #sorted: Uint32Array | undefined
  #debtors = new Uint32Array(0)
  #rates = new Uint32Array(0)
  #amounts: readonly [AmountVector, AmountVector, AmountVector] = [new AmountVector(0), new AmountVector(0), new AmountVector(0)]

  constructor(state: State, store: ChargeStore, tell: Tell) {
    this.#state = state
    this.#store = store
    this.#tell = tell
    for (const holding of state.holdings.okx) this.touch(holding)
  }

  next(now: number): number {
    return this.#owing.size > 0 ? nextBoundary(now, everyHour) : Number.POSITIVE_INFINITY
  }

  fire(at: number): void {
    for (const _ of this.pieces(at));
  }

  *pieces(at: number): Generator<void> {
    if (this.#owing.size === 0 || boundaryAtOrBefore(at, everyHour) !== at) return
    this.#tell({ kind: 'boundary', at, of: 'okx', charges: this.#charge(at) })
    yield
  }

  /** Nothing that does not follow from the balances is remembered here. */
  *lines(): Generator<string> {}

  /** Rates are looked up at each charge. */
  marketMoved(): void {}

  touch(holding: Holding): void {
    if (holding.account.exchange !== 'okx') return
    const { isolated, 'vip-borrowed': vipBorrowed } = holding.balances
    const owes = isolated < 0n || vipBorrowed < 0n || crossLiabilityOf(holding, noQuota).total > 0n
    if (owes === this.#owing.has(holding.id)) return
    if (owes) this.#owing.add(holding.id)
    else this.#owing.delete(holding.id)
    this.#sorted = undefined
  }

  /**
   * Every charge is computed on the balances of the full hour; only then is the interest taken, from cash, or added to
   * the isolated liability.
   */
  #charge(at: number): number {
    this.#sorted ??= Uint32Array.from(this.#owing).sort()
    this.#reserve(this.#sorted.length)
    const { market, holdings } = this.#state
    const [liabilities, frees, interests] = this.#amounts
    let count = 0
    for (const id of this.#sorted) {
      const holding = holdings.okx[id]
      if (holding === undefined) continue
      const rate = holding.rate >= 0 ? holding.rate : market.rateIndex('okx', holding.asset, holding.account.vip)
      const rateDaily = rate === undefined ? undefined : market.rates[rate]
      if (rate === undefined || rateDaily === undefined || rateDaily.mantissa === 0n) continue
      const { charged, interestFree } = this.#owed(holding)
      if (charged === 0n) continue
      this.#debtors[count] = id
      this.#rates[count] = rate
      liabilities.set(count, charged)
      frees.set(count, interestFree)
      interests.set(count, interestOn(charged, rateDaily, 24n))
      count++
    }
    this.#take(at, count)
    this.#store.append({ at, count, debtors: this.#debtors, rates: this.#rates, amounts: this.#amounts })
    return count
  }

  #take(at: number, count: number): void {
    const earned = new Map<string, bigint>()
    for (let place = 0; place < count; place++) {
      const holding = this.#state.holdings.okx[this.#debtors[place] ?? 0]
      const interest = this.#amounts[2].get(place)
      if (holding === undefined) continue
      earned.set(holding.asset, (earned.get(holding.asset) ?? 0n) + interest)
      holding.updatedAt = at
      if (holding.instId !== '') {
        holding.balances.isolated -= interest
        continue
      }
      const paying = holding.order === '' ? holding : this.#state.holding(holding.account, holding.asset)
      paying.balances.cash -= interest
      paying.updatedAt = at
      // The interest of a VIP loan may take cash below zero, which nothing was owed in before.
      if (paying !== holding) this.touch(paying)
    }
    for (const [asset, amount] of earned) this.#state.addToHouse('okx', 'interest', asset, amount)
  }

  #owed(holding: Holding): Owed {
    const { account, asset, instId, order, balances } = holding
    if (instId !== '') return { charged: -balances.isolated, interestFree: 0n }
    if (order !== '') return { charged: -balances['vip-borrowed'], interestFree: 0n }
    return crossLiabilityOf(holding, () => freeQuotaFor(this.#state, account, asset))
  }

  #reserve(capacity: number): void {
    if (capacity <= this.#debtors.length) return
    this.#debtors = new Uint32Array(2 * capacity)
    this.#rates = new Uint32Array(2 * capacity)
    this.#amounts = [new AmountVector(2 * capacity), new AmountVector(2 * capacity), new AmountVector(2 * capacity)]
  }
}
