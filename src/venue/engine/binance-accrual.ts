import { nextBinanceCharge } from '../../rules/binance-charge-instant.ts'
import { type BinanceRegime, binanceRegimeAt } from '../../rules/binance-regime.ts'
import { interestOn } from '../../rules/interest.ts'
import { AmountVector } from './amount-vector.ts'
import type { ChargeStore } from './charge-store.ts'
import type { MarketMove, Process, Tell } from './process.ts'
import { type Holding, type State, totalOf } from './state.ts'

/**
 * Charges Binance negative balances. What owes is kept dense, in columns that are computed again only when a balance, a
 * rate, a threshold or the regime changed: a boundary at which nothing changed copies columns.
 */
export class BinanceAccrual implements Process {
  readonly #state: State
  readonly #store: ChargeStore
  readonly #dailyMidnightFrom: number
  readonly #tell: Tell
  /** Ids of the holdings that could be charged under some regime: a total or a UM wallet below zero. */
  readonly #negative = new Set<number>()
  #regime: BinanceRegime | undefined
  #stale = true
  #count = 0
  #debtors = new Uint32Array(0)
  #rates = new Uint32Array(0)
  #principals = new AmountVector(0)
  #interests = new AmountVector(0)

  constructor(state: State, store: ChargeStore, dailyMidnightFrom: number, tell: Tell) {
    this.#state = state
    this.#store = store
    this.#dailyMidnightFrom = dailyMidnightFrom
    this.#tell = tell
    for (const holding of state.holdings.binance) this.touch(holding)
  }

  next(now: number): number {
    return this.#negative.size > 0 ? nextBinanceCharge(now, this.#dailyMidnightFrom) : Number.POSITIVE_INFINITY
  }

  fire(at: number): void {
    if (this.#negative.size === 0 || nextBinanceCharge(at - 1, this.#dailyMidnightFrom) !== at) return
    this.#charge(at)
    this.#tell({ kind: 'boundary', at, of: 'negative-balance', charges: this.#count })
  }

  /** Nothing that does not follow from the balances is remembered here. */
  *lines(): Generator<string> {}

  touch(holding: Holding): void {
    if (holding.account.exchange !== 'binance') return
    if (totalOf(holding) < 0n || holding.balances.um < 0n) this.#negative.add(holding.id)
    else if (!this.#negative.delete(holding.id)) return
    this.#stale = true
  }

  marketMoved(moves: MarketMove): void {
    if (moves !== 'prices') this.#stale = true
  }

  /** Books the interest due at `at` to cross-interest and keeps the rows. */
  #charge(at: number): void {
    const regime = binanceRegimeAt(at)
    if (this.#stale || regime !== this.#regime) this.#rebuild(regime)
    const holdings = this.#state.holdings.binance
    const earned = new Map<string, bigint>()
    for (let index = 0; index < this.#count; index++) {
      const holding = holdings[this.#debtors[index] ?? 0]
      if (holding === undefined) continue
      const interest = this.#interests.get(index)
      holding.balances['cross-interest'] -= interest
      earned.set(holding.asset, (earned.get(holding.asset) ?? 0n) + interest)
    }
    for (const [asset, amount] of earned) this.#state.addToHouse('binance', 'interest', asset, amount)
    this.#store.append({
      at,
      count: this.#count,
      debtors: this.#debtors,
      rates: this.#rates,
      amounts: [this.#principals, this.#interests],
    })
  }

  #rebuild(regime: BinanceRegime): void {
    const { market, holdings } = this.#state
    const ids = Uint32Array.from(this.#negative).sort()
    if (ids.length > this.#debtors.length) this.#reserve(2 * ids.length)
    this.#count = 0
    for (const id of ids) {
      const holding = holdings.binance[id]
      if (holding === undefined) continue
      const { asset, account, balances } = holding
      const freeThreshold = market.thresholds(asset, account.vip)?.free ?? 0n
      const principal = regime.principal({ asset, total: totalOf(holding), um: balances.um, freeThreshold })
      const rate = market.rateIndex('binance', asset, account.vip)
      const rateDaily = rate === undefined ? undefined : market.rates[rate]
      if (principal === 0n || rate === undefined || rateDaily === undefined || rateDaily.mantissa === 0n) continue
      this.#debtors[this.#count] = id
      this.#rates[this.#count] = rate
      this.#principals.set(this.#count, principal)
      this.#interests.set(this.#count, interestOn(principal, rateDaily, 1n))
      this.#count++
    }
    this.#regime = regime
    this.#stale = false
  }

  #reserve(capacity: number): void {
    this.#debtors = new Uint32Array(capacity)
    this.#rates = new Uint32Array(capacity)
    this.#principals = new AmountVector(capacity)
    this.#interests = new AmountVector(capacity)
  }
}
