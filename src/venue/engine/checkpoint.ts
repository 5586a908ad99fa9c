import { createHash } from 'node:crypto'
import type { ChargeMark } from './charge-stores.ts'
import type { JournalEntry } from './command.ts'
import { commandText } from './entry-text.ts'
import type { Journal } from './journal.ts'
import type { Origin } from './origin.ts'

/**
 * The form in which a world's memory is kept. It goes up whenever anything in `WorldMemory` changes its shape; a
 * checkpoint of another form is left alone, and the journal is replayed instead.
 */
export const memoryForm = 1

/** Where an engine stood after an entry of its journal: spares replaying what came before. */
export interface Checkpoint {
  readonly form: number
  readonly origin: Origin
  /** The number of the last entry that is part of it. */
  readonly sequence: number
  /** Of that entry: a journal that went another way does not have it. */
  readonly seal: string
  /** The engine's instant. */
  readonly now: number
  readonly charges: ChargeMark
  /** The world's memory. */
  readonly memory: Uint8Array
}

/** Where the checkpoints of one journal are kept. */
export interface Checkpoints {
  /** Those that are whole, newest first. */
  read(): Iterable<Checkpoint>
  /** Durable when it returns. @throws `storage.full`, `storage.unwritable` */
  keep(checkpoint: Checkpoint): void
}

export const noCheckpoints: Checkpoints = Object.freeze({ read: () => [], keep: () => undefined })

/** Tells the entry apart from every other that could stand in its place. */
export function entrySeal({ sequence, at, id, command }: JournalEntry): string {
  return createHash('sha256')
    .update(JSON.stringify([sequence, at, id ?? null, commandText(command)]))
    .digest('base64url')
}

/** The journal's entry of that number, when it has one. */
export function entryAt(journal: Journal, sequence: number): JournalEntry | undefined {
  if (sequence < 1) return undefined
  for (const entry of journal.read(sequence - 1)) return entry
  return undefined
}

/** Whether the checkpoint stands on this very journal, begun under this origin, and is one that this code can read. */
export function standsOn(checkpoint: Checkpoint, journal: Journal, origin: Origin): boolean {
  if (checkpoint.form !== memoryForm || JSON.stringify(checkpoint.origin) !== JSON.stringify(origin)) return false
  // Before the first entry every journal of this origin stands alike.
  if (checkpoint.sequence === 0) return checkpoint.seal === ''
  const entry = entryAt(journal, checkpoint.sequence)
  return entry !== undefined && entrySeal(entry) === checkpoint.seal
}
