import { nextAutoRepay } from '../../rules/auto-repay.ts'
import type { Holding } from './account.ts'
import type { Books } from './books.ts'
import type { Process } from './process.ts'
import { repaymentLegs } from './repayment.ts'

/**
 * Auto Repay: twice a day, within the two hours before midnight, what is free in cross margin repays the negative
 * futures wallets of the same asset, where the account has the switch on (facts A4.4). Never between UM and CM.
 */
export class AutoRepay implements Process {
  readonly #books: Books
  /** Milliseconds of the UTC day. */
  readonly #runsAt: readonly number[]
  /** What a run would repay something of; follows from the balances and the switches. */
  readonly #repayable = new Set<Holding>()

  constructor(books: Books, runsAt: readonly number[]) {
    this.#books = books
    this.#runsAt = runsAt
    for (const holding of books.state.holdings.binance) this.touch(holding)
  }

  next(now: number): number {
    return this.#repayable.size === 0 ? Number.POSITIVE_INFINITY : nextAutoRepay(now, this.#runsAt)
  }

  fire(at: number): void {
    if (this.next(at - 1) !== at) return
    const due = [...this.#repayable].sort((left, right) => left.id - right.id)
    for (const holding of due) this.#books.post(repaymentLegs(holding, holding.balances['cross-free']), at, 'auto-repay')
  }

  touch(holding: Holding): void {
    const { account, balances } = holding
    const isRepayable = account.repaySwitch && balances['cross-free'] > 0n && (balances.um < 0n || balances.cm < 0n)
    if (isRepayable && account.exchange === 'binance') this.#repayable.add(holding)
    else this.#repayable.delete(holding)
  }

  marketMoved(): void {}

  /** Nothing that does not follow from balances and switches is remembered here. */
  *lines(): Generator<string> {}
}
