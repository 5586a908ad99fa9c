import type { AccountAccess } from '../../account-access.ts'
import type { Command, JournalEntry } from '../../engine/command.ts'
import type { Engine } from '../../engine/engine-interface.ts'
import type { VenueFaults } from '../../faults/fault-desk.ts'
import type { Snapshot } from '../../snapshot.ts'
import type { VenueClock } from '../../venue-clock.ts'
import type { VenueTruth } from '../../venue-truth.ts'

/** What the admin face needs of the venue. */
export interface AdminHost {
  readonly token: string
  readonly clock: VenueClock
  readonly faults: VenueFaults
  /** The present engine: a reset replaces it. */
  engine(): Engine
  /** Grows with every change of the engine's state. */
  revision(): number
  accounts(): readonly AccountAccess[]
  truth(account?: string): VenueTruth
  /** Begins again, from the scenario the venue was made with or from nothing. */
  reset(to: 'scenario' | 'empty'): void
  snapshot(name: string): Snapshot
  snapshots(): readonly Snapshot[]
  restore(name: string): void
  dropSnapshot(name: string): void
  /** Tells those who listen to an account an event that is made up. @returns how many were told */
  emit(account: string, event: string | object): number
}

/** Applies a command at the venue's present instant. */
export function applyNow(host: AdminHost, command: Command, id: string | undefined): JournalEntry {
  return host.engine().apply(command, { at: host.clock.now(), ...(id === undefined ? {} : { id }) })
}

export interface EntryView {
  sequence: number
  at: number
  kind: string
  id?: string
}

/** A journal entry as the admin face shows it. */
export function entryView(entry: JournalEntry): EntryView {
  const { sequence, at, id, command } = entry
  return { sequence, at, kind: command.kind, ...(id === undefined ? {} : { id }) }
}
