import { mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { decimal } from '../../decimal/decimal.ts'
import { isOverdraftError } from '../../errors/overdraft-error.ts'
import { openDatabase } from '../../sqlite/database.ts'
import type { Command, JournalEntry } from './command.ts'
import { sqliteJournal } from './sqlite-journal.ts'

let folder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'overdraft-journal-'))
  path = join(folder, 'journal.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

function entry(
  sequence: number,
  command: Command = { kind: 'deposit', account: 'main', asset: 'BTC', amount: decimal('0.10') },
): JournalEntry {
  return { sequence, at: 1_000 * sequence, id: `id-${sequence}`, command }
}

function written(...entries: JournalEntry[]): void {
  const journal = sqliteJournal(path)
  journal.append(entries)
  journal.close()
}

/** Changes the file behind the journal's back. */
function tamper(sql: string): void {
  const database = openDatabase(path)
  database.exec(sql)
  database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  database.close()
}

function errorOf(work: () => unknown): { code: string; message: string } | undefined {
  try {
    work()
  } catch (error) {
    if (isOverdraftError(error)) return { code: error.code, message: error.message }
    throw error
  }
  return undefined
}

function readAll(): JournalEntry[] {
  const journal = sqliteJournal(path)
  try {
    return [...journal.read()]
  } finally {
    journal.close()
  }
}

describe('a journal on disk', () => {
  it('gives back every kind of entry as it was written, decimals at the scale they had', () => {
    const entries: JournalEntry[] = [
      { sequence: 1, at: 1, command: { kind: 'open-account', account: 'main', exchange: 'binance', vip: 3 } },
      {
        sequence: 2,
        at: 2,
        id: 'a',
        command: {
          kind: 'add-key',
          account: 'main',
          key: { apiKey: 'k', signing: 'hmac', verifier: 's', permissions: ['read'], ips: ['127.0.0.1'] },
        },
      },
      { sequence: 3, at: 3, command: { kind: 'deposit', account: 'main', asset: 'BTC', amount: decimal('12345678901234567890.10000000') } },
      { sequence: 4, at: 3, command: { kind: 'set-thresholds', asset: 'BTC', vip: 1, free: decimal('0.0'), maximum: decimal('5') } },
      { sequence: 5, at: 4, command: { kind: 'set-rate', exchange: 'okx', asset: 'BTC', rateDaily: decimal('0.000098') } },
      { sequence: 6, at: 5, command: { kind: 'set-clock', mode: { kind: 'speed', anchorMs: 5, anchorRealMs: 6, factor: 0.5 } } },
      { sequence: 7, at: 6, command: { kind: 'clock-move' } },
    ]
    written(...entries)
    expect(readAll()).toEqual(entries)
  })

  it('reads more entries than fit one page', () => {
    const entries = Array.from({ length: 2_345 }, (_, index) => entry(index + 1))
    written(...entries)
    expect(readAll()).toEqual(entries)
  })

  it('writes all entries of one call or none', () => {
    written(entry(1))
    const journal = sqliteJournal(path)
    expect(() => journal.append([entry(2), entry(3), entry(3)])).toThrow()
    journal.append([entry(2)])
    expect([...journal.read()].map(({ sequence }) => sequence)).toEqual([1, 2])
    journal.close()
  })

  it('keeps its other facts', () => {
    const journal = sqliteJournal(path)
    expect(journal.meta('origin')).toBeUndefined()
    journal.setMeta('origin', 'a')
    journal.setMeta('origin', 'b')
    expect(journal.meta('origin')).toBe('b')
    journal.close()
  })

  it('is readable by its owner only, since it holds secrets', () => {
    const journal = sqliteJournal(path)
    journal.append([entry(1)])
    for (const file of [path, `${path}-wal`]) expect(statSync(file).mode & 0o777).toBe(0o600)
    journal.close()
  })

  it('names the entry that is missing, altered or unreadable', () => {
    written(entry(1), entry(2), entry(3))
    tamper('UPDATE entry SET at = at + 1 WHERE sequence = 3')
    expect(errorOf(readAll)).toMatchObject({ code: 'storage.damaged', message: expect.stringContaining('entry 3 was altered') })
    tamper('DELETE FROM entry WHERE sequence = 2')
    expect(errorOf(readAll)).toMatchObject({ code: 'storage.damaged', message: expect.stringContaining('entry 2 is missing') })
  })

  it('refuses a file that is no database, one of another kind, and one cut short', () => {
    writeFileSync(path, 'not a database at all, but long enough to be read as the header of one, or so one would think it is'.repeat(20))
    expect(errorOf(() => sqliteJournal(path))?.code).toBe('storage.damaged')
    const foreign = join(folder, 'foreign.db')
    const database = openDatabase(foreign)
    database.exec('CREATE TABLE other (a)')
    database.close()
    expect(errorOf(() => sqliteJournal(foreign))?.code).toBe('storage.damaged')
    const cut = join(folder, 'cut.db')
    path = cut
    written(...Array.from({ length: 500 }, (_, index) => entry(index + 1)))
    truncateSync(cut, Math.floor(readFileSync(cut).length / 2))
    expect(errorOf(readAll)?.code).toBe('storage.damaged')
  })

  it('refuses a schema newer than it knows', () => {
    written(entry(1))
    tamper('PRAGMA user_version = 99')
    expect(errorOf(() => sqliteJournal(path))?.code).toBe('storage.newer')
  })

  it('belongs to one venue at a time', () => {
    const journal = sqliteJournal(path)
    expect(errorOf(() => sqliteJournal(path))).toMatchObject({ code: 'storage.locked', message: expect.stringContaining('journal.db"') })
    journal.close()
    sqliteJournal(path).close()
  })

  it('names a folder that does not exist', () => {
    expect(errorOf(() => sqliteJournal(join(folder, 'nowhere', 'journal.db')))?.code).toBe('storage.unwritable')
  })
})
