import { expect, test } from 'vitest'
import { modelClients, modelExchange } from '../../test/support/model-exchange.ts'
import { openBook } from '../book/open-book.ts'
import type { BookAccount } from '../book/record.ts'
import { decimal } from '../decimal/decimal.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { syncAccount } from './sync-account.ts'

const now = Date.UTC(2026, 5, 20, 10, 30)
const account: BookAccount = { label: 'one', exchange: 'okx', baseUrl: 'http://127.0.0.1:1', addedAt: now, mayRepay: false }

/** Two charges with three hours without one between them, so many days ago; gives the doubts of that hole. */
async function doubts(daysAgo: number, liabBefore: string, liabAfter: string): Promise<readonly string[]> {
  const clock = new ManualClock(now)
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  await book.addAccount(account)
  const at = now - 30 * 60_000 - daysAgo * dayMs
  const charge = (ts: number, liab: string) => ({
    ccy: 'USDT',
    ts,
    instId: '',
    mgnMode: 'cross' as const,
    type: '2' as const,
    interest: decimal('0.10'),
    interestRate: decimal('0.001'),
    liab: decimal(liab),
  })
  const model = modelExchange(clock, { accrued: [charge(at, liabBefore), charge(at + 4 * hourMs, liabAfter)] })
  await syncAccount({ book, account, client: modelClients(model).okx, clock })
  const findings = await book.findings({})
  await book.close()
  return findings.map(({ kind }) => kind)
}

test('hours without a charge are doubted where the debt grew by its interest, however long ago', async () => {
  expect(await doubts(200, '100', '100.4')).toEqual(['witness'])
  expect(await doubts(200, '100', '100')).toEqual(['witness'])
})

test('where bills are not kept any more, a debt that is another one was repaid and made again', async () => {
  expect(await doubts(200, '100', '150')).toEqual([])
  expect(await doubts(200, '100', '99')).toEqual([])
})

test('where bills are kept and tell of nothing, nothing is doubted', async () => {
  expect(await doubts(20, '100', '100.4')).toEqual([])
})
