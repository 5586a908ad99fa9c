import { expect, test } from 'vitest'
import { modelClients, modelExchange } from '../../test/support/model-exchange.ts'
import type { Book } from '../book/book-interface.ts'
import { openBook } from '../book/open-book.ts'
import type { BookAccount } from '../book/record.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { syncAll } from './sync-all.ts'

const now = Date.UTC(2026, 5, 20, 10, 30)
const accountOf = (label: string): BookAccount => ({
  label,
  exchange: 'binance',
  baseUrl: 'http://127.0.0.1:1',
  addedAt: now,
  mayRepay: false,
})

/** Syncs two accounts and does something to the book at the first call for a history. */
async function syncedWhile(disturb: (book: Book) => Promise<void>) {
  const clock = new ManualClock(now)
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  const accounts = [accountOf('one'), accountOf('two')]
  for (const account of accounts) await book.addAccount(account)
  const model = modelExchange(clock)
  const { binance } = modelClients(model)
  let disturbed: Promise<void> | undefined
  const client = {
    ...binance,
    interestHistory: async (...args: Parameters<typeof binance.interestHistory>) => {
      disturbed ??= disturb(book)
      await disturbed
      return binance.interestHistory(...args)
    },
  }
  const outcomes = await syncAll({ book, accounts: accounts.map((account) => ({ account, client })), clock })
  return { book, ended: outcomes.map(({ ended, error }) => [ended, error?.code]) }
}

test('an account removed while it is synced fails alone', async () => {
  const { book, ended } = await syncedWhile((open) => open.removeAccount('one'))
  expect(ended).toEqual([
    ['failed', 'book.account-unknown'],
    ['done', undefined],
  ])
  expect((await book.accounts()).map(({ label }) => label)).toEqual(['two'])
  await book.close()
})

test('a book closed while accounts are synced is told as such, in the outcome of each', async () => {
  const { ended } = await syncedWhile((open) => open.close())
  expect(ended).toEqual([
    ['failed', 'book.closed'],
    ['failed', 'book.closed'],
  ])
})
