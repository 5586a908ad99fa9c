import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fail } from '../errors/overdraft-error.ts'
import { copyDurably, replaceDurably, syncPath } from '../sqlite/durable-file.ts'
import { asStorageError } from '../sqlite/storage-error.ts'
import { readCheckpoint, writeCheckpoint } from './checkpoint-file.ts'
import { diskChargeStores } from './engine/charge-stores.ts'
import type { Engine } from './engine/engine-interface.ts'
import { checkNewSnapshot, knownSnapshot, type Snapshot } from './snapshot.ts'

/** Names of snapshots begin with a letter or a digit, so this is none. */
const unfinished = '.new'

/** Where the parts of a journal lie, which is the same for the one in force and for that of a snapshot. */
export interface JournalPaths {
  readonly journal: string
  /** A directory. */
  readonly charges: string
  readonly checkpoint: string
}

/** Snapshots as folders: a journal, its charges and a checkpoint each, whole and durable once they have their name. */
export class SnapshotFolders {
  readonly #root: string

  constructor(root: string) {
    this.#root = root
  }

  list(): Snapshot[] {
    return this.#guarded(() => {
      if (!existsSync(this.#root)) return []
      const names = readdirSync(this.#root).filter((name) => name !== unfinished)
      return names.map((name) => this.#snapshotIn(name)).sort((left, right) => left.journalLength - right.journalLength)
    })
  }

  /** @param copyJournal puts a copy of the engine's journal where it is told */
  keep(name: string, engine: Engine, copyJournal: (path: string) => void): Snapshot {
    checkNewSnapshot(name, this.list())
    const snapshot: Snapshot = Object.freeze({ name, at: engine.now, journalLength: engine.sequence })
    const folder = join(this.#root, unfinished)
    try {
      this.#guarded(() => {
        if (!existsSync(this.#root)) mkdirSync(this.#root, { mode: 0o700 })
        rmSync(folder, { recursive: true, force: true })
        mkdirSync(folder, { mode: 0o700 })
      })
      const { journal, charges, checkpoint } = pathsIn(folder)
      copyJournal(journal)
      engine.copyCharges(charges)
      writeCheckpoint(checkpoint, engine.checkpoint())
      replaceDurably(join(folder, 'snapshot.json'), [JSON.stringify(snapshot)])
      this.#guarded(() => {
        renameSync(folder, join(this.#root, name))
        syncPath(this.#root)
      })
    } catch (error) {
      rmSync(folder, { recursive: true, force: true })
      throw error
    }
    return snapshot
  }

  /** Puts a snapshot where an engine can go on with it, durably; what is there is in the way. @throws `venue.snapshot-unknown` */
  putBack(name: string, to: JournalPaths): void {
    knownSnapshot(name, this.list())
    const from = pathsIn(join(this.#root, name))
    copyDurably(from.journal, to.journal)
    const checkpoint = readCheckpoint(from.checkpoint)
    if (checkpoint === undefined) return
    try {
      const kept = diskChargeStores(from.charges, { mark: checkpoint.charges })
      try {
        const charges = kept.fork(to.charges)
        charges.sync()
        charges.close()
      } finally {
        kept.close()
      }
      writeCheckpoint(to.checkpoint, checkpoint)
    } catch {
      // Without checkpoint or charges the journal is replayed; it is what counts, and carries seals of its own.
    }
  }

  drop(name: string): void {
    knownSnapshot(name, this.list())
    this.#guarded(() => {
      // First it loses its name: a process killed half-way leaves no half of a snapshot.
      const folder = join(this.#root, unfinished)
      rmSync(folder, { recursive: true, force: true })
      renameSync(join(this.#root, name), folder)
      syncPath(this.#root)
      rmSync(folder, { recursive: true, force: true })
    })
  }

  #snapshotIn(name: string): Snapshot {
    const path = join(this.#root, name, 'snapshot.json')
    const { at, journalLength } = parsed(path)
    if (!Number.isSafeInteger(at) || !Number.isSafeInteger(journalLength)) fail('storage.damaged', { path, reason: 'it is no snapshot' })
    return Object.freeze({ name, at: Number(at), journalLength: Number(journalLength) })
  }

  #guarded<Result>(work: () => Result): Result {
    try {
      return work()
    } catch (error) {
      throw asStorageError(this.#root, error)
    }
  }
}

function parsed(path: string): { readonly at?: unknown; readonly journalLength?: unknown } {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as { readonly at?: unknown; readonly journalLength?: unknown }
  } catch (error) {
    return fail('storage.damaged', { path, reason: 'it is no snapshot' }, error)
  }
}

function pathsIn(folder: string): JournalPaths {
  return { journal: join(folder, 'venue.db'), charges: join(folder, 'charges'), checkpoint: join(folder, 'checkpoint') }
}
