import { expect, test } from 'vitest'
import { openBook } from '../../book/open-book.ts'
import { ManualClock } from '../../time/manual-clock.ts'
import { demoAccounts } from './demo-accounts.ts'

const access = { exchange: 'binance', label: 'main', apiKey: 'key', apiSecret: 'secret', keys: [] } as const
const clock = new ManualClock(0)
const freshBook = () => openBook({ kind: 'sqlite', path: ':memory:' }, { clock })

test('a kept demo on another port asks its accounts there, and not where they were before', async () => {
  const book = await freshBook()
  await demoAccounts(book, [access], 'http://127.0.0.1:8790', clock)
  const [kept] = await demoAccounts(book, [access], 'http://127.0.0.1:9000', clock)
  expect(kept?.account.baseUrl).toBe('http://127.0.0.1:9000')
  expect((await book.accounts()).map(({ label, baseUrl }) => [label, baseUrl])).toEqual([['main', 'http://127.0.0.1:9000']])
})

test('a demo leaves a book alone whose accounts are at a real exchange', async () => {
  const book = await freshBook()
  const mine = { label: 'main', exchange: 'binance', baseUrl: 'https://papi.binance.com', addedAt: 0, mayRepay: false } as const
  await book.addAccount(mine)
  await expect(demoAccounts(book, [{ ...access, label: 'hedge' }, access], 'http://127.0.0.1:8790', clock)).rejects.toMatchObject({
    code: 'cli.not-a-demo',
    message: expect.stringContaining('main'),
  })
  expect(await book.accounts()).toEqual([mine])
})
