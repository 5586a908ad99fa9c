import type { Exchange } from '../../contracts/contract.ts'
import type { Decimal } from '../../decimal/decimal.ts'
import { fail, isOverdraftError } from '../../errors/overdraft-error.ts'
import { amountOf } from './amount.ts'
import type { EngineBehaviour } from './behaviour.ts'
import { queryBinanceCharges, queryOkxCharges } from './charge-query.ts'
import type { ApiKey, ClockMode, Command, JournalEntry } from './command.ts'
import { digestOf } from './digest.ts'
import type { ChargeQuery, Engine, MovementQuery, OkxChargeQuery } from './engine-interface.ts'
import { commandText } from './entry-text.ts'
import { findAccount, findAccountOf } from './find-account.ts'
import type { Journal } from './journal.ts'
import { marketAssets, rateHistory } from './market-view.ts'
import { newMemory } from './memory.ts'
import { memoryJournal } from './memory-journal.ts'
import { type Origin, originOf } from './origin.ts'
import { prepare } from './prepare.ts'
import type {
  AccountSettings,
  AccountState,
  BinanceBalance,
  BinanceCharge,
  EngineEvent,
  ExchangeRun,
  LoanCharge,
  MarginStatus,
  Movement,
  OkxBalance,
  OkxCharge,
  RateChange,
  Requirements,
} from './record.ts'
import { accountSettings, accountState, binanceBalance, okxBalances, requirementsOf } from './view.ts'
import { World } from './world.ts'

export type { EngineBehaviour } from './behaviour.ts'

export interface EngineOptions {
  /** The instant of an empty journal; a journal that was begun keeps its own. */
  readonly startsAt: number
  /** Default: in memory. */
  readonly journal?: Journal
  readonly behaviour?: Partial<EngineBehaviour>
}

const instantMax = 8_640_000_000_000_000

/**
 * An exchange engine, standing where its journal ends.
 *
 * @example
 * const engine = createEngine({ startsAt: 0 })
 * engine.apply({ kind: 'open-account', account: 'main', exchange: 'binance', vip: 0 })
 * @throws `storage.damaged`, `venue.journal-inconsistent`, `venue.behaviour-differs`
 */
export function createEngine(options: EngineOptions): Engine {
  checkInstant(options.startsAt)
  return new JournaledEngine(options.journal ?? memoryJournal(), options)
}

class JournaledEngine implements Engine {
  readonly #journal: Journal
  readonly #origin: Origin
  readonly #byId = new Map<string, JournalEntry>()
  readonly #listeners = new Set<(event: EngineEvent) => void>()
  #world: World
  #sequence = 0

  constructor(journal: Journal, options: EngineOptions) {
    this.#journal = journal
    this.#origin = originOf(journal, options.startsAt, options.behaviour ?? {})
    this.#world = this.#replay()
  }

  get now(): number {
    return this.#world.state.now
  }

  get clockMode(): ClockMode | undefined {
    return this.#world.state.clockMode
  }

  advanceTo(instant: number): void {
    this.#checkForward(instant)
    if (this.#world.nextDue() <= instant) {
      const entry: JournalEntry = Object.freeze({
        sequence: this.#sequence + 1,
        at: instant,
        command: Object.freeze({ kind: 'clock-move' }),
      })
      this.#journal.append([entry])
      this.#sequence++
    }
    this.#world.advance(instant)
  }

