import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe } from 'vitest'
import type { Book } from '../../src/book/book-interface.ts'
import { type BookTarget, openBook } from '../../src/book/open-book.ts'
import { ManualClock } from '../../src/time/manual-clock.ts'
import { startPostgres, type TestPostgres, withoutPostgres } from './postgres.ts'

/** New, empty books on one engine. */
export interface Books {
  /** Where a new book can be opened, and opened again. */
  target(): BookTarget
  /** A new book with a Binance account `bin` and an OKX account `okx`; closed after the tests. */
  open(): Promise<Book>
}

export const bookClock = new ManualClock(1_790_000_000_000)

/** Runs the same tests on both engines. */
export function onBothEngines(name: string, tests: (books: Books) => void): void {
  describe(`${name} on SQLite`, () => {
    const folder = mkdtempSync(join(tmpdir(), 'overdraft-book-'))
    afterAll(() => rmSync(folder, { recursive: true, force: true }))
    let opened = 0
    tests(booksOf(() => ({ kind: 'sqlite', path: join(folder, `book-${++opened}.db`) })))
  })
  describe.skipIf(withoutPostgres)(`${name} on PostgreSQL`, () => {
    let server: TestPostgres | undefined
    beforeAll(async () => {
      server = await startPostgres()
    }, 60_000)
    afterAll(() => server?.stop())
    let opened = 0
    tests(
      booksOf(() => {
        if (server === undefined) throw new Error('PostgreSQL did not start')
        return { kind: 'postgres', url: server.url, schema: `book_${++opened}` }
      }),
    )
  })
}

function booksOf(target: () => BookTarget): Books {
  const opened: Book[] = []
  afterAll(async () => {
    for (const book of opened) await book.close()
  })
  return {
    target,
    open: async () => {
      const book = await openBook(target(), { clock: bookClock })
      opened.push(book)
      await book.addAccount({ label: 'bin', exchange: 'binance', baseUrl: 'http://127.0.0.1:1', addedAt: 1, mayRepay: false })
      await book.addAccount({ label: 'okx', exchange: 'okx', baseUrl: 'http://127.0.0.1:1', addedAt: 2, mayRepay: true })
      return book
    },
  }
}
