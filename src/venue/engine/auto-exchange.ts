import { createHash } from 'node:crypto'
import { autoExchangeFrom, autoExchangeCheckEveryMs as checkEveryMs, isBeyondMaximum } from '../../rules/auto-exchange.ts'
import { boundaryAtOrBefore, nextBoundary } from '../../time/boundary.ts'
import type { Account, Holding } from './account.ts'
import { amountOf } from './amount.ts'
import { autoExchangeLegs } from './auto-exchange-plan.ts'
import type { EngineBehaviour } from './behaviour.ts'
import type { Books } from './books.ts'
import { processMemory } from './memory.ts'
import type { MarketMove, Process, Tell } from './process.ts'
import type { ExchangeRun } from './record.ts'
import { type State, totalOf } from './state.ts'

interface OpenRun {
  readonly account: Account
  readonly holdings: readonly Holding[]
  readonly record: ExchangeRun
}

interface Memory {
  readonly watched: Set<Account>
  readonly exhausted: Set<Holding>
  readonly open: OpenRun[]
  /** Finished runs by account, oldest first. */
  readonly done: Map<Account, ExchangeRun[]>
}

/**
 * Sells other assets when a negative total passes its maximum threshold. Event driven: only accounts that changed since
 * the last check and stand beyond a maximum are looked at, which is exact because interest leaves wallet totals alone.
 *
 * A run that could not bring an asset back within its maximum marks it exhausted: the next run for it starts only once
 * there is something to free, repay or sell again, so that an empty account is not "exchanged" every ten minutes.
 */
export class AutoExchange implements Process {
  readonly #state: State
  readonly #books: Books
  readonly #tell: Tell
  readonly #cadence: { readonly everyMs: number; readonly offsetMs: number }
  readonly #duration: EngineBehaviour['autoExchangeDurationMs']
  readonly #memory: Memory

  constructor(books: Books, startsAt: number, behaviour: EngineBehaviour, tell: Tell) {
    this.#state = books.state
    this.#books = books
    this.#tell = tell
    this.#cadence = { everyMs: checkEveryMs, offsetMs: startsAt - boundaryAtOrBefore(startsAt, { everyMs: checkEveryMs, offsetMs: 0 }) }
    this.#duration = behaviour.autoExchangeDurationMs
    this.#memory = processMemory(books.state.memory, 'auto-exchange', () => ({
      watched: new Set<Account>(),
      exhausted: new Set<Holding>(),
      open: [],
      done: new Map(),
    }))
  }

  /** The next instant at which a check or the end of a run is due. */
  next(now: number): number {
    const check =
      this.#memory.watched.size === 0 ? Number.POSITIVE_INFINITY : nextBoundary(Math.max(now, autoExchangeFrom - 1), this.#cadence)
    return this.#memory.open.reduce((earliest, { record }) => Math.min(earliest, record.to), check)
  }

  touch({ account }: Holding): void {
    if (account.exchange === 'binance') this.#lookAt(account)
  }

  #lookAt(account: Account): void {
    for (const holding of account.holdings.values()) {
      if (this.#isBeyond(holding)) this.#memory.watched.add(account)
      else if (holding.exhausted) this.#mark(holding, false)
    }
  }

  /** With another price what could not be sold may be sellable now; another threshold concerns everybody below zero. */
  marketMoved(moves: MarketMove): void {
    if (moves === 'prices') for (const { account } of this.#memory.exhausted) this.#memory.watched.add(account)
    if (moves !== 'thresholds') return
    const negative = this.#state.holdings.binance.filter((holding) => totalOf(holding) < 0n)
    for (const account of new Set(negative.map(({ account }) => account))) this.#lookAt(account)
  }

  /** Ends the runs due at `at`, then checks what changed. */
  fire(at: number): void {
    for (const run of this.#memory.open.filter(({ record }) => record.to === at)) this.#finish(run, at)
    const isCheck = at >= autoExchangeFrom && boundaryAtOrBefore(at, this.#cadence) === at
    if (!isCheck) return
    const accounts = [...this.#memory.watched].sort((left, right) => left.index - right.index)
    this.#memory.watched.clear()
    for (const account of accounts) this.#check(account, at)
  }

  runsOf(account: Account): readonly ExchangeRun[] {
    return this.#memory.done.get(account) ?? []
  }

  *lines(): Generator<string> {
    for (const { record } of this.#memory.open) yield `open ${runLine(record)}`
    for (const runs of this.#memory.done.values()) for (const run of runs) yield `run ${runLine(run)}`
  }

  #isBeyond(holding: Holding): boolean {
    return isBeyondMaximum(totalOf(holding), this.#state.market.thresholds(holding.asset, holding.account.vip)?.maximum)
  }

  #check(account: Account, at: number): void {
    // The end of the run under way looks at the account again.
    if (account.exchanging) return
    const due = [...account.holdings.values()].filter(
      (holding) => this.#isBeyond(holding) && (!holding.exhausted || autoExchangeLegs(this.#state, holding).length > 0),
    )
    if (due.length === 0) return
    const details = due.map((holding) => {
      const maximum = this.#state.market.thresholds(holding.asset, account.vip)?.maximum ?? 0n
      return Object.freeze({
        asset: holding.asset,
        negativeBalance: amountOf(-totalOf(holding), 'binance'),
        maximumThreshold: amountOf(maximum, 'binance'),
      })
    })
    const record = Object.freeze({
      account: account.label,
      from: at,
      to: at + this.#durationOf(account, at),
      details: Object.freeze(details),
    })
    account.exchanging = true
    this.#memory.open.push({ account, holdings: due, record })
  }

  #durationOf(account: Account, at: number): number {
    const { minimum, maximum } = this.#duration
    const seed = createHash('sha256').update(`${at} ${account.label}`).digest().readUInt32BE(0)
    return Math.max(minimum + (seed % (Math.max(maximum - minimum, 0) + 1)), 1)
  }

  #finish(run: OpenRun, at: number): void {
    this.#memory.open.splice(this.#memory.open.indexOf(run), 1)
    run.account.exchanging = false
    for (const holding of run.holdings) {
      const legs = autoExchangeLegs(this.#state, holding)
      this.#books.post(legs, at, 'auto-exchange')
    }
    for (const holding of run.holdings) this.#mark(holding, this.#isBeyond(holding))
    const done = this.#memory.done.get(run.account) ?? []
    this.#memory.done.set(run.account, done)
    done.push(run.record)
    this.#lookAt(run.account)
    this.#tell({ kind: 'exchange-run', run: run.record })
  }

  #mark(holding: Holding, exhausted: boolean): void {
    holding.exhausted = exhausted
    if (exhausted) this.#memory.exhausted.add(holding)
    else this.#memory.exhausted.delete(holding)
  }
}

function runLine({ account, from, to, details }: ExchangeRun): string {
  const assets = details.map(
    ({ asset, negativeBalance, maximumThreshold }) => `${asset} ${negativeBalance.mantissa} ${maximumThreshold.mantissa}`,
  )
  return [account, from, to, ...assets].join(' ')
}
