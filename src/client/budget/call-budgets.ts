import type { Endpoint } from '../../contracts/contract.ts'
import type { Clock } from '../../time/clock.ts'
import { Budget } from './budget.ts'

/** OKX's limits: calls per endpoint, and per user or address. Share one between clients of the same user, or behind the same address. */
export class CallBudgets {
  readonly #clock: Clock
  readonly #budgets = new Map<string, Budget>()

  constructor({ clock }: { clock: Clock }) {
    this.#clock = clock
  }

  /** The budget of one endpoint. */
  of(endpoint: Endpoint): Budget {
    const known = this.#budgets.get(endpoint.name)
    if (known !== undefined) return known
    const { cost } = endpoint
    const [limit, perMs] = cost.kind === 'calls' ? [cost.calls, cost.perMs] : [cost.weight, 1]
    const budget = new Budget({ clock: this.#clock, limit, perMs })
    this.#budgets.set(endpoint.name, budget)
    return budget
  }
}
