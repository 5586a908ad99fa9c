import type { AccountAccess } from './account-access.ts'
import type { Connection } from './connection.ts'
import type { JournalEntry } from './engine/command.ts'
import type { Engine } from './engine/engine-interface.ts'
import type { VenueFaults } from './faults/fault-desk.ts'
import type { ExchangeCall, ExchangeReply } from './http/exchange-call.ts'
import type { Listening, ListenOptions } from './http/listening.ts'
import type { Snapshot } from './snapshot.ts'
import type { StreamReader, StreamScope } from './streams/user-streams.ts'
import type { VenueClock } from './venue-clock.ts'
import type { EventStreamOptions, VenueEvent } from './venue-events.ts'
import type { ForkOptions } from './venue-options.ts'
import type { VenueTruth } from './venue-truth.ts'
import type { WrittenCommand } from './written-command.ts'

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
  /**
   * What is needed to sign as the account of that label.
   * @throws `venue.account-unknown`, also where the venue holds no private half of any of its keys
   */
  account(label: string): AccountAccess
  /**
   * Answers one request, as a server's handler does or in place of the global `fetch`; whatever host the URL names, it goes
   * no further than this venue. It can be handed on alone, as `fetch: venue.fetch`.
   */
  fetch(input: Request | URL | string, init?: RequestInit & Connection): Promise<Response>
  /**
   * Lets something happen at the venue's instant: money moves, a loss is booked, a rate changes. Amounts may be text.
   * @throws `venue.*` with nothing changed
   */
  apply(command: WrittenCommand): JournalEntry
  /** Answers one call to an exchange; `undefined` when its path belongs to neither. Never throws. */
  answer(call: ExchangeCall): ExchangeReply | undefined
  /**
   * Fires what the clock has crossed meanwhile; every request does so too, and a running venue does it by itself. A venue
   * that was stopped for long makes up for it in slices of a few ms, while its clock shows how far it has come.
   */
  advance(): void
  /** Every record, unpaged. @throws `venue.account-unknown` */
  truth(account?: string): VenueTruth
  /**
   * Tells everything that happens from now on, each boundary in order, after it happened; also after a reset or a restore,
   * which is told itself. The function returned ends it.
   */
  subscribe(listener: (event: VenueEvent) => void): () => void
  /**
   * The same as a loop; what happens between this call and the loop is not lost. It ends with the signal, or the venue.
   * @throws `venue.events-overflow` from the loop when more wait than the capacity allows
   */
  events(options?: EventStreamOptions): AsyncIterableIterator<VenueEvent>
  /**
   * The user data stream of a Binance account, in-process: each event as the text a WebSocket would bring, from this call
   * on. It ends with its listen key, the signal, or the venue; a reset or a restore ends it, too.
   * @throws `venue.listen-key-unknown`; `venue.events-overflow` from the loop when more wait than the capacity allows
   */
  userStream(listenKey: string, options?: EventStreamOptions): AsyncIterableIterator<string>
  /** The same for a listener; the function returned ends it. @throws `venue.listen-key-unknown` */
  openUserStream(listenKey: string, reader: StreamReader, scope?: StreamScope): () => void
  /**
   * Tells whoever listens to a Binance account an event that is made up: nothing happened, and nothing is kept of it. For
   * what the venue has no cause for, such as orders, so that a bot can be tested against it. As JSON text, or as an object.
   * @returns how many were told
   * @throws `venue.account-unknown`, `venue.wrong-exchange`, `contract.event-unknown`, `contract.wrong-shape`
   */
  emit(account: string, event: string | object): number
  /**
   * Keeps the venue as it is under a name; with `data` durably. A clock that runs is not stopped by it: freeze it first to
   * come back to the very instant.
   * @throws `venue.snapshot-name`, `venue.snapshot-taken`, `storage.*`
   */
  snapshot(name: string): Snapshot
  /** Oldest first. */
  snapshots(): readonly Snapshot[]
  /**
   * Goes back to a snapshot, as often as one likes: what came after it is gone, from the journal too. Snapshots stay, also
   * those taken later, and through a reset.
   * @throws `venue.snapshot-unknown`, `storage.*` with nothing changed
   */
  restore(name: string): void
  /** @throws `venue.snapshot-unknown`, `storage.*` */
  dropSnapshot(name: string): void
  /**
   * An independent venue in this process that begins where this one stands, with its accounts and keys, an admin token of
   * its own and its clock frozen: to play what would happen if. Neither changes the other. Close it when it is done with.
   */
  fork(options?: ForkOptions): Promise<Venue>
  /**
   * Serves the venue on a port of this machine, by default any free one, until it or the venue is closed.
   * @throws `venue.port-in-use`, `venue.port-refused`, `venue.host-not-loopback`
   */
  listen(options?: Partial<ListenOptions>): Promise<Listening>
  close(): Promise<void>
}
