import { describe, expect, test } from 'vitest'
import { fullModel } from '../../../test/support/full-model.ts'
import { modelClients } from '../../../test/support/model-exchange.ts'
import { answering, historyCalls, redated, withRows } from '../../../test/support/odd-answers.ts'
import { isOverdraftError } from '../../errors/overdraft-error.ts'
import type { BinanceSyncClient, OkxSyncClient } from '../../sync/sync-client.ts'
import { interval } from '../../time/interval.ts'
import { intervalSet, totalMs } from '../../time/interval-set.ts'
import { ManualClock } from '../../time/manual-clock.ts'
import { dayMs, hourMs } from '../../time/units.ts'
import type { HistoryPage } from './history-page.ts'
import { walkBills } from './walk-bills.ts'
import { walkExchangeRecords } from './walk-exchange-records.ts'
import { walkIncome } from './walk-income.ts'
import { walkInterestAccrued } from './walk-interest-accrued.ts'
import { walkInterestHistory } from './walk-interest-history.ts'
import { walkMarginInterest } from './walk-margin-interest.ts'
import { walkMarginLoans, walkMarginRepayments } from './walk-margin-loans.ts'
import { walkRates } from './walk-rates.ts'

const now = Date.UTC(2026, 5, 20, 10, 30)
const within = interval(now - 85 * dayMs, now)

interface Clients {
  readonly binance: BinanceSyncClient
  readonly okx: OkxSyncClient
}

type Walk = (clients: Clients, pageSize?: number) => AsyncGenerator<HistoryPage<unknown>>

const walks: readonly (readonly [string, Walk])[] = [
  ['interest history', ({ binance }, pageSize) => walkInterestHistory(binance, { within, pageSize })],
  ['auto-exchange records', ({ binance }) => walkExchangeRecords(binance, { within })],
  ['margin interest', ({ binance }, pageSize) => walkMarginInterest(binance, { within, pageSize })],
  ['UM income', ({ binance }, pageSize) => walkIncome(binance, { within, wallet: 'um', pageSize })],
  ['CM income', ({ binance }, pageSize) => walkIncome(binance, { within, wallet: 'cm', pageSize })],
  ['margin loans', ({ binance }, pageSize) => walkMarginLoans(binance, { within, asset: 'USDT', pageSize })],
  ['margin repayments', ({ binance }, pageSize) => walkMarginRepayments(binance, { within, asset: 'USDT', pageSize })],
  ['rates', ({ binance }) => walkRates(binance, { within, asset: 'USDT' })],
  ['interest accrued', ({ okx }, pageSize) => walkInterestAccrued(okx, { within, pageSize })],
  ['bills', ({ okx }, pageSize) => walkBills(okx, { within, pageSize })],
]

async function walked(pages: AsyncGenerator<HistoryPage<unknown>>) {
  const all: HistoryPage<unknown>[] = []
  try {
    for await (const page of pages) all.push(page)
    return { pages: all, code: undefined }
  } catch (error) {
    return { pages: all, code: isOverdraftError(error) ? error.code : String(error) }
  }
}

function clients(change: (client: BinanceSyncClient | OkxSyncClient) => BinanceSyncClient | OkxSyncClient): Clients {
  const { binance, okx } = modelClients(fullModel(new ManualClock(now)))
  return { binance: change(binance) as BinanceSyncClient, okx: change(okx) as OkxSyncClient }
}

const provenMs = (pages: readonly HistoryPage<unknown>[]) => totalMs(intervalSet(pages.map(({ proven }) => proven)))
const shownRows = (pages: readonly HistoryPage<unknown>[]) => pages.flatMap(({ rows, besides = [] }) => [...rows, ...besides])

