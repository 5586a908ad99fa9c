import type { Account, Holding } from './account.ts'
import { marginLevelOfAccount, marginStatusOf } from './margin-view.ts'
import type { MarketMove, Process, Tell } from './process.ts'
import type { MarginLevel } from './record.ts'
import type { State } from './state.ts'

/**
 * Tells when the level of a Binance account changed after a movement, a price, a requirement or terms of loans. Interest
 * alone is told of with the next of these: to look at everybody at every full hour would cost more than all charges.
 *
 * What it knows is no part of the state, and it knows something only while somebody listens: the levels as they were
 * before the first change that is heard. So what is told of a change does not depend on who listened before.
 */
export class MarginWatch implements Process {
  readonly #state: State
  readonly #tell: Tell
  readonly #isHeard: () => boolean
  /** Accounts that are not here are normal. */
  #levels: Map<Account, MarginLevel> | undefined
  readonly #touched = new Set<Account>()

  constructor(state: State, tell: Tell, isHeard: () => boolean) {
    this.#state = state
    this.#tell = tell
    this.#isHeard = isHeard
  }

  /** Whether levels have to be noted before anything changes. */
  get isBehind(): boolean {
    return this.#isHeard() !== (this.#levels !== undefined)
  }

  /** Notes the levels as they are, or forgets them when nobody listens any more; balances have to be up to date. */
  catchUp(): void {
    this.#touched.clear()
    this.#levels = this.#isHeard() ? new Map() : undefined
    for (const account of this.#state.accounts.values()) this.#note(account)
  }

  get hasChanges(): boolean {
    return this.#touched.size > 0
  }

  /** Tells of the levels that changed, once all that belongs to one instant has happened; balances have to be up to date. */
  tellChanges(): void {
    const accounts = [...this.#touched].sort((left, right) => left.index - right.index)
    this.#touched.clear()
    for (const account of accounts) {
      if (!this.#note(account)) continue
      this.#tell({
        kind: 'margin-level',
        account: account.label,
        at: this.#state.now,
        status: marginStatusOf(this.#state, account),
      })
    }
  }

  lookAt(account: Account): void {
    if (this.#levels !== undefined && account.exchange === 'binance') this.#touched.add(account)
  }

  touch({ account }: Holding): void {
    this.lookAt(account)
  }

  marketMoved(moves: MarketMove): void {
    if (this.#levels === undefined || (moves !== 'prices' && moves !== 'loans')) return
    for (const account of this.#state.accounts.values()) this.lookAt(account)
  }

  next(): number {
    return Number.POSITIVE_INFINITY
  }

  fire(): void {}

  *lines(): Generator<string> {}

  /** @returns whether it is another level than before */
  #note(account: Account): boolean {
    if (this.#levels === undefined || account.exchange !== 'binance') return false
    const level = marginLevelOfAccount(this.#state, account)
    if (level === (this.#levels.get(account) ?? 'normal')) return false
    this.#levels.set(account, level)
    return true
  }
}
