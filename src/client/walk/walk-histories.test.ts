import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { modelClients, modelExchange } from '../../../test/support/model-exchange.ts'
import { decimal } from '../../decimal/decimal.ts'
import { overdraftError } from '../../errors/overdraft-error.ts'
import { type Interval, interval } from '../../time/interval.ts'
import { covers, intervalSet } from '../../time/interval-set.ts'
import { ManualClock } from '../../time/manual-clock.ts'
import { dayMs } from '../../time/units.ts'
import type { HistoryPage } from './history-page.ts'
import { type BillRow, walkBills } from './walk-bills.ts'
import { type IncomeRow, walkIncome } from './walk-income.ts'
import { type MarginInterestRow, walkMarginInterest } from './walk-margin-interest.ts'
import { walkMarginLoans } from './walk-margin-loans.ts'
import { walkRates } from './walk-rates.ts'

const now = Date.UTC(2026, 5, 20, 10, 30)
const amount = decimal('1.5')

async function walked<Row>(pages: AsyncGenerator<HistoryPage<Row>>): Promise<HistoryPage<Row>[]> {
  const all: HistoryPage<Row>[] = []
  for await (const page of pages) all.push(page)
  return all
}

/** Each row once, none outside of what its page proves, nothing of the span unproven, and no span proven twice. */
function expectWhole<Row>(
  pages: readonly HistoryPage<Row>[],
  within: Interval,
  wanted: readonly string[],
  keyOf: (row: Row) => string,
): void {
  expect(pages.flatMap(({ doubt }) => doubt ?? [])).toEqual([])
  expect(
    pages
      .flatMap((page) => page.rows)
      .map(keyOf)
      .sort(),
  ).toEqual([...wanted].sort())
  expect(covers(intervalSet(pages.map(({ proven }) => proven)), within)).toBe(true)
  expect(pages.reduce((sum, { proven }) => sum + proven.to - proven.from, 0)).toBe(within.to - within.from)
}

/** Few instants, so that many rows share one, some of them far back; some rows come twice. */
const instants = (days: number) =>
  fc.array(fc.tuple(fc.oneof(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 0, max: days * dayMs })), fc.boolean()), { maxLength: 80 })
const pageSizes = fc.integer({ min: 2, max: 9 })

function twice<Row>(rows: readonly (readonly [Row, boolean])[]): Row[] {
  return rows.flatMap(([row, again]) => (again ? [row, row] : [row]))
}

describe('walking the margin interest', () => {
  const rowOf = (id: number, at: number): MarginInterestRow => ({
    txId: BigInt(id) + 9_007_199_254_740_993n,
    interestAccuredTime: at,
    asset: 'USDT',
    rawAsset: 'USDT',
    principal: amount,
    interest: amount,
    interestRate: amount,
    type: 'PERIODIC',
  })

  test('yields every row once, whatever shares an instant or comes twice, on both sides of the archive’s edge', async () => {
    await fc.assert(
      fc.asyncProperty(instants(400), pageSizes, async (drawn, pageSize) => {
        const rows = drawn.map(([ago, again], index) => [rowOf(index, now - dayMs - ago), again] as const)
        const { binance } = modelClients(modelExchange(new ManualClock(now), { marginInterest: twice(rows) }))
        const within = interval(now - 402 * dayMs, now)
        const wanted = rows.map(([row]) => String(row.txId))
        expectWhole(await walked(walkMarginInterest(binance, { within, pageSize })), within, wanted, (row) => String(row.txId))
      }),
      { numRuns: 120 },
    )
  })

  test('a total that does not fit proves nothing, and what came is kept', async () => {
    const { binance } = modelClients(
      modelExchange(new ManualClock(now), { marginInterest: [rowOf(1, now - dayMs), rowOf(2, now - 2 * dayMs)] }),
    )
    const off: typeof binance = {
      ...binance,
      marginInterestHistory: async (args) => {
        const reply = await binance.marginInterestHistory(args)
        return { ...reply, total: reply.total + 1 }
      },
    }
    const pages = await walked(walkMarginInterest(off, { within: interval(now - 20 * dayMs, now) }))
    expect(pages.every(({ proven }) => proven.from === proven.to)).toBe(true)
    expect(pages[0]?.doubt).toMatchObject({ kind: 'total', came: 'counted 3 rows and brought 2' })
    expect(new Set(pages.flatMap(({ rows }) => rows).map(({ txId }) => txId)).size).toBe(2)
  })
})

