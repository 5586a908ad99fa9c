import { randomBytes } from 'node:crypto'
import { systemClock } from '../time/system-clock.ts'
import type { AccountAccess } from './account-access.ts'
import { venueBehaviour } from './behaviour.ts'
import type { Connection } from './connection.ts'
import { type CountedStorage, countedStorage } from './counted-storage.ts'
import type { Engine } from './engine/engine-interface.ts'
import type { Journal } from './engine/journal.ts'
import { FaultDesk, type VenueFaults } from './faults/fault-desk.ts'
import { rememberedFaults } from './faults/remembered-faults.ts'
import type { FaultInput } from './faults/rule.ts'
import type { ExchangeCall, ExchangeReply } from './http/exchange-call.ts'
import { type VenueFaces, venueFaces } from './http/faces.ts'
import { type Beginning, begin, isNew, resume } from './starting-state.ts'
import { accountAccess, rememberedAccess } from './venue-access.ts'
import { VenueClock } from './venue-clock.ts'
import type { VenueOptions } from './venue-options.ts'
import { directoryStorage, memoryStorage, type VenueStorage } from './venue-storage.ts'
import { type VenueTruth, venueTruth } from './venue-truth.ts'

/** A running exchange: both faces and the admin face behind one function, with or without a port. */
export interface Venue {
  readonly engine: Engine
  /** The venue's own time. */
  readonly clock: VenueClock
  readonly adminToken: string
  /** What goes wrong on purpose. A reset puts it back to what the venue began with; nothing of it is kept in the journal but the scenario's. */
  readonly faults: VenueFaults
  /** Whether it went on with a journal that was there, whose scenario and clock then are the ones it has. */
  readonly isResumed: boolean
  /** What is needed to sign as each account. */
  readonly accounts: readonly AccountAccess[]
  /** Answers one request, as a server's handler does. It can be handed on alone, as `fetch: venue.fetch`. */
  fetch(request: Request, connection?: Connection): Promise<Response>
  /** Answers one call to an exchange; `undefined` when its path belongs to neither. Never throws. */
  answer(call: ExchangeCall): ExchangeReply | undefined
  /** Fires every boundary the clock has crossed meanwhile; every request does so too. */
  advance(): void
  /** Every record, unpaged. @throws `venue.account-unknown` */
  truth(account?: string): VenueTruth
  close(): Promise<void>
}

/**
 * Starts an exchange of your own.
 *
 * @example
 * const venue = await createVenue({ scenario: 'empty' })
 * const response = await venue.fetch(new Request('http://venue.test/papi/v1/ping'))
 * @throws `storage.*`, `scenario.*`, `venue.behaviour-*`
 */
export async function createVenue(options: VenueOptions = {}): Promise<Venue> {
  const storage = options.data === undefined ? memoryStorage() : directoryStorage(options.data)
  try {
    return new RunningVenue(options, storage)
  } catch (error) {
    storage.close()
    throw error
  }
}

class RunningVenue implements Venue {
  readonly clock: VenueClock
  readonly adminToken: string
  readonly isResumed: boolean
  // Bound, so that it can be handed on alone: `fetch: venue.fetch`.
  readonly fetch: Venue['fetch'] = (request, connection = {}) => this.#faces.fetch(request, connection)
  readonly faults = new FaultDesk()
  readonly #startingFaults: readonly FaultInput[]
  readonly #counted: CountedStorage
  readonly #beginning: Beginning
  readonly #newFaces: () => VenueFaces
  #journal: Journal
  #engine: Engine
  #faces: VenueFaces
  #isOpen = true

  constructor(options: VenueOptions, storage: VenueStorage) {
    const { clock: real = systemClock, mode = { kind: 'real' }, scenario = 'default', onFault = () => undefined } = options
    const { face, engine } = venueBehaviour(options.behaviour)
    this.#beginning = { scenario, mode, real, behaviour: engine }
    this.#startingFaults = options.faults ?? []
    this.adminToken = options.adminToken ?? randomBytes(24).toString('base64url')
    this.#counted = countedStorage(storage)
    this.#journal = this.#counted.open()
    try {
      this.isResumed = !isNew(this.#journal)
      this.#engine = this.isResumed ? resume(this.#journal, this.#beginning) : begin(this.#journal, this.#beginning)
      this.#startFaults()
    } catch (error) {
      this.#journal.close()
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
        desk: this.faults,
      })
    this.#faces = this.#newFaces()
  }

  get engine(): Engine {
    return this.#engine
  }

  get accounts(): readonly AccountAccess[] {
    return accountAccess(this.#engine, rememberedAccess(this.#journal))
  }

  answer(call: ExchangeCall): ExchangeReply | undefined {
    return this.#faces.answer(call)
  }

  advance(): void {
    this.#engine.advanceTo(this.clock.now())
  }

  truth(account?: string): VenueTruth {
    return venueTruth(this.#engine, account)
  }

  async close(): Promise<void> {
    if (!this.#isOpen) return
    this.#isOpen = false
    this.faults.close()
    this.#engine.close()
    this.#counted.close()
  }

  #reset(to: 'scenario' | 'empty'): void {
    const beginning: Beginning = to === 'empty' ? { ...this.#beginning, scenario: 'empty' } : this.#beginning
    let engine = this.#engine
    const old = this.#engine
    this.#journal = this.#counted.replace(
      (journal) => {
        engine = begin(journal, beginning)
      },
      () => old.close(),
    )
    this.#engine = engine
    this.#faces = this.#newFaces()
    this.#startFaults()
    this.clock.wake()
  }

  /** Those of the scenario, then those the venue was made with, as on the first day. */
  #startFaults(): void {
    this.faults.clear()
    this.faults.add(...rememberedFaults(this.#journal), ...this.#startingFaults)
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
    }
  }
}
