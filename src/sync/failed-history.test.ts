import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { collect } from '../../test/support/charges.ts'
import { type ModelExchange, modelClients, modelExchange } from '../../test/support/model-exchange.ts'
import type { Book } from '../book/book-interface.ts'
import { openBook } from '../book/open-book.ts'
import type { BookAccount } from '../book/record.ts'
import { decimal } from '../decimal/decimal.ts'
import { fail } from '../errors/overdraft-error.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs, hourMs, minuteMs } from '../time/units.ts'
import { nextAttemptOf } from './schedule.ts'
import { syncAccount } from './sync-account.ts'

const now = Date.UTC(2026, 5, 20, 10, 30)
const account = (label: string, exchange: BookAccount['exchange']): BookAccount => {
  return { label, exchange, baseUrl: 'http://127.0.0.1:1', addedAt: now, mayRepay: false }
}
const [okx, bin] = [account('okx', 'okx'), account('bin', 'binance')]
const hours = 50
let clock: ManualClock
let book: Book
let model: ModelExchange

beforeEach(async () => {
  clock = new ManualClock(now)
  book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  model = modelExchange(clock, {
    accrued: Array.from({ length: hours }, (_, hour) => ({
      ccy: 'USDT',
      instId: '',
      interest: decimal('0.0003960833333334'),
      interestRate: decimal('0.0000040833333333'),
      liab: decimal('97'),
      mgnMode: 'cross',
      ts: now - 30 * minuteMs - hour * hourMs,
      type: '2',
    })),
  })
  for (const one of [okx, bin]) await book.addAccount(one)
})

afterEach(() => book.close())

const sync = (one: BookAccount) => syncAccount({ book, account: one, client: modelClients(model)[one.exchange], clock })

function failing(name: string, how: () => never): void {
  model.beforeCall = (_, called) => {
    if (called === name) how()
  }
}

const wrongShape = () => fail('contract.wrong-shape', { path: 'data[0].bal', expected: 'string (decimal)', found: 'absent' })

describe('a history that fails', () => {
  test('leaves its neighbour its rows, its proof and its good end', async () => {
    failing('billsArchive', wrongShape)
    const outcome = await sync(okx)
    expect(outcome).toMatchObject({ ended: 'failed', error: { code: 'contract.wrong-shape' } })
    expect(outcome.streams).toMatchObject([
      { stream: 'interest', ended: 'done', added: hours, provenFraction: 1 },
      { stream: 'bills', ended: 'failed', provenFraction: 0, error: { code: 'contract.wrong-shape' } },
    ])
    expect(outcome.streams[0]).not.toHaveProperty('error')
    expect(await book.proven('okx', 'interest')).toEqual([{ from: now - 365 * dayMs, to: now - 15 * minuteMs }])
  })

  test('is named by what is kept of the failure, and keeps the account from no further attempt', async () => {
    failing('billsArchive', () =>
      fail('client.no-permission', { exchange: 'okx', endpoint: 'bills-archive', status: 401, exchangeCode: '1', exchangeText: 'no' }),
    )
    await sync(okx)
    const state = await book.syncState('okx')
    expect(state?.lastError).toMatch(/^bills: client\.no-permission: /)
    expect(nextAttemptOf(state)).toMatchObject({ kind: 'at' })
  })

  test('does not silence the witnesses of those that came', async () => {
    // The newest charge but two is missing, and the debt stood meanwhile.
    model.accrued = model.accrued.filter((_, hour) => hour !== 2)
    failing('billsArchive', wrongShape)
    const { streams } = await sync(okx)
    expect(streams[0]?.unproven).toEqual([expect.stringMatching(/none from 2026-06-20T08:00:00/)])
  })

  test('fails alone, too, where it is asked again by a witness', async () => {
    model.accrued = model.accrued.filter((_, hour) => hour !== 2)
    let isAsked = false
    const clients = modelClients(model)
    const client = {
      ...clients.okx,
      interestAccrued: async (...given: Parameters<typeof clients.okx.interestAccrued>) => {
        if (given[0]?.ccy !== undefined) {
          isAsked = true
          wrongShape()
        }
        return clients.okx.interestAccrued(...given)
      },
    }
    const { streams } = await syncAccount({ book, account: okx, client, clock })
    expect(isAsked).toBe(true)
    expect(streams).toMatchObject([
      { stream: 'interest', ended: 'failed', added: hours - 1, error: { code: 'contract.wrong-shape' } },
      { stream: 'bills', ended: 'done' },
    ])
  })
})

test.each([okx, bin])('balances of $exchange that cannot be read keep no history from being fetched', async (one) => {
  failing('balance', wrongShape)
  const outcome = await sync(one)
  expect(outcome).toMatchObject({ ended: 'failed', error: { code: 'contract.wrong-shape' } })
  const others = outcome.streams.filter(({ stream }) => stream !== 'interest' || one === okx)
  expect(others.map(({ ended }) => ended)).toEqual(others.map(() => 'done'))
  expect((await collect(book.charges({ accounts: ['okx'] }))).length).toBe(one === okx ? hours : 0)
})

test('a key that is refused fails every history at once', async () => {
  failing('billsArchive', () =>
    fail('client.unknown-key', { exchange: 'okx', endpoint: 'bills-archive', status: 401, exchangeCode: '1', exchangeText: 'no' }),
  )
  const { streams } = await sync(okx)
  expect(streams.map(({ ended }) => ended)).toEqual(['failed', 'failed'])
  expect(nextAttemptOf(await book.syncState('okx'))).toMatchObject({ kind: 'human' })
})
