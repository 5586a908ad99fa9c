import { okxForcedAmount, okxPlatformAmount } from '../../rules/okx-forced-repayment.ts'
import { type Cadence, everyHour, nextBoundary } from '../../time/boundary.ts'
import type { Account, Holding } from './account.ts'
import type { Books } from './books.ts'
import { lentOut } from './borrow-limits.ts'
import { buyBack } from './forced-sale.ts'
import { transfer } from './ledger.ts'
import { processMemory } from './memory.ts'
import { crossLiabilityOf, freeQuotaFor } from './okx-owed.ts'
import type { MarketMove, Process } from './process.ts'
import type { State } from './state.ts'

interface Memory {
  /** Accounts with auto-borrow off in which something changed since the last look. */
  readonly watched: Set<Account>
  /** Whether something changed that a lending pool is held against. */
  poolsWatched: boolean
  /** The last look at what changes by interest alone. */
  lookedAt: number
}

/**
 * OKX's forced repayment (facts B4.1): of a user whose auto-borrow is off and whose liability passed the free quota, and
 * of the largest borrowers where the platform has lent more than its pool. Looked for at a fixed cadence (named in the
 * behaviour), after what the full hour charged.
 *
 * Only what changed is looked at: a liability within the quota costs nothing, so that it cannot pass it by itself. What
 * interest can change is looked at once an hour.
 */
export class ForcedRepayment implements Process {
  readonly #books: Books
  readonly #state: State
  readonly #settle: () => void
  readonly #cadence: Cadence
  readonly #memory: Memory
  /** Accounts with auto-borrow off that owe; follows from balances and switches, as the two below. */
  readonly #concerned = new Set<Account>()
  /** Those of them whose debts or quota interest changes. */
  readonly #drifting = new Set<Account>()
  readonly #borrowers = new Set<Account>()

