import { randomBytes } from 'node:crypto'
import { fail } from '../errors/overdraft-error.ts'
import { systemClock } from '../time/system-clock.ts'
import type { AccountAccess } from './account-access.ts'
import { venueBehaviour } from './behaviour.ts'
import { type CountedStorage, countedStorage } from './counted-storage.ts'
import type { JournalEntry } from './engine/command.ts'
import type { EngineFiles } from './engine/engine-files.ts'
import type { Engine } from './engine/engine-interface.ts'
import { FaultDesk } from './faults/fault-desk.ts'
import { rememberedFaults } from './faults/remembered-faults.ts'
import type { FaultInput } from './faults/rule.ts'
import { checkedInput } from './faults/rule-schema.ts'
import { requestOf } from './http/call-of-request.ts'
import type { ExchangeCall, ExchangeReply } from './http/exchange-call.ts'
import { type VenueFaces, venueFaces } from './http/faces.ts'
import { listenVenue } from './http/listen.ts'
import type { Listening, ListenOptions } from './http/listening.ts'
import { memoryStorage } from './memory-storage.ts'
import type { Snapshot } from './snapshot.ts'
import { type Beginning, begin, isNew, resume } from './starting-state.ts'
import { eventTexts } from './streams/event-texts.ts'
import { type StreamReader, type StreamScope, UserStreams } from './streams/user-streams.ts'
import type { Venue } from './venue.ts'
import { accountAccess, rememberedAccess } from './venue-access.ts'
import { VenueClock } from './venue-clock.ts'
import { type EventStreamOptions, type VenueEvent, VenueEvents } from './venue-events.ts'
import type { ForkOptions, VenueOptions } from './venue-options.ts'
import type { VenueStorage } from './venue-storage.ts'
import { VenueTicker } from './venue-ticker.ts'
import { type VenueTruth, venueTruth } from './venue-truth.ts'
import { commandOf, type WrittenCommand } from './written-command.ts'

/** A venue with its engine, its clock, its faces and what it tells; each reset or restore replaces the engine. */
export class RunningVenue implements Venue {
  readonly clock: VenueClock
  readonly adminToken: string
  readonly isResumed: boolean
  // Bound, so that it can be handed on alone: `fetch: venue.fetch`.
  readonly fetch: Venue['fetch'] = (input, init = {}) => this.#faces.fetch(requestOf(input, init), init)
  readonly faults = new FaultDesk()
  readonly #options: VenueOptions
  readonly #startingFaults: readonly FaultInput[]
  readonly #counted: CountedStorage
  readonly #beginning: Beginning
  readonly #newFaces: () => VenueFaces
  readonly #events: VenueEvents
  readonly #streams: UserStreams
  readonly #ticker: VenueTicker
  readonly #listening = new Set<Listening>()
  #files: EngineFiles
  #engine: Engine
  #faces: VenueFaces
  #isOpen = true