  apply(command: Command, options: { readonly at?: number; readonly id?: string } = {}): JournalEntry {
    const known = options.id === undefined ? undefined : this.#byId.get(options.id)
    if (known !== undefined) return repeated(known, command)
    this.advanceTo(options.at ?? this.now)
    const effect = prepare(this.#world.state, command)
    const entry = journalEntry(this.#sequence + 1, this.now, command, options.id)
    this.#journal.append([entry])
    this.#note(entry)
    this.#world.carryOut(effect)
    this.#tell({ kind: 'command', sequence: entry.sequence, at: entry.at, command: command.kind })
    return entry
  }

  applyAll(commands: Iterable<{ readonly command: Command; readonly at: number; readonly id?: string }>): void {
    const before = this.now
    const entries: JournalEntry[] = []
    try {
      for (const { command, at, id } of commands) {
        const known = id === undefined ? undefined : this.#byId.get(id)
        if (known !== undefined) {
          repeated(known, command)
          continue
        }
        this.#checkForward(at)
        this.#world.advance(at)
        const effect = prepare(this.#world.state, command)
        const entry = journalEntry(this.#sequence + 1, at, command, id)
        entries.push(entry)
        this.#note(entry)
        this.#world.carryOut(effect)
      }
      if (entries.length > 0) this.#journal.append(entries)
    } catch (error) {
      this.#rollBack(before)
      throw error
    }
  }

  accounts(): readonly AccountState[] {
    return [...this.#world.state.accounts.values()].map(accountState)
  }

  accountOfKey(apiKey: string): { readonly account: AccountState; readonly key: ApiKey } | undefined {
    const owner = this.#world.state.keyOwners.get(apiKey)
    return owner && { account: accountState(owner.account), key: owner.key }
  }

  keysOf(account: string): readonly ApiKey[] {
    return [...findAccount(this.#world.state, account).keys]
  }

  binanceBalances(account: string): readonly BinanceBalance[] {
    const found = findAccountOf(this.#world.state, account, 'binance', 'binanceBalances')
    return [...found.holdings.values()].map(binanceBalance)
  }

  okxBalances(account: string): readonly OkxBalance[] {
    const { state } = this.#world
    return okxBalances(state, findAccountOf(state, account, 'okx', 'okxBalances'))
  }

  binanceCharges(query: ChargeQuery): readonly BinanceCharge[] {
    const { state, binanceCharges } = this.#world
    return queryBinanceCharges(state, binanceCharges, findAccountOf(state, query.account, 'binance', 'binanceCharges'), query)
  }

  okxCharges(query: OkxChargeQuery): readonly OkxCharge[] {
    const { state, okxCharges } = this.#world
    const account = findAccountOf(state, query.account, 'okx', 'okxCharges')
    return queryOkxCharges(state, okxCharges, account, query, this.#origin.behaviour.okxRecordDelayMs)
  }

  exchangeRuns({ account, asset, from = 0, to = instantMax, limit }: ChargeQuery): readonly ExchangeRun[] {
    const found = findAccountOf(this.#world.state, account, 'binance', 'exchangeRuns')
    const runs = this.#world.autoExchange
      .runsOf(found)
      .filter((run) => run.from >= from && run.from <= to && (asset === undefined || run.details.some((detail) => detail.asset === asset)))
    return runs.reverse().slice(0, limit)
  }

  loanCharges(query: ChargeQuery): readonly LoanCharge[] {
    findAccountOf(this.#world.state, query.account, 'binance', 'loanCharges')
    throw new Error('not built yet')
  }

  movements(query: MovementQuery): readonly Movement[] {
    const { state, books } = this.#world
    return books.movements.query(findAccount(state, query.account), query)
  }

  marginStatus(account: string): MarginStatus {
    findAccountOf(this.#world.state, account, 'binance', 'marginStatus')
    throw new Error('not built yet')
  }

  requirementsOf(account: string): readonly Requirements[] {
    return requirementsOf(findAccountOf(this.#world.state, account, 'binance', 'requirementsOf'))
  }

  settingsOf(account: string): AccountSettings {
    return accountSettings(findAccount(this.#world.state, account))
  }

  maxWithdraw(account: string, _asset: string): Decimal {
    findAccountOf(this.#world.state, account, 'binance', 'maxWithdraw')
    throw new Error('not built yet')
  }

  maxBorrow(account: string, _asset: string): { readonly amount: Decimal; readonly limit: Decimal } {
    findAccount(this.#world.state, account)
    throw new Error('not built yet')
  }

  lendable(_exchange: Exchange, _asset: string): Decimal | undefined {
    throw new Error('not built yet')
  }

  rateHistory(query: Parameters<Engine['rateHistory']>[0]): readonly RateChange[] {
    return rateHistory(this.#world.state.market, query)
  }

  marketAssets(): readonly string[] {
    return marketAssets(this.#world.state.market)
  }

  collateralRateOf(asset: string): Decimal | undefined {
    return this.#world.state.market.collateralRates.get(asset)
  }

  subscribe(listener: (event: EngineEvent) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  priceOf(asset: string): Decimal | undefined {
    return this.#world.state.market.prices.get(asset)
  }

  rateOf(exchange: Exchange, asset: string, vip: number): Decimal | undefined {
    const { market } = this.#world.state
    const index = market.rateIndex(exchange, asset, vip)
    return index === undefined ? undefined : market.rates[index]
  }

  thresholdsOf(asset: string, vip: number): { readonly free: Decimal; readonly maximum: Decimal } | undefined {
    const found = this.#world.state.market.thresholds(asset, vip)
    return found && { free: amountOf(found.free, 'binance'), maximum: amountOf(found.maximum, 'binance') }
  }

  freeQuotaOf(asset: string): Decimal | undefined {
    const quota = this.#world.state.market.freeQuotas.get(asset)
    return quota === undefined ? undefined : amountOf(quota, 'okx')
  }

  digest(): string {
    const { state, binanceCharges, okxCharges, processes } = this.#world
    return digestOf(state, [binanceCharges, okxCharges], processes)
  }

  journal(): Iterable<JournalEntry> {
    return this.#journal.read()
  }

  close(): void {
    this.#journal.close()
  }

  /** A world made from nothing but the journal. @throws `venue.journal-inconsistent` */
  #replay(): World {
    const { startsAt, behaviour } = this.#origin
    let replaying = true
    const world = new World(newMemory(startsAt), { startsAt, behaviour, tell: (event) => replaying || this.#tell(event) })
    this.#sequence = 0
    this.#byId.clear()
    for (const entry of this.#journal.read()) {
      const { sequence, at, command } = entry
      if (sequence !== this.#sequence + 1)
        fail('venue.journal-inconsistent', { sequence, reason: `entry ${this.#sequence + 1} should come first` })
      if (at < world.state.now) fail('venue.journal-inconsistent', { sequence, reason: `its instant ${at} lies before ${world.state.now}` })
      world.advance(at)
      if (command.kind !== 'clock-move') carryOutAgain(world, sequence, command)
      this.#note(entry)
    }
    replaying = false
    return world
  }

  #tell(event: EngineEvent): void {
    for (const listener of [...this.#listeners]) listener(event)
  }

  #rollBack(now: number): void {
    this.#world = this.#replay()
    this.#world.advance(Math.max(now, this.#world.state.now))
  }

  #note(entry: JournalEntry): void {
    this.#sequence = entry.sequence
    if (entry.id !== undefined) this.#byId.set(entry.id, entry)
  }

  #checkForward(instant: number): void {
    checkInstant(instant)
    if (instant < this.now) fail('time.clock-backwards', { now: this.now, target: instant })
  }
}

function carryOutAgain(world: World, sequence: number, command: Command): void {
  try {
    world.carryOut(prepare(world.state, command))
  } catch (error) {
    if (!isOverdraftError(error)) throw error
    fail('venue.journal-inconsistent', { sequence, reason: error.message }, error)
  }
}

/** What a repeated id is answered with. @throws `venue.id-taken` */
function repeated(known: JournalEntry, command: Command): JournalEntry {
  if (isRepetition(known.command, command)) return known
  return fail('venue.id-taken', { id: known.id ?? '', kind: known.command.kind, sequence: known.sequence })
}

/** The content of a key and of a move of the clock is made anew each time it is asked for: there it need not be the same. */
function isRepetition(first: JournalEntry['command'], second: Command): boolean {
  if (first.kind === 'set-clock') return second.kind === 'set-clock'
  if (first.kind === 'add-key') return second.kind === 'add-key' && second.account === first.account
  return commandText(first) === commandText(second)
}

function journalEntry(sequence: number, at: number, command: Command, id: string | undefined): JournalEntry {
  const kept = Object.freeze({ ...command })
  return Object.freeze(id === undefined ? { sequence, at, command: kept } : { sequence, at, id, command: kept })
}

function checkInstant(at: number): void {
  if (!Number.isSafeInteger(at) || at < 0 || at > instantMax) fail('venue.instant-malformed', { at })
}
