import { interestOn } from '../../rules/interest.ts'
import { boundaryAtOrBefore, everyHour, nextBoundary } from '../../time/boundary.ts'
import type { Account, Holding } from './account.ts'
import type { ChargeStore } from './charge-store.ts'
import { chunkRows } from './interest-columns.ts'
import { OkxCharges } from './okx-charges.ts'
import { CompoundingDebts, isCompounding } from './okx-columns.ts'
import { crossLiabilityOf, freeQuotaFor } from './okx-owed.ts'
import type { MarketMove, Process, Tell } from './process.ts'
import { placeOfRate } from './rate-slots.ts'
import type { State } from './state.ts'

/** What one OKX holding owes: what is charged, and what of the liability is free of interest. */
interface Owed {
  readonly charged: bigint
  readonly interestFree: bigint
}

const noQuota = () => 0n

/**
 * Charges OKX liabilities by the hour. Debts that nothing but their own interest changes are computed in columns; those
 * of an account in which a quota, a VIP loan or cash above zero has a part are looked at one by one, every hour anew.
 */
export class OkxAccrual implements Process {
  readonly #state: State
  readonly #store: ChargeStore
  readonly #tell: Tell
  readonly #oneByOne: boolean
  readonly #owing = new Set<number>()
  readonly #compounding: CompoundingDebts
  /** Ids of the debts that are looked at one by one, ascending. */
  #others: number[] = []
  #othersIn = new Set<Account>()
  #isStale = true
  readonly #charges = new OkxCharges()

  /** `oneByOne` computes every debt by the plain rule; the charges are the same. */
  constructor(state: State, store: ChargeStore, tell: Tell, oneByOne = false) {
    this.#state = state
    this.#store = store
    this.#tell = tell
    this.#oneByOne = oneByOne
    this.#compounding = new CompoundingDebts(state)
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
    const charges = yield* this.#charge(at)
    this.#tell({ kind: 'boundary', at, of: 'okx', charges })
  }

  /** Nothing that does not follow from the balances is remembered here. */
  *lines(): Generator<string> {}

  marketMoved(moves: MarketMove): void {
    if (moves === 'rates') this.#compounding.ratesMoved()
  }

  touch(holding: Holding): void {
    const { account, id } = holding
    if (account.exchange !== 'okx') return
    const { isolated, 'vip-borrowed': vipBorrowed } = holding.balances
    const owes = isolated < 0n || vipBorrowed < 0n || crossLiabilityOf(holding, noQuota).total > 0n
    if (owes !== this.#owing.has(id)) {
      if (owes) this.#owing.add(id)
      else this.#owing.delete(id)
      this.#isStale = true
    } else if (owes && !this.#isStale && !this.#othersIn.has(account)) this.#isStale = !this.#renew(holding)
  }

  settle(): void {
    this.#compounding.settle()
  }

  /**
   * Every charge is computed on the balances of the full hour; only then is the interest taken, from cash, or added to
   * the isolated liability.
   */
  *#charge(at: number): Generator<void, number> {
    if (this.#isStale || this.#compounding.isStale) yield* this.#sortOut()
    yield* this.#compounding.charge()
    const others = this.#charges.begin(this.#compounding)
    for (const [place, id] of this.#others.entries()) {
      if (place % chunkRows === chunkRows - 1) yield
      this.#chargeOne(id)
    }
    const batch = this.#charges.finish(at)
    yield
    this.#store.append(batch)
    yield
    this.#compounding.grow(at)
    for (const { holding, interest } of others) this.#take(holding, interest, at)
    return batch.count
  }

  /** Which debts go which way: one that is looked at itself takes all of its account along. */
  *#sortOut(): Generator<void> {
    this.#compounding.clear(this.#owing.size)
    this.#others = []
    this.#othersIn = new Set()
    const ids = Uint32Array.from(this.#owing).sort()
    const { okx } = this.#state.holdings
    for (const id of ids) {
      const holding = okx[id]
      if (holding !== undefined && (this.#oneByOne || !isCompounding(holding))) this.#othersIn.add(holding.account)
    }
    for (const [place, id] of ids.entries()) {
      if (place % chunkRows === chunkRows - 1) yield
      const holding = okx[id]
      if (holding === undefined) continue
      if (this.#othersIn.has(holding.account)) this.#others.push(id)
      else this.#compounding.add(holding)
    }
    this.#isStale = false
  }

  #renew(holding: Holding): boolean {
    return isCompounding(holding) && this.#compounding.renew(holding)
  }

  #chargeOne(id: number): void {
    const holding = this.#state.holdings.okx[id]
    const rate = holding === undefined ? undefined : placeOfRate(this.#state, holding)
    const rateDaily = rate === undefined ? undefined : this.#state.market.rates[rate]
    if (holding === undefined || rate === undefined || rateDaily === undefined) return
    const { charged, interestFree } = this.#owed(holding)
    if (charged > 0n) this.#charges.add({ holding, rate, charged, interestFree, interest: interestOn(charged, rateDaily, 24n) })
  }

  #take(holding: Holding, interest: bigint, at: number): void {
    this.#state.addToHouse('okx', 'interest', holding.asset, interest)
    holding.updatedAt = at
    if (holding.instId !== '') {
      holding.balances.isolated -= interest
      return
    }
    const paying = holding.order === '' ? holding : this.#state.holding(holding.account, holding.asset)
    paying.balances.cash -= interest
    paying.updatedAt = at
    // The interest of a VIP loan may take cash below zero, which nothing was owed in before.
    if (paying !== holding) this.touch(paying)
  }

  #owed(holding: Holding): Owed {
    const { account, asset, instId, order, balances } = holding
    if (instId !== '') return { charged: -balances.isolated, interestFree: 0n }
    if (order !== '') return { charged: -balances['vip-borrowed'], interestFree: 0n }
    return crossLiabilityOf(holding, () => freeQuotaFor(this.#state, account, asset))
  }
}
