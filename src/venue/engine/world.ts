import { AutoExchange } from './auto-exchange.ts'
import type { EngineBehaviour } from './behaviour.ts'
import { BinanceAccrual } from './binance-accrual.ts'
import { Books } from './books.ts'
import { type ChargeStore, ColumnChargeStore } from './charge-store.ts'
import type { Effect } from './effect.ts'
import type { WorldMemory } from './memory.ts'
import { OkxAccrual } from './okx-accrual.ts'
import type { MarketMove, Process, Tell } from './process.ts'
import { type Holding, State } from './state.ts'

/** What a world is made of besides its memory. */
export interface WorldOptions {
  /** The instant the journal begins at: checks of auto-exchange count from it. */
  readonly startsAt: number
  readonly behaviour: EngineBehaviour
  readonly tell: Tell
}

/** The state and everything that happens to it, by command or by the passing of time; knows nothing of the journal. */
export class World {
  readonly state: State
  readonly books: Books
  readonly binanceCharges: ChargeStore = new ColumnChargeStore(2)
  readonly okxCharges: ChargeStore = new ColumnChargeStore(3)
  readonly autoExchange: AutoExchange
  /** In the order in which they act at one instant: charges first. */
  readonly processes: readonly Process[]

  constructor(memory: WorldMemory, { startsAt, behaviour, tell }: WorldOptions) {
    this.state = new State(memory)
    this.books = new Books(this.state, tell, (holding) => this.#touch(holding))
    this.autoExchange = new AutoExchange(this.books, startsAt, behaviour, tell)
    this.processes = [
      new BinanceAccrual(this.state, this.binanceCharges, behaviour.dailyMidnightFrom, tell),
      new OkxAccrual(this.state, this.okxCharges, tell),
      this.autoExchange,
    ]
  }

  /** The next instant after the present one at which something may happen by itself. */
  nextDue(): number {
    const { now } = this.state
    return this.processes.reduce((earliest, process) => Math.min(earliest, process.next(now)), Number.POSITIVE_INFINITY)
  }

  /** Fires everything due in `(now, instant]`, in order. */
  advance(instant: number): void {
    for (let due = this.nextDue(); due <= instant; due = this.nextDue()) {
      for (const process of this.processes) process.fire(due)
      this.state.now = due
    }
    this.state.now = instant
  }

  /** Brings every balance up to date; before anything is read or commanded. */
  settle(): void {
    for (const process of this.processes) process.settle?.()
  }

  /** Carries out what `prepare` found possible. */
  carryOut(effect: Effect): void {
    switch (effect.kind) {
      case 'post':
        this.books.post(effect.legs, this.state.now, effect.cause)
        effect.change?.()
        return
      case 'change':
        effect.change()
        for (const holding of effect.account?.holdings.values() ?? []) this.#touch(holding)
        return
      case 'market':
        effect.change()
        this.#marketMoved(effect.moves)
    }
  }

  #touch(holding: Holding): void {
    for (const process of this.processes) process.touch(holding)
  }

  #marketMoved(moves: MarketMove): void {
    for (const process of this.processes) process.marketMoved(moves)
  }
}
