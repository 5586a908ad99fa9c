import type { BinancePool } from '../../contracts/binance/pools.ts'
import type { Clock } from '../../time/clock.ts'
import { minuteMs } from '../../time/units.ts'
import { Budget } from './budget.ts'

/** Binance's pools by name, each with a budget of its own. Share one between all clients behind the same IP address. */
export class PoolBudgets {
  readonly #clock: Clock
  readonly #budgets = new Map<string, Budget>()

  constructor({ clock }: { clock: Clock }) {
    this.#clock = clock
  }

  of({ name, limit }: BinancePool): Budget {
    const known = this.#budgets.get(name)
    if (known !== undefined) return known
    const budget = new Budget({ clock: this.#clock, limit, perMs: minuteMs })
    this.#budgets.set(name, budget)
    return budget
  }
}
