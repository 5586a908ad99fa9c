import { beforeEach, expect, test } from 'vitest'
import type { Book } from '../book/book-interface.ts'
import { openBook } from '../book/open-book.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs } from '../time/units.ts'
import { unwitnessed } from './unwitnessed.ts'

const now = Date.UTC(2026, 5, 20)
let book: Book

beforeEach(async () => {
  book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock: new ManualClock(now) })
  await book.addAccount({ label: 'main', exchange: 'okx', baseUrl: 'http://127.0.0.1:1', addedAt: now, mayRepay: false })
})

async function prove(from: number, to: number, provenAt: number): Promise<void> {
  await book.recordCharges('main', [], [{ account: 'main', stream: 'interest', from, to, provenBy: 'a request', provenAt }])
}

async function spans(at = now): Promise<unknown> {
  return (await unwitnessed(book, 'main', ['interest'], at)).get('interest')
}

test('what a sync proved before it was stopped is held against its witnesses by the next one', async () => {
  await prove(0, 10, now - 5)
  expect(await spans()).toEqual([{ from: 0, to: 10 }])
  await book.recordSyncState({ account: 'main', lastSuccessAt: now - 3 })
  expect(await spans()).toEqual([])
  await prove(10, 20, now - 2)
  await book.recordSyncState({ account: 'main', lastErrorAt: now - 1, lastError: 'no answer' })
  expect(await spans()).toEqual([{ from: 10, to: 20 }])
  await book.close()
})

test('a success that was noted while our clock was ahead lets nothing go', async () => {
  await prove(0, 10, now - dayMs)
  await book.recordSyncState({ account: 'main', lastSuccessAt: now + dayMs })
  expect(await spans()).toEqual([{ from: 0, to: 10 }])
  await book.close()
})

test('what was taken back meanwhile is no longer proven', async () => {
  await prove(0, 10, now)
  await book.withdrawProof('main', 'interest', { from: 4, to: 5 })
  expect(await spans()).toEqual([
    { from: 0, to: 4 },
    { from: 5, to: 10 },
  ])
  await book.close()
})
