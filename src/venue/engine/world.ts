import type { Holding } from './account.ts'
import { AutoExchange } from './auto-exchange.ts'
import { AutoRepay } from './auto-repay.ts'
import type { EngineBehaviour } from './behaviour.ts'
import { BinanceAccrual } from './binance-accrual.ts'
import { Books } from './books.ts'
import { type ChargeStores, memoryChargeStores } from './charge-stores.ts'
import type { Command } from './command.ts'
import type { Effect } from './effect.ts'
import { ForcedRepayment } from './forced-repayment.ts'
import { LoanAccrual } from './loan-accrual.ts'
import { MarginWatch } from './margin-watch.ts'
import type { WorldMemory } from './memory.ts'
import type { KeptMovement } from './movement-log.ts'
import { OkxAccrual } from './okx-accrual.ts'
import type { MarketMove, Process, Tell } from './process.ts'
import { State } from './state.ts'

/** What a world is made of besides its memory. */
export interface WorldOptions {
  /** The instant the journal begins at: checks of auto-exchange count from it. */
  readonly startsAt: number
  readonly behaviour: EngineBehaviour
  readonly tell: Tell
  /** Whether anybody listens to what is told. */
  readonly isHeard: () => boolean
  /** Default: in memory. */
  readonly charges?: ChargeStores
}

/** The state and everything that happens to it, by command or by the passing of time; knows nothing of the journal. */
export class World {
  readonly #state: State
  readonly books: Books
  readonly charges: ChargeStores
  readonly autoExchange: AutoExchange
  /** In the order in which they act at one instant: charges first. */
  readonly processes: readonly Process[]
  readonly #levels: MarginWatch
  /** A move of the clock that was begun in pieces and is not done yet. */
  #underway: Generator<void> | undefined
  #isActing = false
  #failure: unknown

  constructor(memory: WorldMemory, { startsAt, behaviour, tell, isHeard, charges }: WorldOptions) {
    this.#state = new State(memory, behaviour)
    this.books = new Books(this.#state, tell, (movement) => this.#booked(movement))
    this.charges = charges ?? memoryChargeStores()
    this.autoExchange = new AutoExchange(this.books, startsAt, behaviour, tell)
    this.#levels = new MarginWatch(this.#state, tell, isHeard)
    this.processes = [
      new BinanceAccrual(this.#state, this.charges.negativeBalance, behaviour.dailyMidnightFrom, tell),
      new LoanAccrual(this.#state, this.charges.marginLoan, tell),
      new OkxAccrual(this.#state, this.charges.okx, tell),
      new AutoRepay(this.books, behaviour.autoRepayAt),
      this.autoExchange,
      new ForcedRepayment(this.books, () => this.settle()),
      this.#levels,
    ]
  }

  /** With every balance up to date; a move of the clock that is under way is finished first. */
  get state(): State {
    this.finish()
    this.settle()
    return this.#state
  }

  /** What a command of this kind is judged by: a new rate concerns no balance, and balances may go on to lag. */
  stateFor(kind: Command['kind']): State {
    if (kind !== 'set-rate') return this.state
    this.finish()
    return this.#state
  }

  /** As the state stands now, for what reads no balance: a clock under way has come as far as `now`. */
  get unsettled(): State {
    return this.#state
  }

  /** The next instant after the present one at which something may happen by itself. */
  nextDue(): number {
    const { now } = this.#state
    return this.processes.reduce((earliest, process) => Math.min(earliest, process.next(now)), Number.POSITIVE_INFINITY)
  }

  /** Fires everything due in `(now, instant]`, in order. */
  advance(instant: number): void {
    this.begin(instant)
    this.finish()
  }

  /** Begins to advance to `instant`, piece by piece: nothing has fired yet when it returns. */
  begin(instant: number): void {
    this.finish()
    this.#underway = this.#pieces(instant)
  }

  /**
   * One piece of what was begun: some thousands of charges at most. A failure, such as a full disk, leaves a boundary
   * half crossed: the same is raised ever after, and the journal tells where to begin again.
   *
   * @returns whether there is more
   */
  step(): boolean {
    if (this.#failure !== undefined) throw this.#failure
    if (this.#underway === undefined || this.#isActing) return false
    this.#isActing = true
    try {
      if (this.#underway.next().done === true) this.#underway = undefined
    } catch (error) {
      this.#failure = error
      throw error
    } finally {
      this.#isActing = false
    }
    return this.#underway !== undefined
  }

  /** Finishes what was begun; does nothing when asked from within. */
  finish(): void {
    while (this.step());
  }

  /** Brings every balance up to date; before anything is read or commanded. */
  settle(): void {
    for (const process of this.processes) process.settle?.()
  }

  /** Carries out what `prepare` found possible. */
  carryOut(effect: Effect): void {
    this.finish()
    if (effect.kind !== 'market' || effect.moves !== 'rates' || this.#levels.isBehind) this.settle()
    if (this.#levels.isBehind) this.#levels.catchUp()
    this.#happen(effect)
    this.#tellLevels()
  }

  #happen(effect: Effect): void {
    switch (effect.kind) {
      case 'post':
        this.books.post(effect.legs, this.#state.now, effect.cause)
        effect.change?.()
        if (effect.afterwards !== undefined) this.books.post(effect.afterwards.legs, this.#state.now, effect.afterwards.cause)
        return
      case 'change':
        effect.change()
        for (const holding of effect.account?.holdings.values() ?? []) this.#touch(holding)
        if (effect.account !== undefined) this.#levels.lookAt(effect.account)
        return
      case 'market':
        effect.change()
        this.#marketMoved(effect.moves)
    }
  }

  *#pieces(instant: number): Generator<void> {
    for (let due = this.nextDue(); due <= instant; due = this.nextDue()) {
      if (this.#levels.isBehind) {
        this.settle()
        this.#levels.catchUp()
      }
      for (const process of this.processes) {
        if (process.pieces !== undefined) yield* process.pieces(due)
        else if (process.next(this.#state.now) <= due) {
          this.settle()
          process.fire(due)
        }
      }
      this.#state.now = due
      this.#tellLevels()
      yield
    }
    this.#state.now = instant
  }

  /** Levels are compared once all that belongs to one instant has happened. */
  #tellLevels(): void {
    if (!this.#levels.hasChanges) return
    this.settle()
    this.#levels.tellChanges()
  }

  #booked(movement: KeptMovement): void {
    this.#touch(movement.holding)
    for (const process of this.processes) process.moved?.(movement)
  }

  #touch(holding: Holding): void {
    for (const process of this.processes) process.touch(holding)
  }

  #marketMoved(moves: MarketMove): void {
    for (const process of this.processes) process.marketMoved(moves)
  }
}
