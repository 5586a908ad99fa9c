import { type ChargeCopy, type ChargePlace, chargesInMemory } from './charge-place.ts'
import { type Checkpoint, type Checkpoints, noCheckpoints } from './checkpoint.ts'
import type { JournalEntry } from './command.ts'
import type { Journal } from './journal.ts'
import { memoryJournal } from './memory-journal.ts'

/** Where an engine keeps everything. */
export interface EngineFiles {
  readonly journal: Journal
  readonly charges: ChargePlace
  readonly checkpoints: Checkpoints
}

/** Everything an engine was at one instant; it stays as it is, whatever becomes of the engine. */
export interface EngineCopy {
  readonly entries: readonly JournalEntry[]
  readonly meta: readonly (readonly [key: string, value: string])[]
  readonly checkpoint: Checkpoint
  readonly charges: ChargeCopy
}

/** A new engine's files, which end with the process. */
export function memoryFiles(): EngineFiles {
  return { journal: memoryJournal(), charges: chargesInMemory, checkpoints: noCheckpoints }
}

/** Files in which an engine stands where the copy was taken, and which end with the process; as often as one likes. */
export function filesOf({ entries, meta, checkpoint, charges }: EngineCopy): EngineFiles {
  return {
    journal: memoryJournal(entries, meta),
    charges: charges.place(),
    checkpoints: { read: () => [checkpoint], keep: () => undefined },
  }
}

/** The same, for the only engine that is made of the copy: it ends the copy when it ends. */
export function filesOfAll(copy: EngineCopy): EngineFiles {
  const files = filesOf(copy)
  const close = (): void => {
    files.charges.close()
    copy.charges.close()
  }
  return { ...files, charges: { ...files.charges, close } }
}