describe.each(walks)('walking the %s', (_, walk) => {
  test('an answer as documented is believed', async () => {
    const { pages, code } = await walked(walk(clients((client) => client)))
    expect(code).toBeUndefined()
    expect(provenMs(pages)).toBe(within.to - within.from)
    expect(shownRows(pages)).toHaveLength(3)
  })

  test.each([
    ['seconds for milliseconds', (at: number) => at / 1_000],
    ['microseconds for milliseconds', (at: number) => at * 1_000],
    ['instants before 1970', (at: number) => -at],
    ['1970', (at: number) => at - now],
    ['days to come', (at: number) => at + 9 * dayMs],
  ])('rows with times in %s are no rows of it, and prove nothing', async (_name, date) => {
    const { pages, code } = await walked(walk(clients((client) => redated(client, date))))
    expect(code).toBeUndefined()
    const told = pages.filter(({ strays = [] }) => strays.length > 0)
    expect(told.length).toBeGreaterThan(0)
    expect(told.every(({ proven, doubt }) => proven.from === proven.to && doubt?.kind === 'outside')).toBe(true)
    expect(shownRows(pages)).toEqual([])
  })

  test('one row that was not asked for, among others that were, leaves the whole window unproven', async () => {
    const odd = clients((client) =>
      answering(client, async (name, __, reply) => {
        const field = historyCalls[name] ?? ''
        return withRows(await reply(), (rows) => {
          const [row] = rows
          return row === undefined ? rows : [...rows, { ...row, [field]: now + 3 * hourMs, endTime: now + 3 * hourMs }]
        })
      }),
    )
    const { pages } = await walked(walk(odd))
    const withRowsIn = pages.filter(({ rows }) => rows.length > 0)
    expect(withRowsIn.every(({ proven }) => proven.from === proven.to)).toBe(true)
    expect(shownRows(pages)).toHaveLength(3)
    expect(pages.flatMap(({ strays = [] }) => strays)[0]).toMatchObject({ why: 'lies outside of what was asked for' })
  })

  test('the same full page for ever ends it, and is kept', async () => {
    let asked = 0
    let first: unknown
    const stuck = clients((client) =>
      answering(client, async (__, ___, reply) => {
        if (++asked > 2_000) throw new Error('asked for ever')
        const came = await reply()
        first ??= shownRows([{ rows: rowsOf(came) } as never]).length > 0 ? came : undefined
        return first ?? came
      }),
    )
    const { pages, code } = await walked(walk(stuck, 3))
    expect(code === undefined || code === 'client.walk-stuck').toBe(true)
    expect(asked).toBeLessThan(100)
    expect(shownRows(pages).length).toBeGreaterThanOrEqual(3)
    // One reply that answers for all that was asked is no page of several.
    if (asked > 1) expect(provenMs(pages)).toBeLessThan(within.to - within.from)
  })

  test('an endless full page at whatever instant is asked for ends it with an error', async () => {
    let asked = 0
    const endless = clients((client) =>
      answering(client, async (name, args, reply) => {
        if (++asked > 20_000) throw new Error('asked for ever')
        const { endTime, startTime, end, after } = args as Readonly<Record<string, number | undefined>>
        const isOldestFirst = name === 'umIncome' || name === 'cmIncome'
        const at = isOldestFirst ? startTime : (end ?? endTime ?? (after ?? now) - 1)
        const sample = (await sampleOf(name)) ?? (await reply())
        const field = historyCalls[name] ?? ''
        return withRows(sample, (rows) =>
          Array.from({ length: 3 }, (__, place) => ({
            ...rows[0],
            [field]: at,
            ...('endTime' in (rows[0] ?? {}) ? { endTime: at } : {}),
            ...('billId' in (rows[0] ?? {}) ? { billId: BigInt(1_000_000 - 3 * asked - place) } : {}),
            ...('txId' in (rows[0] ?? {}) ? { txId: BigInt(3 * asked + place) } : {}),
          })),
        )
      }),
    )
    const { pages, code } = await walked(walk(endless, 3))
    // Where a reply has no pages it answers for its whole window.
    if (pages.some(({ proven }) => proven.to - proven.from > dayMs)) return
    expect(code).toBe('client.walk-stuck')
    expect(asked).toBeLessThan(5_000)
    expect(pages.length).toBeLessThan(60)
    expect(shownRows(pages).length).toBeGreaterThan(0)
  })
})

function rowsOf(reply: unknown): readonly unknown[] {
  let found: readonly unknown[] = []
  withRows(reply, (rows) => {
    found = rows
    return rows
  })
  return found
}

/** A reply of the model with rows. */
async function sampleOf(name: string): Promise<unknown> {
  const { binance, okx } = modelClients(fullModel(new ManualClock(now)))
  const all = { ...okx, ...binance, interestAccrued: okx.interestAccrued, billsArchive: okx.billsArchive } as unknown as Readonly<
    Record<string, (args: unknown) => Promise<unknown>>
  >
  return all[name]?.({ asset: 'USDT', startTime: now - 20 * dayMs, endTime: now, begin: now - 20 * dayMs, end: now, limit: 3, size: 3 })
}
