import { expect, test } from 'vitest'
import { collect } from '../../test/support/charges.ts'
import { modelClients, modelExchange } from '../../test/support/model-exchange.ts'
import { openBook } from '../book/open-book.ts'
import { decimal } from '../decimal/decimal.ts'
import { fail } from '../errors/overdraft-error.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs } from '../time/units.ts'
import { syncAll } from './sync-all.ts'
import type { SyncProgress } from './sync-progress.ts'

const midnight = Date.UTC(2026, 5, 20)
const now = midnight + 10 * 3_600_000
const history = Array.from({ length: 100 }, (_, day) => ({
  asset: 'USDT',
  interest: decimal('1'),
  interestAccuredTime: midnight - day * dayMs,
  interestRate: decimal('0.0001'),
  principal: decimal('10000'),
}))

async function membersOf(count: number, beforeCall: (index: number, name: string) => void = () => undefined) {
  const clock = new ManualClock(now)
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  const accounts = []
  for (let index = 0; index < count; index++) {
    const account = { label: `a${index}`, exchange: 'binance' as const, baseUrl: 'http://127.0.0.1:1', addedAt: now, mayRepay: false }
    await book.addAccount(account)
    const model = modelExchange(clock, { history, beforeCall: (_, name) => beforeCall(index, name) })
    accounts.push({ account, client: modelClients(model).binance })
  }
  return { clock, book, accounts, since: midnight - 120 * dayMs }
}

test('a broken account does not hold up the others', async () => {
  const { clock, book, accounts, since } = await membersOf(20, (index) =>
    index === 3 ? fail('sync.wrong-client', { account: 'a3', exchange: 'x', client: 'y' }) : undefined,
  )
  const outcomes = await syncAll({ book, accounts, clock, since })
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

test('an account whose exchange never answers holds up none of the others', async () => {
  const { clock, book, accounts, since } = await membersOf(3)
  const [slow, ...rest] = accounts
  const stop = new AbortController()
  const never = () => new Promise<never>((_, reject) => stop.signal.addEventListener('abort', () => reject(stop.signal.reason)))
  const ended: string[] = []
  const othersDone = new Promise<void>((resolve) => {
    const onProgress = (progress: SyncProgress) => {
      if (progress.kind === 'done') ended.push(progress.account)
      if (ended.length === 2) resolve()
    }
    const members = [{ ...slow!, client: { ...slow!.client, balance: never } }, ...rest]
    void syncAll({ book, accounts: members, clock, since, signal: stop.signal, onProgress }).then((outcomes) => {
      ended.push(...outcomes.map((outcome) => outcome.ended))
    })
  })
  await othersDone
  expect(ended.sort()).toEqual(['a1', 'a2'])
  expect(await collect(book.charges({}))).toHaveLength(200)
  stop.abort()
  await new Promise((resolve) => setImmediate(resolve))
  await book.close()
})

test('every account has its newest month before anything older of its own, and it is told once all have', async () => {
  const { clock, book, accounts, since } = await membersOf(4)
  const told: SyncProgress[] = []
  let recentDone = 0
  const onProgress = (progress: SyncProgress) => void told.push(progress)
  await syncAll({ book, accounts, clock, since, onProgress, onRecentDone: () => recentDone++ })
  for (const { account } of accounts) {
    const phases = told.flatMap((progress) =>
      progress.kind === 'page' && progress.account === account.label && progress.stream === 'interest' ? [progress.phase] : [],
    )
    expect(phases.lastIndexOf('recent')).toBeLessThan(phases.indexOf('older'))
  }
  expect(recentDone).toBe(1)
  expect(await collect(book.charges({}))).toHaveLength(400)
  await book.close()
})

test('what is left is told after every page, until nothing is', async () => {
  const { clock, book, accounts, since } = await membersOf(2)
  const left: number[] = []
  const onProgress = (progress: SyncProgress) => progress.kind === 'left' && left.push(progress.requests)
  await syncAll({ book, accounts, clock, since, onProgress })
  expect(Math.max(...left)).toBeGreaterThan(20)
  expect(left.at(-1)).toBe(0)
  await book.close()
})

test('the account whose debt is nearest to auto-exchange is asked about first', async () => {
  const asked: number[] = []
  const { clock, book, accounts, since } = await membersOf(3, (index, name) => name === 'balance' && asked.push(index))
  for (const [label, owed] of [
    ['a0', '10'],
    ['a1', '99'],
    ['a2', '50'],
  ] as const) {
    const amounts = { total: decimal(`-${owed}`), owed: decimal(owed), free: decimal('0'), um: decimal('0'), cm: decimal('0') }
    await book.recordBalances(label, [
      { account: label, takenAt: now - 1, asset: 'USDT', ...amounts, interest: decimal('0'), updatedAt: 0 },
    ])
    const details = [{ asset: 'USDT', negativeBalance: decimal('120'), maximumThreshold: decimal('100') }]
    await book.recordExchangeRuns(label, [{ account: label, from: now - dayMs, to: now - dayMs + 1, details, receivedAt: now }], [])
  }
  await syncAll({ book, accounts, clock, since })
  expect(asked).toEqual([1, 2, 0])
  await book.close()
})
