import { createRequire } from 'node:module'
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { fail, isOverdraftError } from '../errors/overdraft-error.ts'
import { asStorageError } from './storage-error.ts'

export type { DatabaseSync, StatementSync }

interface SqliteModule {
  readonly DatabaseSync: new (path: string) => DatabaseSync
}

const load = createRequire(import.meta.url)
let loaded: SqliteModule | undefined

/** The `node:sqlite` API: built in from Node 22.13, from the package with the same API before that. */
function sqliteModule(): SqliteModule {
  loaded ??= loadFirst(['node:sqlite', '@photostructure/sqlite'])
  return loaded
}

function loadFirst(names: readonly string[]): SqliteModule {
  for (const name of names) {
    try {
      return withoutExperimentalWarning(() => load(name) as SqliteModule)
    } catch {
      // The next name is tried; when none is left the error below says what to install.
    }
  }
  return fail('storage.no-sqlite', { version: process.version })
}

/** Node 22 and 24 print a warning when `node:sqlite` is first loaded; it would spoil what scripts read on stderr. */
function withoutExperimentalWarning<Result>(run: () => Result): Result {
  const emitWarning = process.emitWarning
  process.emitWarning = () => undefined
  try {
    return run()
  } finally {
    process.emitWarning = emitWarning
  }
}

export interface OpenOptions {
  /** What a commit waits for: `full` until the disk has it, `normal` survives a killed process but not a power cut. */
  readonly synchronous?: 'full' | 'normal'
  /** How long to wait for another process's lock. */
  readonly busyTimeoutMs?: number
}

/**
 * Opens or creates a database in WAL mode; `:memory:` keeps it in memory. Every statement reads integers as `bigint`
 * only where it asks for it (`setReadBigInts(true)`).
 *
 * @throws `storage.damaged`, `storage.unwritable`, `storage.locked`, `storage.full`
 */
export function openDatabase(path: string, options: OpenOptions = {}): DatabaseSync {
  const { DatabaseSync } = sqliteModule()
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path)
    const busyTimeoutMs = options.busyTimeoutMs ?? 5_000
    database.exec(`PRAGMA busy_timeout = ${busyTimeoutMs}`)
    switchToWal(path, database, busyTimeoutMs)
    database.exec(`PRAGMA synchronous = ${options.synchronous ?? 'full'}`)
    database.exec('PRAGMA foreign_keys = ON')
    return database
  } catch (error) {
    database?.close()
    throw asStorageError(path, error)
  }
}

const walPauseMs = 10

/** Where several processes open a new database at once, SQLite refuses the switch without waiting for the others. */
function switchToWal(path: string, database: DatabaseSync, busyTimeoutMs: number): void {
  for (let waitedMs = 0; ; waitedMs += walPauseMs) {
    try {
      database.exec('PRAGMA journal_mode = WAL')
      return
    } catch (error) {
      if (waitedMs >= busyTimeoutMs || !isOverdraftError(asStorageError(path, error), 'storage.locked')) throw error
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, walPauseMs)
  }
}

/** Runs `work` in a transaction; whatever it throws rolls everything back. */
export function inTransaction<Result>(database: DatabaseSync, work: () => Result): Result {
  database.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    database.exec('COMMIT')
    return result
  } catch (error) {
    // A full disk may have ended the transaction already; then there is nothing to roll back.
    if (database.isTransaction !== false) tryRollback(database)
    throw error
  }
}

function tryRollback(database: DatabaseSync): void {
  try {
    database.exec('ROLLBACK')
  } catch {
    // The first error is the one to tell.
  }
}
