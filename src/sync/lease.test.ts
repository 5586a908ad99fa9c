import { spawnSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { type ModelExchange, modelClients, modelExchange } from '../../test/support/model-exchange.ts'
import type { Book } from '../book/book-interface.ts'
import { openBook } from '../book/open-book.ts'
import type { BookAccount } from '../book/record.ts'
import { decimal } from '../decimal/decimal.ts'
import { overdraftError } from '../errors/overdraft-error.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs, secondMs } from '../time/units.ts'
import { leaseMs } from './lease.ts'
import { holderName, isHolderGone } from './lease-holder.ts'
import { syncAll } from './sync-all.ts'
import type { SyncProgress } from './sync-progress.ts'

const midnight = Date.UTC(2026, 5, 20)
const now = midnight + 10 * 3_600_000
const since = midnight - 60 * dayMs
const account: BookAccount = { label: 'bin', exchange: 'binance', baseUrl: 'http://127.0.0.1:1', addedAt: now, mayRepay: false }
const history = Array.from({ length: 50 }, (_, day) => ({
  asset: 'USDT',
  interest: decimal('1'),
  interestAccuredTime: midnight - day * dayMs,
  interestRate: decimal('0.0001'),
  principal: decimal('10000'),
}))

let clock: ManualClock
let book: Book
let model: ModelExchange

beforeEach(async () => {
  clock = new ManualClock(now)
  book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  model = modelExchange(clock, { history })
  await book.addAccount(account)
})

afterEach(() => book.close())

function run(
  holder: string,
  options: { readonly gate?: Promise<void>; readonly told?: SyncProgress[]; readonly signal?: AbortSignal } = {},
) {
  const { binance } = modelClients(model)
  const { gate, told = [], signal } = options
  const slowly = async (...args: Parameters<typeof binance.balance>) => {
    await gate
    return binance.balance(...args)
  }
  return syncAll({
    book,
    accounts: [{ account, client: { ...binance, balance: slowly } }],
    clock,
    since,
    holder,
    signal,
    onProgress: (progress) => told.push(progress),
  })
}

function gate(): { readonly closed: Promise<void>; open(): void } {
  let open = (): void => undefined
  const closed = new Promise<void>((resolve) => {
    open = resolve
  })
  return { closed, open: () => open() }
}

const settled = () => new Promise((resolve) => setTimeout(resolve, 0))

describe('two syncs of one book', () => {
  test('do the work once: the second waits, says for whom, and takes what the first achieved without a request', async () => {
    await run('alone')
    const callsOfOne = model.calls.length
    model.calls = []
    await clock.advanceBy(dayMs)
    const door = gate()
    const told: SyncProgress[] = []
    const first = run('first', { gate: door.closed })
    await settled()
    const second = run('second', { told })
    await settled()
    expect(told).toEqual([{ kind: 'waiting', account: 'bin', holder: 'first', until: clock.now() + leaseMs }])
    door.open()
    expect(await first).toMatchObject([{ ended: 'done' }])
    const calls = model.calls.length
    expect(calls).toBeLessThanOrEqual(callsOfOne)
    await clock.advanceBy(5 * secondMs)
    expect(await second).toMatchObject([{ ended: 'done', doneBy: 'first', streams: [] }])
    expect(model.calls).toHaveLength(calls)
  })

  test('the second does the work itself where the first failed', async () => {
    const door = gate()
    const first = run('first', { gate: door.closed })
    await settled()
    const second = run('second')
    model.beforeCall = (call) => {
      if (call === 1) throw overdraftError('client.unreachable', { origin: 'http://127.0.0.1:1', reason: 'gone' })
    }
    door.open()
    expect(await first).toMatchObject([{ ended: 'failed', error: { code: 'client.unreachable' } }])
    await clock.advanceBy(5 * secondMs)
    expect(await second).toMatchObject([{ ended: 'done' }])
    expect((await second)[0]?.doneBy).toBeUndefined()
    expect(await book.proven('bin', 'interest')).toHaveLength(1)
  })

  test('a run that holds the lease keeps it for as long as it takes', async () => {
    const door = gate()
    const first = run('first', { gate: door.closed })
    await settled()
    const second = run('second')
    for (let step = 0; step < 40; step++) await clock.advanceBy(leaseMs / 4)
    expect(model.calls).toEqual([])
    door.open()
    await first
    await clock.advanceBy(5 * secondMs)
    expect(await second).toMatchObject([{ doneBy: 'first' }])
  })

  test('the lease of a run that crashed runs out, and the next does the work', async () => {
    await book.takeLease({ account: 'bin', holder: 'crashed', until: now + leaseMs }, now)
    const told: SyncProgress[] = []
    const second = run('second', { told })
    await settled()
    await clock.advanceBy(leaseMs - 1)
    expect(model.calls).toEqual([])
    await clock.advanceBy(2)
    expect(await second).toMatchObject([{ ended: 'done' }])
    expect(told.filter(({ kind }) => kind === 'waiting')).toHaveLength(1)
    expect(model.calls.length).toBeGreaterThan(5)
  })

  test('a run whose process on this machine has ended is not waited for', async () => {
    const { pid } = spawnSync(process.execPath, ['--eval', ''])
    const crashed = holderName().replace(/^process \d+/, `process ${pid}`)
    await book.takeLease({ account: 'bin', holder: crashed, until: now + leaseMs }, now)
    const told: SyncProgress[] = []
    expect(await run('second', { told })).toMatchObject([{ ended: 'done' }])
    expect(told.filter(({ kind }) => kind === 'waiting')).toEqual([])
    expect(clock.now()).toBe(now)
    expect([isHolderGone(holderName()), isHolderGone(crashed.replace(/ on .*,/, ' on elsewhere,')), isHolderGone('first')]).toEqual([
      false,
      false,
      false,
    ])
  })

  test('a run that is stopped while it waits asks nothing, and one that is stopped at work gives its lease back', async () => {
    const door = gate()
    const stopFirst = new AbortController()
    const stopSecond = new AbortController()
    const first = run('first', { gate: door.closed, signal: stopFirst.signal })
    await settled()
    const second = run('second', { signal: stopSecond.signal })
    await settled()
    stopSecond.abort()
    expect(await second).toMatchObject([{ ended: 'stopped', streams: [] }])
    stopFirst.abort()
    door.open()
    expect(await first).toMatchObject([{ ended: 'stopped' }])
    expect(await book.takeLease({ account: 'bin', holder: 'third', until: now + 1 }, now)).toMatchObject({ holder: 'third' })
  })
})
