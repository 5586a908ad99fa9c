import { interestOn } from '../../rules/interest.ts'
import { okxCrossLiability } from '../../rules/okx-liability.ts'
import { boundaryAtOrBefore, everyHour, nextBoundary } from '../../time/boundary.ts'
import { AmountVector } from './amount-vector.ts'
import type { ChargeStore } from './charge-store.ts'
import type { Process, Tell } from './process.ts'
import type { Holding, State } from './state.ts'

/** What one OKX holding owes: what is charged, and what of the liability is free of interest. */
interface Owed {
  readonly charged: bigint
  readonly interestFree: bigint
}

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
    if (this.#owing.size === 0 || boundaryAtOrBefore(at, everyHour) !== at) return
    this.#tell({ kind: 'boundary', at, of: 'okx', charges: this.#charge(at) })
  }

  /** Nothing that does not follow from the balances is remembered here. */
  *lines(): Generator<string> {}

  /** Rates are looked up at each charge. */
  marketMoved(): void {}

  touch(holding: Holding): void {
    if (holding.account.exchange !== 'okx') return
    const { cash, 'cash-unrealised': unrealised, isolated } = holding.balances
    const owes = isolated < 0n || okxCrossLiability(cash, unrealised, 0n).total > 0n
    if (owes === this.#owing.has(holding.id)) return
    if (owes) this.#owing.add(holding.id)
    else this.#owing.delete(holding.id)
    this.#sorted = undefined
  }

  /** Takes the interest due at `at` from cash, or adds it to the isolated liability, and keeps the rows. */
  #charge(at: number): number {
    this.#sorted ??= Uint32Array.from(this.#owing).sort()
    this.#reserve(this.#sorted.length)
    const { market, holdings } = this.#state
    const [liabilities, frees, interests] = this.#amounts
    const earned = new Map<string, bigint>()
    let count = 0
    for (const id of this.#sorted) {
      const holding = holdings.okx[id]
      if (holding === undefined) continue
      const rate = market.rateIndex('okx', holding.asset, holding.account.vip)
      const rateDaily = rate === undefined ? undefined : market.rates[rate]
      if (rate === undefined || rateDaily === undefined || rateDaily.mantissa === 0n) continue
      const { charged, interestFree } = this.#owed(holding)
      if (charged === 0n) continue
      const interest = interestOn(charged, rateDaily, 24n)
      if (holding.instId === '') {
        holding.balances.cash -= interest
        holding.updatedAt = at
      } else holding.balances.isolated -= interest
      earned.set(holding.asset, (earned.get(holding.asset) ?? 0n) + interest)
      this.#debtors[count] = id
      this.#rates[count] = rate
      liabilities.set(count, charged)
      frees.set(count, interestFree)
      interests.set(count, interest)
      count++
    }
    for (const [asset, amount] of earned) this.#state.addToHouse('okx', 'interest', asset, amount)
    this.#store.append({ at, count, debtors: this.#debtors, rates: this.#rates, amounts: this.#amounts })
    return count
  }

  #owed({ asset, instId, balances }: Holding): Owed {
    if (instId !== '') return { charged: -balances.isolated, interestFree: 0n }
    const quota = this.#state.market.freeQuotas.get(asset) ?? 0n
    return okxCrossLiability(balances.cash, balances['cash-unrealised'], quota)
  }

  #reserve(capacity: number): void {
    if (capacity <= this.#debtors.length) return
    this.#debtors = new Uint32Array(2 * capacity)
    this.#rates = new Uint32Array(2 * capacity)
    this.#amounts = [new AmountVector(2 * capacity), new AmountVector(2 * capacity), new AmountVector(2 * capacity)]
  }
}
