import { createHash } from 'node:crypto'
import { fail, isOverdraftError } from '../../errors/overdraft-error.ts'
import { type DatabaseSync, inTransaction, openDatabase, type StatementSync } from '../../sqlite/database.ts'
import { copyDurably } from '../../sqlite/durable-file.ts'
import { holdLock } from '../../sqlite/lock.ts'
import { createOwnerOnly } from '../../sqlite/owner-only.ts'
import { asStorageError } from '../../sqlite/storage-error.ts'
import type { JournalEntry } from './command.ts'
import { commandText, parseCommand } from './entry-text.ts'
import type { Journal } from './journal.ts'

/** "OdVj": tells an Overdraft venue journal from other SQLite files. */
const applicationId = 0x4f64566a
const schemaVersion = 1
const busyTimeoutMs = 1_000

const schema = `
  CREATE TABLE entry (
    sequence INTEGER PRIMARY KEY,
    at INTEGER NOT NULL,
    id TEXT UNIQUE,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    seal TEXT NOT NULL
  ) STRICT;
  CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
  PRAGMA application_id = ${applicationId};
  PRAGMA user_version = ${schemaVersion};
`

interface EntryRow {
  readonly sequence: number
  readonly at: number
  readonly id: string | null
  readonly kind: string
  readonly body: string
  readonly seal: string
}

/** A journal that is a file. */
export interface FileJournal extends Journal {
  /** Copies it as it stands into a file of its own, durably. @throws `storage.full`, `storage.unwritable` */
  copyTo(path: string): void
}

/**
 * A journal on disk, one process at a time. Every entry carries a seal over its content, so that a change behind
 * SQLite's back is noticed.
 *
 * @throws `storage.damaged`, `storage.newer`, `storage.locked`, `storage.unwritable`, `storage.full`
 */
export function sqliteJournal(path: string): FileJournal {
  const lock = path === ':memory:' ? undefined : takeLock(path)
  let database: DatabaseSync | undefined
  try {
    database = openDatabase(path, { busyTimeoutMs })
    return new SqliteJournal(path, database, lock)
  } catch (error) {
    database?.close()
    lock?.close()
    throw asStorageError(path, error)
  }
}

/**
 * Held until the journal is closed or its process ends: two venues on one journal would not know of each other's
 * entries. In a file of its own, because a connection with statements may outlive its closing on Node 20.
 */
function takeLock(path: string): DatabaseSync {
  try {
    createOwnerOnly(path)
    return holdLock(`${path}.lock`, busyTimeoutMs)
  } catch (error) {
    if (isOverdraftError(error, 'storage.locked')) fail('storage.locked', { path }, error)
    throw asStorageError(path, error)
  }
}

class SqliteJournal implements FileJournal {
  readonly #path: string
  readonly #database: DatabaseSync
  readonly #lock: DatabaseSync | undefined
  readonly #insert: StatementSync
  readonly #find: StatementSync
  #isOpen = true

  constructor(path: string, database: DatabaseSync, lock: DatabaseSync | undefined) {
    this.#path = path
    this.#database = database
    this.#lock = lock
    inTransaction(database, () => prepareSchema(path, database))
    this.#insert = database.prepare('INSERT INTO entry (sequence, at, id, kind, body, seal) VALUES (?, ?, ?, ?, ?, ?)')
    this.#find = database.prepare('SELECT sequence, at, id, kind, body, seal FROM entry WHERE id = ?')
  }

