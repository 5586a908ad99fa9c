import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { fail } from '../errors/overdraft-error.ts'
import { holdLock } from '../sqlite/lock.ts'
import { asStorageError } from '../sqlite/storage-error.ts'
import { checkpointFiles } from './checkpoint-file.ts'
import { chargesIn, ForkFolders } from './engine/charge-directory.ts'
import type { EngineFiles } from './engine/engine-files.ts'
import type { Engine } from './engine/engine-interface.ts'
import { type FileJournal, sqliteJournal } from './engine/sqlite-journal.ts'
import type { Snapshot } from './snapshot.ts'
import { type JournalPaths, SnapshotFolders } from './snapshot-folders.ts'

export interface Replacement {
  /** The snapshot it begins with; left out, it begins empty. */
  readonly from?: string
  readonly fill: (files: EngineFiles) => void
  /** Closes what is replaced. */
  readonly close: () => void
}

/** Where a venue keeps everything. */
export interface VenueStorage {
  open(): EngineFiles
  /**
   * Replaces what `close` closes by what `fill` wrote, as one step: whenever the process is killed, there is either the
   * old or the whole new.
   * @throws `venue.snapshot-unknown`, `storage.*`
   */
  replace(replacement: Replacement): EngineFiles
  snapshots(): readonly Snapshot[]
  /** Keeps the engine, which stands on what was opened last, as it is. @throws `venue.snapshot-*`, `storage.*` */
  keep(name: string, engine: Engine): Snapshot
  /** @throws `venue.snapshot-unknown`, `storage.*` */
  drop(name: string): void
  close(): void
}

const ownerOnly = 0o600
const ofJournalRe = /^venue-(\d{1,9})\./
const journalFileRe = /^venue-\d{1,9}\.db$/
const firstJournal = 'venue-1.db'
const currentRe = /^venue-(\d{1,9})\.db\n$/

/**
 * A venue in a directory, which is made when it is not there. One venue at a time may use it. Every reset begins a
 * file of a new number, because a closed SQLite connection may linger and clear away the files beside its own; the file
 * `current` names the one in force.
 *
 * @throws `storage.unwritable`, `storage.locked`, `storage.damaged`
 */
export function directoryStorage(directory: string): VenueStorage {
  const pathsOf = (number: number): JournalPaths & { readonly checkpoints: string } => {
    const start = join(directory, `venue-${number}`)
    const checkpoints = `${start}.checkpoint-`
    return { journal: `${start}.db`, charges: `${start}.charges`, checkpoints, checkpoint: `${checkpoints}0` }
  }
  const lock = withStorageErrors(directory, () => {
    makeDirectory(directory)
    return holdLock(join(directory, 'venue.lock'), 0)
  })
  const forks = new ForkFolders(join(directory, 'forks'))
  const snapshots = new SnapshotFolders(join(directory, 'snapshots'))
  let current = 1
  let journal: FileJournal | undefined
  const openFiles = (number: number): EngineFiles & { readonly journal: FileJournal } => {
    const paths = pathsOf(number)
    return {
      journal: sqliteJournal(paths.journal),
      charges: chargesIn(paths.charges, forks),
      checkpoints: checkpointFiles(paths.checkpoints),
    }
  }
  return {
    open: () => {
      withStorageErrors(directory, () => {
        current = currentNumber(directory)
        removeOthers(directory, current)
        forks.clear()
      })
      const files = openFiles(current)
      journal = files.journal
      return files
    },
    replace: ({ from, fill, close }) => {
      let next: (EngineFiles & { readonly journal: FileJournal }) | undefined
      try {
        if (from !== undefined) snapshots.putBack(from, pathsOf(current + 1))
        next = openFiles(current + 1)
        fill(next)
      } catch (error) {
        next?.journal.close()
        removeOthers(directory, current)
        throw error
      }
      withStorageErrors(directory, () => writeCurrent(directory, current + 1))
      current += 1
      journal = next.journal
      close()
      removeOthers(directory, current)
      return next
    },
    snapshots: () => snapshots.list(),
    keep: (name, engine) => snapshots.keep(name, engine, (path) => journal?.copyTo(path)),
    drop: (name) => snapshots.drop(name),
    close: () => lock.close(),
  }
}

/** Makes the directory and those above it, one by one: Node's own recursion never ends where none can be made, as under /proc. */
function makeDirectory(directory: string): void {
  if (existsSync(directory) && statSync(directory).isDirectory()) return
  const above = dirname(resolve(directory))
  if (!existsSync(above)) makeDirectory(above)
  mkdirSync(directory, { mode: 0o700 })
}

/**
 * The number of the journal in force. All others are cleared away, so whatever is not as this code leaves it is damage:
 * the file that is named is never missing or empty, and there is always a first journal until one is named.
 */
function currentNumber(directory: string): number {
  const path = join(directory, 'current')
  if (!existsSync(path)) {
    const names = readdirSync(directory).filter((name) => journalFileRe.test(name))
    if (names.length > 0 && !names.includes(firstJournal))
      fail('storage.damaged', { path, reason: `it is missing, and there is no ${firstJournal}` })
    return 1
  }
  const number = currentRe.exec(readFileSync(path, 'utf8'))?.[1]
  if (number === undefined) return fail('storage.damaged', { path, reason: 'it names no journal' })
  const named = join(directory, `venue-${number}.db`)
  if (!existsSync(named)) fail('storage.damaged', { path, reason: `it names venue-${number}.db, which is missing` })
  if (sizeOf(named) + sizeOf(`${named}-wal`) === 0) fail('storage.damaged', { path: named, reason: 'it is empty' })
  return Number(number)
}

function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0
}

function writeCurrent(directory: string, number: number): void {
  const path = join(directory, 'current')
  writeFileSync(`${path}.new`, `venue-${number}.db\n`, { mode: ownerOnly, flush: true })
  renameSync(`${path}.new`, path)
  const handle = openSync(directory, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/** Clears away what a reset left behind, also one that was killed. */
function removeOthers(directory: string, current: number): void {
  for (const name of readdirSync(directory)) {
    const number = ofJournalRe.exec(name)?.[1]
    if (number !== undefined && Number(number) !== current) rmSync(join(directory, name), { force: true, recursive: true })
  }
}

function withStorageErrors<Result>(path: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    // A file where the directory should be is as unwritable as one that is closed to us.
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') fail('storage.unwritable', { path, reason: 'it is a file' }, error)
    throw asStorageError(path, error)
  }
}