describe('walking the income', () => {
  const types = ['FUNDING_FEE', 'REALIZED_PNL', 'COMMISSION', 'TRANSFER', 'AUTO_EXCHANGE', 'WELCOME_BONUS', 'API_REBATE']
  const rowOf = (id: number, time: number): IncomeRow => ({
    symbol: '',
    incomeType: types[id % types.length] ?? '',
    income: amount,
    asset: 'USDT',
    info: '',
    time,
    tranId: BigInt(id),
    tradeId: '',
  })

  test('yields every line once, told oldest first and without numbered pages, however many share an instant', async () => {
    await fc.assert(
      fc.asyncProperty(instants(80), fc.integer({ min: 30, max: 40 }), async (drawn, pageSize) => {
        const rows = drawn.map(([ago, again], index) => [rowOf(index, now - dayMs - ago), again] as const)
        const { binance } = modelClients(modelExchange(new ManualClock(now), { umIncome: twice(rows) }))
        const within = interval(now - 85 * dayMs, now)
        const wanted = rows.map(([row]) => String(row.tranId))
        expectWhole(await walked(walkIncome(binance, { within, wallet: 'um', pageSize })), within, wanted, (row) => String(row.tranId))
      }),
      { numRuns: 120 },
    )
  })

  test('proves no more than "3 months" are for certain', async () => {
    const { binance } = modelClients(modelExchange(new ManualClock(now), { umIncome: [rowOf(1, now - 89.5 * dayMs)] }))
    const pages = await walked(walkIncome(binance, { within: interval(now - 200 * dayMs, now), wallet: 'um' }))
    expect(intervalSet(pages.map(({ proven }) => proven))).toEqual([interval(now - 89 * dayMs, now)])
  })
})

describe('walking the bills', () => {
  test('yields every bill once, however many share an instant', async () => {
    await fc.assert(
      fc.asyncProperty(instants(300), pageSizes, async (drawn, pageSize) => {
        const sorted = [...drawn].sort(([left], [right]) => right - left)
        const rows = sorted.map(
          ([ago, again], index) => [{ billId: BigInt(index), ts: now - dayMs - ago, ccy: 'BTC' } as BillRow, again] as const,
        )
        const { okx } = modelClients(modelExchange(new ManualClock(now), { bills: rows.map(([row]) => row) }))
        const asked = interval(now - 302 * dayMs, now)
        // Nothing is known of what is older than every source says, but for bills that are shown.
        const within = interval(Math.max(asked.from, Math.min(now - 89 * dayMs, ...rows.map(([row]) => row.ts))), now)
        expectWhole(
          await walked(walkBills(okx, { within: asked, pageSize })),
          within,
          rows.map(([row]) => String(row.billId)),
          (row) => String(row.billId),
        )
      }),
      { numRuns: 120 },
    )
  })
})

describe('walking the bills of an archive that keeps them for less than a year', () => {
  const billAt = (daysAgo: number, id: number) => ({ billId: BigInt(id), ts: now - daysAgo * dayMs, ccy: 'BTC' }) as BillRow
  const provenOf = async (bills: readonly BillRow[], daysAgo: number) => {
    const { okx } = modelClients(modelExchange(new ManualClock(now), { bills }))
    const pages = await walked(walkBills(okx, { within: interval(now - daysAgo * dayMs, now) }))
    return intervalSet(pages.map(({ proven }) => proven))
  }

  test('an empty answer proves no more than every source says is kept', async () => {
    expect(await provenOf([], 160)).toEqual([interval(now - 89 * dayMs, now)])
    expect(await provenOf([billAt(1, 1)], 400)).toEqual([interval(now - 89 * dayMs, now)])
  })

  test('bills that are shown prove as far back as they are', async () => {
    expect(await provenOf([billAt(120, 1), billAt(2, 2)], 160)).toEqual([interval(now - 120 * dayMs, now)])
    expect(await provenOf([billAt(160, 1), billAt(2, 2)], 160)).toEqual([interval(now - 160 * dayMs, now)])
  })

  test('what is newer than that is proven where only that is asked', async () => {
    expect(await provenOf([], 40)).toEqual([interval(now - 40 * dayMs, now)])
  })
})

describe('walking loans and rates', () => {
  test('asks for one asset, and takes that an asset has no rates for an answer', async () => {
    const clock = new ManualClock(now)
    const loans = ['BTC', 'ETH'].map((asset, index) => ({
      txId: BigInt(index),
      asset,
      principal: amount,
      timestamp: now - dayMs,
      status: 'CONFIRMED',
    }))
    const { binance } = modelClients(modelExchange(clock, { loans }))
    const within = interval(now - 40 * dayMs, now)
    expectWhole(await walked(walkMarginLoans(binance, { within, asset: 'ETH' })), within, ['1'], (row) => String(row.txId))
    const unrated = overdraftError('client.refused', {
      exchange: 'binance',
      endpoint: 'margin-interest-rate-history',
      status: 400,
      exchangeCode: '-11027',
      exchangeText: 'asset X is not supported',
    })
    const refusing = { ...binance, marginInterestRateHistory: () => Promise.reject(unrated) }
    expectWhole(await walked(walkRates(refusing, { within, asset: 'X' })), within, [], String)
  })
})
