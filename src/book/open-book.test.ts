import { chmodSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, expect, test } from 'vitest'
import { chargeOf, collect } from '../../test/support/charges.ts'
import { decimal } from '../decimal/decimal.ts'
import { isOverdraftError, type OverdraftError } from '../errors/overdraft-error.ts'
import { openDatabase } from '../sqlite/database.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { hourMs } from '../time/units.ts'
import { openSqliteEngine } from './engines/sqlite-engine.ts'
import { openBook } from './open-book.ts'
import { sealedEngine } from './seals/sealed-engine.ts'
import { storedBook } from './stored-book.ts'

const clock = new ManualClock(1)
const folder = mkdtempSync(join(tmpdir(), 'overdraft-open-book-'))
const account = { label: 'bin', exchange: 'binance', baseUrl: 'http://127.0.0.1:1', addedAt: 1, mayRepay: false } as const

afterAll(() => rmSync(folder, { recursive: true, force: true }))

const open = (path: string) => openBook({ kind: 'sqlite', path }, { clock })

async function errorOf(work: Promise<unknown>): Promise<OverdraftError> {
  const thrown = await work.then(
    () => undefined,
    (error: unknown) => error,
  )
  if (!isOverdraftError(thrown)) throw new Error(`expected one of our errors, not ${String(thrown)}`)
  return thrown
}

test('a book is readable by its owner alone, its side files too', async () => {
  const path = join(folder, 'private.db')
  const book = await open(path)
  await book.addAccount(account)
  const modes = ['', '-wal', '-shm'].map((suffix) => (statSync(`${path}${suffix}`).mode & 0o777).toString(8))
  expect(modes).toEqual(['600', '600', '600'])
  await book.close()
  chmodSync(path, 0o644)
  await (await open(path)).close()
  expect((statSync(path).mode & 0o777).toString(8)).toBe('600')
})

test('a file that is no database is named, and left as it was', async () => {
  const path = join(folder, 'text.db')
  writeFileSync(path, 'dear diary '.repeat(200))
  const error = await errorOf(open(path))
  expect(error.code).toBe('storage.damaged')
  expect(error.message).toContain(path)
  expect(readFileSync(path, 'utf8')).toBe('dear diary '.repeat(200))
})

test('another program’s database is not written to', async () => {
  const path = join(folder, 'other.db')
  const database = openDatabase(path)
  database.exec('CREATE TABLE holidays (day TEXT)')
  database.close()
  const before = readFileSync(path)
  expect((await errorOf(open(path))).code).toBe('storage.damaged')
  expect(readFileSync(path).equals(before)).toBe(true)
})

test('a book with overwritten pages is refused as damaged', async () => {
  const path = join(folder, 'damaged.db')
  const book = await open(path)
  await book.addAccount(account)
  await book.recordCharges(
    'bin',
    Array.from({ length: 3_000 }, (_, index) => chargeOf({ at: index * hourMs })),
    [],
  )
  await book.close()
  const bytes = readFileSync(path)
  for (let page = 20; page < 40; page++) bytes.fill(0x5a, page * 4096, page * 4096 + 64)
  writeFileSync(path, bytes)
  expect((await errorOf(open(path))).code).toBe('storage.damaged')
  writeFileSync(path, bytes.subarray(0, 4096 * 10 + 7))
  expect((await errorOf(open(path))).code).toBe('storage.damaged')
})

test('a book of a newer Overdraft is refused, and says what to do', async () => {
  const path = join(folder, 'newer.db')
  await (await open(path)).close()
  const database = openDatabase(path)
  database.exec("INSERT INTO migrations VALUES (99, 'from the future', 1)")
  database.close()
  const error = await errorOf(open(path))
  expect(error).toMatchObject({ code: 'storage.newer', remedy: 'Update Overdraft.' })
  expect(error.message).toContain('schema 99')
})

test('a folder that is not there, or is a file, is named', async () => {
  expect((await errorOf(open(join(folder, 'nowhere', 'book.db')))).code).toBe('storage.unwritable')
  writeFileSync(join(folder, 'file'), '')
  expect((await errorOf(open(join(folder, 'file', 'book.db')))).code).toBe('storage.unwritable')
  expect((await errorOf(open(folder))).code).toBe('storage.unwritable')
})

test('a full disk is told as such, and what was acknowledged before is kept', async () => {
  const path = join(folder, 'full.db')
  const book = await open(path)
  await book.addAccount(account)
  await book.recordCharges('bin', [chargeOf({ at: 1 })], [])
  // SQLite's own limit stands in for the disk: the same error, without filling one.
  await book.close()
  const pages = statSync(path).size / 4096
  const engine = openSqliteEngine(path)
  await sql`PRAGMA max_page_count = ${sql.lit(pages + 40)}`.execute(engine.db)
  const limited = storedBook(sealedEngine(engine), path)
  const large = Array.from({ length: 20_000 }, (_, index) => chargeOf({ at: index * hourMs }))
  const error = await errorOf(limited.recordCharges('bin', large, []))
  expect(error.code).toBe('storage.full')
  expect(await collect(limited.charges({}))).toHaveLength(1)
  expect(await limited.totals({ by: 'all' })).toMatchObject([{ charges: 1, interest: decimal('24.4440') }])
  await limited.close()
})

test('closing ends what is under way first, and what comes afterwards is told so', async () => {
  const path = join(folder, 'closing.db')
  const book = await open(path)
  await book.addAccount(account)
  const recording = book.recordCharges('bin', [chargeOf()], [])
  await book.close()
  expect(await recording).toMatchObject({ added: 1 })
  expect((await errorOf(book.accounts())).code).toBe('book.closed')
  expect((await errorOf(collect(book.charges({})))).code).toBe('book.closed')
  await book.close()
  const again = await open(path)
  expect(await collect(again.charges({}))).toHaveLength(1)
  await again.close()
})

test('PostgreSQL that is not there is named without its password', async () => {
  const error = await errorOf(openBook({ kind: 'postgres', url: 'postgres://me:hunter2@127.0.0.1:1/ledger' }, { clock }))
  expect(error.code).toBe('book.server-unreachable')
  expect(error.message).toContain('postgres://127.0.0.1:1/ledger')
  expect(`${error.message} ${JSON.stringify(error.values)}`).not.toContain('hunter2')
  expect((await errorOf(openBook({ kind: 'postgres', url: 'not a url' }, { clock }))).code).toBe('book.address-malformed')
  expect((await errorOf(openBook({ kind: 'postgres', url: 'http://127.0.0.1/x' }, { clock }))).code).toBe('book.address-malformed')
})
