import type { DatabaseSync } from 'node:sqlite'
import { openDatabase } from './database.ts'
import { createOwnerOnly } from './owner-only.ts'

/**
 * A lock on a file of its own: a transaction held open until the lock is closed; the system ends it with the process,
 * however that ends.
 *
 * @throws `storage.locked` or what SQLite says of it, `storage.unwritable`, or what the file system says
 */
export function holdLock(path: string, busyTimeoutMs: number): DatabaseSync {
  createOwnerOnly(path)
  const lock = openDatabase(path, { busyTimeoutMs, synchronous: 'normal' })
  try {
    lock.exec('BEGIN IMMEDIATE')
    return lock
  } catch (error) {
    lock.close()
    throw error
  }
}
