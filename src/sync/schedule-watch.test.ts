import { afterEach, beforeEach, expect, test } from 'vitest'
import { modelClients, modelExchange } from '../../test/support/model-exchange.ts'
import type { Book } from '../book/book-interface.ts'
import { openBook } from '../book/open-book.ts'
import { overdraftError } from '../errors/overdraft-error.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { hourMs, minuteMs, secondMs } from '../time/units.ts'
import { watchAll } from './schedule-watch.ts'

const now = Date.UTC(2026, 5, 20, 10, 30)
let clock: ManualClock
let book: Book

beforeEach(async () => {
  clock = new ManualClock(now)
  book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
})

afterEach(() => book.close())

/** Watches one account of each exchange; `failing` throws for as long as it says. */
async function watching(failing: (exchange: string) => Error | undefined = () => undefined) {
  const exchanges = ['binance', 'okx'] as const
  const accounts = []
  for (const exchange of exchanges) {
    const account = { label: exchange, exchange, baseUrl: 'http://127.0.0.1:1', addedAt: now, mayRepay: false }
    await book.addAccount(account)
    const beforeCall = () => {
      const error = failing(exchange)
      if (error !== undefined) throw error
    }
    accounts.push({ account, client: modelClients(modelExchange(clock, { beforeCall }))[exchange] })
  }
  const stop = new AbortController()
  const rounds: (readonly [at: number, ...accounts: readonly string[]])[] = []
  const pauses: number[] = []
  const ended = watchAll({
    book,
    accounts,
    clock,
    since: now - hourMs,
    signal: stop.signal,
    onRound: (outcomes) => void rounds.push([clock.now() - now, ...outcomes.map(({ account, ended: how }) => `${account} ${how}`)]),
    onPause: (until) => void pauses.push(until - now),
  })
  const goOnUntil = async (instant: number) => {
    while (clock.now() < instant) await clock.advanceTo(Math.min(clock.now() + 10 * secondMs, instant))
  }
  await goOnUntil(now + secondMs)
  return { stop, rounds, pauses, ended, goOnUntil }
}

test('each account is synced again when something new of it can be proven, and no sooner', async () => {
  const { stop, rounds, pauses, ended, goOnUntil } = await watching()
  await goOnUntil(now + 2 * hourMs)
  expect(rounds.map(([, ...outcomes]) => outcomes)).toEqual([['binance done', 'okx done'], ['okx done'], ['okx done']])
  const settled = 45 * minuteMs + 1 + 2 * secondMs
  expect(pauses.slice(0, 2)).toEqual([settled, settled + hourMs])
  expect(rounds[1]?.[0]).toBeGreaterThanOrEqual(settled)
  expect(rounds[1]?.[0]).toBeLessThan(settled + minuteMs)
  stop.abort()
  await ended
  await book.dropLease('okx', 'nobody')
  expect((await book.takeLease({ account: 'okx', holder: 'next', until: clock.now() + 1 }, clock.now())).holder).toBe('next')
})

test('what failed is tried again later each time, and what only somebody can mend is not', async () => {
  const refusal = { exchange: 'okx', endpoint: 'balance', status: 401, exchangeCode: '50111', exchangeText: 'Invalid OK-ACCESS-KEY' }
  const { stop, rounds, ended, goOnUntil } = await watching((exchange) =>
    exchange === 'okx'
      ? overdraftError('client.unknown-key', refusal)
      : overdraftError('client.unreachable', { origin: 'http://127.0.0.1:1', reason: 'refused' }),
  )
  await goOnUntil(now + 10 * minuteMs)
  expect(rounds[0]?.slice(1)).toEqual(['binance failed', 'okx failed'])
  expect(rounds.slice(1).every((round) => round.length === 2 && round[1] === 'binance failed')).toBe(true)
  const gaps = rounds.slice(1).map(([at], index) => at - (rounds[index]?.[0] ?? 0))
  expect(gaps.map((gap) => Math.round(gap / (30 * secondMs)))).toEqual([1, 2, 4, 8])
  stop.abort()
  await ended
})

test('it ends by itself where no account is left that trying again could help', async () => {
  const refusal = { exchange: 'x', endpoint: 'balance', status: 401, exchangeCode: '1', exchangeText: 'no' }
  const { rounds, pauses, ended } = await watching(() => overdraftError('client.wrong-secret', refusal))
  await ended
  expect(rounds).toHaveLength(1)
  expect(pauses).toEqual([])
})
