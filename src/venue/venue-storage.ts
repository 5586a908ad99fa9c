import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type DatabaseSync, openDatabase } from '../sqlite/database.ts'
import { asStorageError } from '../sqlite/storage-error.ts'
import { type Journal, memoryJournal, sqliteJournal } from './engine/journal.ts'

/** Where a venue's journal is kept. */
export interface VenueStorage {
  open(): Journal
  /**
   * Replaces the journal that `close` closes by one that `fill` wrote, as one step: whenever the process is killed,
   * there is either the old one or the whole new one.
   */
  replace(fill: (journal: Journal) => void, close: () => void): Journal
  close(): void
}

/** A journal that ends with the process. */
export function memoryStorage(): VenueStorage {
  return {
    open: () => memoryJournal(),
    replace: (fill, close) => {
      const next = memoryJournal()
      fill(next)
      close()
      return next
    },
    close: () => undefined,
  }
}

const ownerOnly = 0o600

/**
 * A journal in a directory, which is made when it is not there. One venue at a time may use it.
 * @throws `storage.unwritable`, `storage.locked`
 */
export function directoryStorage(directory: string): VenueStorage {
  const path = join(directory, 'venue.db')
  const nextPath = `${path}.next`
  const lock = withStorageErrors(directory, () => {
    mkdirSync(directory, { recursive: true, mode: 0o700 })
    return takeLock(directory)
  })
  const open = (file: string): Journal => {
    withStorageErrors(file, () => closeSync(openSync(file, 'a', ownerOnly)))
    return sqliteJournal(file)
  }
  const removeNext = (): void => {
    for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(nextPath + suffix, { force: true })
  }
  return {
    open: () => {
      withStorageErrors(directory, removeNext)
      return open(path)
    },
    replace: (fill, close) => {
      removeNext()
      const next = open(nextPath)
      try {
        fill(next)
      } catch (error) {
        next.close()
        removeNext()
        throw error
      }
      next.close()
      close()
      withStorageErrors(directory, () => {
        renameSync(nextPath, path)
        syncDirectory(directory)
      })
      return open(path)
    },
    close: () => lock.close(),
  }
}

/** A transaction that is held open as long as the venue runs; the system ends it with the process, however that ends. */
function takeLock(directory: string): DatabaseSync {
  const path = join(directory, 'venue.lock')
  closeSync(openSync(path, 'a', ownerOnly))
  const lock = openDatabase(path, { busyTimeoutMs: 0, synchronous: 'normal' })
  try {
    lock.exec('BEGIN IMMEDIATE')
    return lock
  } catch (error) {
    lock.close()
    throw error
  }
}

function withStorageErrors<Result>(path: string, work: () => Result): Result {
  try {
    return work()
  } catch (error) {
    throw asStorageError(path, error)
  }
}

function syncDirectory(directory: string): void {
  const handle = openSync(directory, 'r')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}