  constructor(books: Books, settle: () => void) {
    this.#books = books
    this.#state = books.state
    this.#settle = settle
    this.#cadence = { everyMs: books.state.behaviour.okxForcedRepaymentEveryMs, offsetMs: 0 }
    this.#memory = processMemory(books.state.memory, 'forced-repayment', () => ({
      watched: new Set<Account>(),
      poolsWatched: false,
      lookedAt: 0,
    }))
    for (const account of books.state.accounts.values()) this.#sort(account)
  }

  next(now: number): number {
    if (this.#memory.watched.size > 0 || this.#memory.poolsWatched) return nextBoundary(now, this.#cadence)
    if (!this.#isDrifting) return Number.POSITIVE_INFINITY
    return nextBoundary(Math.max(now, nextBoundary(this.#memory.lookedAt, everyHour) - 1), this.#cadence)
  }

  fire(at: number): void {
    if (this.next(at - 1) !== at) return
    this.#settle()
    const memory = this.#memory
    const isHourly = this.#isDrifting && nextBoundary(memory.lookedAt, everyHour) <= at
    const accounts = new Set([...memory.watched, ...(isHourly ? this.#drifting : [])])
    const poolsToo = memory.poolsWatched || isHourly
    memory.watched.clear()
    memory.poolsWatched = false
    if (isHourly) memory.lookedAt = at
    for (const account of [...accounts].sort((left, right) => left.index - right.index)) this.#repayUser(account, at)
    if (poolsToo) for (const [asset, pool] of this.#state.market.lendingPoolsOf('okx')) this.#repayPlatform(asset, pool, at)
  }

  touch(holding: Holding): void {
    const { account, asset } = holding
    if (account.exchange !== 'okx') return
    this.#sort(account)
    if (this.#concerned.has(account)) this.#memory.watched.add(account)
    if (this.#state.market.lendingPool('okx', asset) !== undefined) this.#memory.poolsWatched = true
  }

  marketMoved(moves: MarketMove): void {
    if (moves === 'thresholds') return
    for (const account of this.#concerned) this.#memory.watched.add(account)
    if (this.#hasPools) this.#memory.poolsWatched = true
  }

  *lines(): Generator<string> {
    const { watched, poolsWatched, lookedAt } = this.#memory
    const indexes = [...watched].map(({ index }) => index).sort((left, right) => left - right)
    yield `forced ${indexes.join(' ')} ${poolsWatched} ${lookedAt}`
  }

  get #hasPools(): boolean {
    return !this.#state.market.lendingPoolsOf('okx').next().done
  }

  get #isDrifting(): boolean {
    return this.#drifting.size > 0 || (this.#borrowers.size > 0 && this.#hasPools)
  }

  #sort(account: Account): void {
    const debts = [...account.holdings.values()].filter(owes)
    const isConcerned = debts.length > 0 && !account.autoBorrow
    place(this.#borrowers, account, debts.length > 0)
    place(this.#concerned, account, isConcerned)
    place(this.#drifting, account, isConcerned && debts.some(drifts))
    if (!isConcerned) this.#memory.watched.delete(account)
  }

  /** Brings each liability that shares the quota back to it. */
  #repayUser(account: Account, at: number): void {
    if (account.autoBorrow) return
    for (const holding of [...account.holdings.values()]) {
      if (holding.instId !== '' || holding.order !== '') continue
      const quota = freeQuotaFor(this.#state, account, holding.asset)
      const { sharingQuota } = crossLiabilityOf(holding, () => quota)
      const needed = okxForcedAmount(sharingQuota, quota, this.#state.behaviour.okxForcedRepaymentStep)
      if (needed > 0n) buyBack(this.#books, holding, needed, at)
    }
  }

  /** Once more is lent than the pool holds: the largest borrowers first, until only the named share of it is lent. */
  #repayPlatform(asset: string, pool: bigint, at: number): void {
    const lent = lentOut(this.#state, 'okx', asset)
    let beyond = okxPlatformAmount(lent, pool, this.#state.behaviour.okxPlatformRepaymentToPercent)
    if (beyond === 0n) return
    const borrowers = [...this.#borrowers].flatMap((account) => account.holdings.get(asset) ?? [])
    const largestFirst = borrowers
      .map((holding) => ({ holding, borrowed: borrowedIn(holding) }))
      .sort((left, right) => descending(left.borrowed, right.borrowed) || left.holding.account.index - right.holding.account.index)
    for (const { holding, borrowed } of largestFirst) {
      if (beyond <= 0n || borrowed === 0n) break
      beyond -= this.#repayBorrower(holding, borrowed < beyond ? borrowed : beyond, at)
    }
  }

  /** Coins borrowed in spot mode that are still there go back as they are; the rest is bought. */
  #repayBorrower(holding: Holding, needed: bigint, at: number): bigint {
    const returned = this.#returnSpot(holding, needed, at)
    const bought = buyBack(this.#books, holding, needed - returned, at)
    this.#returnSpot(holding, bought, at)
    return returned + bought
  }

  #returnSpot(holding: Holding, amount: bigint, at: number): bigint {
    const { cash, 'spot-borrowed': spotBorrowed } = holding.balances
    const returned = [amount, cash, -spotBorrowed].reduce((least, each) => (each < least ? each : least))
    if (returned <= 0n) return 0n
    this.#books.post(transfer(holding, 'cash', 'spot-borrowed', returned), at, 'forced-repayment')
    return returned
  }
}

/** Whether a holding owes anything in cross margin or by a VIP loan, or may come to by the interest of it. */
function owes({ balances }: Holding): boolean {
  const { cash, 'cash-unrealised': unrealised } = balances
  return cash < 0n || cash + unrealised < 0n || balances['spot-borrowed'] < 0n || balances['vip-borrowed'] < 0n
}

/** Whether interest is taken although the quota is not passed, or may lower the equity that enlarges another quota. */
function drifts({ balances }: Holding): boolean {
  return balances['spot-borrowed'] < 0n || balances['vip-borrowed'] < 0n || (balances.cash < 0n && balances['cash-unrealised'] > 0n)
}

/** Coins borrowed in cross margin. */
function borrowedIn({ balances }: Holding): bigint {
  return (balances.cash < 0n ? -balances.cash : 0n) - balances['spot-borrowed']
}

function place(accounts: Set<Account>, account: Account, belongs: boolean): void {
  if (belongs) accounts.add(account)
  else accounts.delete(account)
}

function descending(left: bigint, right: bigint): number {
  return left === right ? 0 : left > right ? -1 : 1
}