  append(entries: readonly JournalEntry[]): void {
    this.#guarded(() =>
      inTransaction(this.#database, () => {
        for (const { sequence, at, id = null, command } of entries) {
          const body = commandText(command)
          this.#insert.run(sequence, at, id, command.kind, body, sealOf(sequence, at, id, command.kind, body))
        }
      }),
    )
  }

  *read(after = 0): Generator<JournalEntry> {
    const page = this.#database.prepare(
      'SELECT sequence, at, id, kind, body, seal FROM entry WHERE sequence > ? ORDER BY sequence LIMIT 1000',
    )
    for (let last = after; ; ) {
      const rows = this.#guarded(() => page.all(last)) as unknown as EntryRow[]
      for (const row of rows) {
        if (row.sequence !== last + 1) this.#damaged(`entry ${last + 1} is missing`)
        yield this.#entryOf(row)
        last = row.sequence
      }
      if (rows.length === 0) return
    }
  }

  find(id: string): JournalEntry | undefined {
    const row = this.#guarded(() => this.#find.get(id)) as unknown as EntryRow | undefined
    return row === undefined ? undefined : this.#entryOf(row)
  }

  meta(key: string): string | undefined {
    const row = this.#guarded(() => this.#database.prepare('SELECT value FROM meta WHERE key = ?').get(key))
    return row === undefined ? undefined : String(row['value'])
  }

  allMeta(): readonly (readonly [key: string, value: string])[] {
    const rows = this.#guarded(() => this.#database.prepare('SELECT key, value FROM meta ORDER BY key').all())
    return rows.map((row) => [String(row['key']), String(row['value'])])
  }

  setMeta(key: string, value: string): void {
    const upsert = 'INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value'
    this.#guarded(() => this.#database.prepare(upsert).run(key, value))
  }

  copyTo(path: string): void {
    const checkpoint = this.#guarded(() => this.#database.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get())
    if (Number(checkpoint?.['busy']) !== 0) fail('storage.locked', { path: this.#path })
    // From here to the end of the copy nobody writes: this is the only process, and it does nothing else meanwhile.
    copyDurably(this.#path, path)
  }

  close(): void {
    if (!this.#isOpen) return
    this.#isOpen = false
    // So that the file alone holds everything; the package for Node 20 does not do it while statements are not collected.
    try {
      this.#database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
    } catch {
      // The side file is as durable; the next opening reads it.
    } finally {
      this.#database.close()
      this.#lock?.close()
    }
  }

  #entryOf({ sequence, at, id, kind, body, seal }: EntryRow): JournalEntry {
    if (seal !== sealOf(sequence, at, id, kind, body)) this.#damaged(`entry ${sequence} was altered`)
    try {
      const command = parseCommand(body)
      return Object.freeze(id === null ? { sequence, at, command } : { sequence, at, id, command })
    } catch (error) {
      return this.#damaged(`entry ${sequence} cannot be read`, error)
    }
  }

  #damaged(reason: string, cause?: unknown): never {
    return fail('storage.damaged', { path: this.#path, reason }, cause)
  }

  #guarded<Result>(work: () => Result): Result {
    try {
      return work()
    } catch (error) {
      throw asStorageError(this.#path, error)
    }
  }
}

function prepareSchema(path: string, database: DatabaseSync): void {
  const found = pragma(database, 'application_id')
  const version = pragma(database, 'user_version')
  const tables = Number(database.prepare('SELECT count(*) AS tables FROM sqlite_master').get()?.['tables'])
  if (found === 0 && version === 0 && tables === 0) {
    database.exec(schema)
    return
  }
  if (found !== applicationId) fail('storage.damaged', { path, reason: 'it is not the journal of a venue' })
  if (version > schemaVersion) fail('storage.newer', { path, found: version, known: schemaVersion })
  const check = database.prepare('PRAGMA quick_check(1)').get()?.['quick_check']
  if (check !== 'ok') fail('storage.damaged', { path, reason: String(check) })
}

function pragma(database: DatabaseSync, name: 'application_id' | 'user_version'): number {
  return Number(database.prepare(`PRAGMA ${name}`).get()?.[name])
}

function sealOf(sequence: number, at: number, id: string | null, kind: string, body: string): string {
  return createHash('sha256')
    .update(JSON.stringify([sequence, at, id, kind, body]))
    .digest('base64url')
    .slice(0, 16)
}
