import { expect, test } from 'vitest'
import { collect } from '../../test/support/charges.ts'
import { modelClients, modelExchange } from '../../test/support/model-exchange.ts'
import { openBook } from '../book/open-book.ts'
import { decimal } from '../decimal/decimal.ts'
import { fail } from '../errors/overdraft-error.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs } from '../time/units.ts'
import { syncAll } from './sync-all.ts'

const midnight = Date.UTC(2026, 5, 20)
const clock = new ManualClock(midnight + 10 * 3_600_000)
const history = Array.from({ length: 100 }, (_, day) => ({
  asset: 'USDT',
  interest: decimal('1'),
  interestAccuredTime: midnight - day * dayMs,
  interestRate: decimal('0.0001'),
  principal: decimal('10000'),
}))

async function membersOf(count: number, broken: number) {
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  const accounts = []
  for (let index = 0; index < count; index++) {
    const account = { label: `a${index}`, exchange: 'binance' as const, baseUrl: 'http://127.0.0.1:1', addedAt: 1, mayRepay: false }
    const beforeCall = () =>
      index === broken ? fail('sync.wrong-client', { account: account.label, exchange: 'x', client: 'y' }) : undefined
    await book.addAccount(account)
    accounts.push({ account, client: modelClients(modelExchange(clock, { history, beforeCall })).binance })
  }
  return { book, accounts }
}

test('a broken account does not hold up the others', async () => {
  const { book, accounts } = await membersOf(20, 3)
  const outcomes = await syncAll({ book, accounts, clock })
  expect(outcomes.map(({ account, ended }) => [account, ended])).toEqual(
    accounts.map(({ account }, index) => [account.label, index === 3 ? 'failed' : 'done']),
  )
  expect((await book.totals({ by: 'all' })).map(({ account, charges }) => [account, charges])).toEqual(
    accounts
      .flatMap(({ account }, index) => (index === 3 ? [] : [[account.label, 100] as const]))
      .sort(([left], [right]) => (left < right ? -1 : 1)),
  )
  await book.close()
})

test('has the newest month of every account before anything older of any', async () => {
  const { book, accounts } = await membersOf(12, -1)
  const phases: string[] = []
  let recent: number[] = []
  await syncAll({
    book,
    accounts,
    clock,
    onProgress: (progress) => progress.kind === 'page' && phases.push(progress.phase),
    onRecentDone: () => {
      recent = [phases.length]
    },
  })
  expect(phases.indexOf('older')).toBe(phases.lastIndexOf('recent') + 1)
  expect(recent).toEqual([phases.indexOf('older')])
  expect(await collect(book.charges({}))).toHaveLength(1_200)
  await book.close()
})
