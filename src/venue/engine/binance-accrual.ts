import { nextBinanceCharge } from '../../rules/binance-charge-instant.ts'
import { type BinanceRegime, binanceRegimeAt } from '../../rules/binance-regime.ts'
import type { Holding } from './account.ts'
import type { ChargeStore } from './charge-store.ts'
import type { MarketMove, Process, Tell } from './process.ts'
import { type State, totalOf } from './state.ts'
import { SteadyCharges } from './steady-charges.ts'

/** Charges Binance negative balances once a day, by the regime of the day. */
export class BinanceAccrual implements Process {
  readonly #state: State
  readonly #dailyMidnightFrom: number
  readonly #tell: Tell
  /** Ids of the holdings that could be charged under some regime: a total or a UM wallet below zero. */
  readonly #negative = new Set<number>()
  readonly #charges: SteadyCharges
  #regime: BinanceRegime | undefined

  constructor(state: State, store: ChargeStore, dailyMidnightFrom: number, tell: Tell) {
    this.#state = state
    this.#dailyMidnightFrom = dailyMidnightFrom
    this.#tell = tell
    this.#charges = new SteadyCharges(state, store, 1n)
    for (const holding of state.holdings.binance) this.touch(holding)
  }

  next(now: number): number {
    return this.#negative.size > 0 ? nextBinanceCharge(now, this.#dailyMidnightFrom) : Number.POSITIVE_INFINITY
  }

  fire(at: number): void {
    for (const _ of this.pieces(at));
  }

  *pieces(at: number): Generator<void> {
    if (this.#negative.size === 0 || nextBinanceCharge(at - 1, this.#dailyMidnightFrom) !== at) return
    const regime = binanceRegimeAt(at)
    if (regime !== this.#regime) this.#charges.changed()
    this.#regime = regime
    const charges = yield* this.#charges.charge(at, this.#negative, (holding) => this.#principalOf(holding, regime))
    this.#tell({ kind: 'boundary', at, of: 'negative-balance', charges })
  }

  /** Nothing that does not follow from the balances is remembered here. */
  *lines(): Generator<string> {}

  touch(holding: Holding): void {
    if (holding.account.exchange !== 'binance') return
    if (totalOf(holding) < 0n || holding.balances.um < 0n) this.#negative.add(holding.id)
    else if (!this.#negative.delete(holding.id)) return
    this.#charges.changed()
  }

  marketMoved(moves: MarketMove): void {
    if (moves === 'rates') this.#charges.ratesMoved()
    else if (moves === 'thresholds') this.#charges.changed()
  }

  settle(): void {
    this.#charges.settle()
  }

  #principalOf(holding: Holding, regime: BinanceRegime): bigint {
    const { asset, account, balances } = holding
    const freeThreshold = this.#state.market.thresholds(asset, account.vip)?.free ?? 0n
    return regime.principal({ asset, total: totalOf(holding), um: balances.um, freeThreshold })
  }
}
