import { nextBinanceCharge } from '../../rules/binance-charge-instant.ts'
import { boundaryAtOrBefore, everyHour, nextBoundary } from '../../time/boundary.ts'
import { AutoExchange } from './auto-exchange.ts'
import type { EngineBehaviour } from './behaviour.ts'
import { BinanceAccrual } from './binance-accrual.ts'
import { type ChargeStore, ColumnChargeStore } from './charge-store.ts'
import type { Effect } from './effect.ts'
import { post } from './ledger.ts'
import { OkxAccrual } from './okx-accrual.ts'
import { type Holding, State } from './state.ts'

const never = Number.POSITIVE_INFINITY

/** The state and everything that happens to it, by command or by the passing of time; knows nothing of the journal. */
export class World {
  readonly state: State
  readonly binanceCharges: ChargeStore = new ColumnChargeStore(2)
  readonly okxCharges: ChargeStore = new ColumnChargeStore(3)
  readonly autoExchange: AutoExchange
  readonly #binance: BinanceAccrual
  readonly #okx: OkxAccrual
  readonly #dailyMidnightFrom: number

  constructor(startsAt: number, behaviour: EngineBehaviour) {
    this.state = new State(startsAt)
    this.#binance = new BinanceAccrual(this.state, this.binanceCharges)
    this.#okx = new OkxAccrual(this.state, this.okxCharges)
    this.autoExchange = new AutoExchange(this.state, startsAt, behaviour, (holding) => this.#binance.touch(holding))
    this.#dailyMidnightFrom = behaviour.dailyMidnightFrom
  }

  /** The next instant after the present one at which something may happen by itself. */
  nextDue(): number {
    const { now } = this.state
    const daily = this.#binance.mayCharge ? nextBinanceCharge(now, this.#dailyMidnightFrom) : never
    const hourly = this.#okx.mayCharge ? nextBoundary(now, everyHour) : never
    return Math.min(daily, hourly, this.autoExchange.next(now))
  }

  /** Fires everything due in `(now, instant]`, in order; at one instant charges first, then auto-exchange. */
  advance(instant: number): void {
    for (let due = this.nextDue(); due <= instant; due = this.nextDue()) {
      const charges = this.#binance.mayCharge && nextBinanceCharge(due - 1, this.#dailyMidnightFrom) === due
      if (charges) this.#binance.charge(due)
      if (this.#okx.mayCharge && boundaryAtOrBefore(due, everyHour) === due) this.#okx.charge(due)
      this.autoExchange.fire(due)
      this.state.now = due
    }
    this.state.now = instant
  }

  /** Carries out what `prepare` found possible. */
  carryOut(effect: Effect): void {
    switch (effect.kind) {
      case 'post': {
        post(this.state, effect.legs, this.state.now)
        const touched = new Set<Holding>()
        for (const leg of effect.legs) if (leg.kind === 'account') touched.add(leg.holding)
        for (const holding of touched) this.#touch(holding)
        return
      }
      case 'change':
        effect.change()
        return
      case 'market':
        effect.change()
        this.#marketMoved(effect.moves)
    }
  }

  #touch(holding: Holding): void {
    if (holding.account.exchange === 'okx') this.#okx.touch(holding)
    else {
      this.#binance.touch(holding)
      this.autoExchange.touch(holding.account)
    }
  }

  #marketMoved(moves: 'rates' | 'prices' | 'thresholds'): void {
    if (moves === 'prices') this.autoExchange.pricesChanged()
    else this.#binance.marketChanged()
    if (moves !== 'thresholds') return
    for (const { account } of this.#binance.negativeHoldings()) this.autoExchange.touch(account)
  }
}