  /** @param frozenAt where its clock is stopped before it has moved */
  constructor(options: VenueOptions, storage: VenueStorage, frozenAt?: number) {
    this.#options = options
    const { clock: real = systemClock, mode = { kind: 'real' }, scenario = 'default', onFault = () => undefined } = options
    const { face, engine } = venueBehaviour(options.behaviour)
    this.#beginning = { scenario, mode, real, behaviour: engine }
    // Looked at before anything is written.
    this.#startingFaults = (options.faults ?? []).map(checkedInput)
    this.adminToken = options.adminToken ?? randomBytes(24).toString('base64url')
    this.#counted = countedStorage(storage, () => this.#ticker?.look())
    this.#files = this.#counted.open()
    try {
      this.isResumed = !isNew(this.#files.journal)
      this.#engine = this.isResumed ? resume(this.#files, this.#beginning) : begin(this.#files, this.#beginning)
      if (frozenAt !== undefined) freezeEngine(this.#engine, frozenAt)
      this.#startFaults()
    } catch (error) {
      this.#files.journal.close()
      throw error
    }
    this.clock = new VenueClock({ real, engine: () => this.#engine })
    this.#newFaces = () =>
      venueFaces({
        host: this.#adminHost(),
        clock: this.clock,
        real,
        behaviour: face,
        onFault,
        advance: () => this.advance(),
        listenKeys: this.#streams,
        desk: this.faults,
      })
    this.#events = new VenueEvents(onFault)
    this.#streams = new UserStreams({
      engine: () => this.#engine,
      clock: this.clock,
      behaviour: face,
      subscribe: (listener) => this.#events.subscribe(listener),
      onFault,
    })
    this.#faces = this.#newFaces()
    this.#events.follow(this.#engine)
    this.#ticker = new VenueTicker({ real, clock: this.clock, onFault })
    try {
      this.advance()
    } catch (error) {
      // What is due could not be written down; it stays due.
      onFault(error)
    }
  }

  get engine(): Engine {
    return this.#engine
  }

  get accounts(): readonly AccountAccess[] {
    return accountAccess(this.#engine, rememberedAccess(this.#files.journal))
  }

  account(label: string): AccountAccess {
    return this.accounts.find((access) => access.label === label) ?? fail('venue.account-unknown', { account: label })
  }

  apply(command: WrittenCommand): JournalEntry {
    this.clock.finish()
    return this.#engine.apply(commandOf(command), { at: this.clock.now() })
  }

  answer(call: ExchangeCall): ExchangeReply | undefined {
    return this.#faces.answer(call)
  }

  advance(): void {
    this.clock.catchUp()
  }

  truth(account?: string): VenueTruth {
    return venueTruth(this.#engine, account)
  }

  subscribe(listener: (event: VenueEvent) => void): () => void {
    return this.#events.subscribe(listener)
  }

  events(options?: EventStreamOptions): AsyncIterableIterator<VenueEvent> {
    return this.#events.stream(options)
  }

  openUserStream(listenKey: string, reader: StreamReader, scope?: StreamScope): () => void {
    this.#requireOpen('a user data stream')
    return this.#streams.open(listenKey, reader, scope)
  }

  userStream(listenKey: string, options?: EventStreamOptions): AsyncIterableIterator<string> {
    return eventTexts((reader) => this.openUserStream(listenKey, reader), options)
  }

  emit(account: string, event: string | object): number {
    return this.#streams.emit(account, event)
  }

  snapshot(name: string): Snapshot {
    this.#requireOpen('a snapshot')
    this.clock.catchUp()
    return this.#counted.keep(name, this.#engine)
  }

  snapshots(): readonly Snapshot[] {
    return this.#counted.snapshots()
  }

  restore(name: string): void {
    this.#requireOpen('a restore')
    this.#begin('restore', (files) => resume(files, this.#beginning), name)
  }

  dropSnapshot(name: string): void {
    this.#counted.drop(name)
  }

  async fork(options: ForkOptions = {}): Promise<Venue> {
    this.#requireOpen('a fork')
    const at = this.clock.now()
    const { adminToken: _own, data: _kept, ...same } = this.#options
    return new RunningVenue({ ...same, mode: { kind: 'frozen', at }, ...options }, memoryStorage(this.#engine.copy()), at)
  }

  async listen({ port = 0, ...options }: Partial<ListenOptions> = {}): Promise<Listening> {
    this.#requireOpen('listening')
    const { url, close } = await listenVenue(this, { port, clock: this.#beginning.real, ...options })
    const listening: Listening = {
      url,
      close: async () => {
        this.#listening.delete(listening)
        await close()
      },
    }
    this.#listening.add(listening)
    return listening
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.#ticker.stop()
    this.#streams.clear('venue-closed')
    this.#events.close()
    this.faults.close()
    try {
      await Promise.all([...this.#listening].map((listening) => listening.close()))
    } finally {
      this.#engine.close()
      this.#counted.close()
    }
  }

  #reset(to: 'scenario' | 'empty'): void {
    const beginning: Beginning = to === 'empty' ? { ...this.#beginning, scenario: 'empty' } : this.#beginning
    this.#begin('reset', (files) => begin(files, beginning))
  }

  /** Goes on with another engine, from nothing or from a snapshot; when that fails, with the one there is. */
  #begin(by: 'reset' | 'restore', engineOn: (files: EngineFiles) => Engine, from?: string): void {
    const old = this.#engine
    let engine = old
    this.#files = this.#counted.replace({
      ...(from === undefined ? {} : { from }),
      fill: (files) => {
        engine = engineOn(files)
      },
      close: () => old.close({ isDiscarded: true }),
    })
    this.#engine = engine
    this.#faces = this.#newFaces()
    this.#startFaults()
    this.#events.follow(engine)
    this.clock.wake()
    this.#ticker.look()
    this.#events.tell({ kind: 'replaced', at: engine.now, by })
  }

  #requireOpen(what: string): void {
    if (!this.#isOpen) fail('venue.closed', { what })
  }

  /** Those of the scenario, then those the venue was made with, as on the first day. */
  #startFaults(): void {
    this.faults.clear()
    this.faults.add(...rememberedFaults(this.#files.journal), ...this.#startingFaults)
  }

  #adminHost() {
    return {
      token: this.adminToken,
      clock: this.clock,
      faults: this.faults,
      engine: () => this.#engine,
      revision: () => this.#counted.revision(),
      accounts: () => this.accounts,
      truth: (account?: string) => this.truth(account),
      reset: (to: 'scenario' | 'empty') => this.#reset(to),
      snapshot: (name: string) => this.snapshot(name),
      snapshots: () => this.snapshots(),
      restore: (name: string) => this.restore(name),
      dropSnapshot: (name: string) => this.dropSnapshot(name),
      emit: (account: string, event: string | object) => this.emit(account, event),
    }
  }
}

/** The clock of a fork stands still before anything can happen on it. */
function freezeEngine(engine: Engine, at: number): void {
  if (engine.clockMode?.kind === 'frozen') return
  engine.apply({ kind: 'set-clock', mode: { kind: 'frozen', anchorMs: at } }, { at })
}
