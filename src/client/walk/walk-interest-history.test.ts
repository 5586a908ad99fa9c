import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { interestHistory } from '../../contracts/binance/interest-history.ts'
import type { ArgumentsFor } from '../../contracts/contract.ts'
import { decimal } from '../../decimal/decimal.ts'
import { interval } from '../../time/interval.ts'
import { covers, intervalSet, totalMs } from '../../time/interval-set.ts'
import { ManualClock } from '../../time/manual-clock.ts'
import { dayMs } from '../../time/units.ts'
import { type InterestHistoryClient, type InterestHistoryRow, walkInterestHistory } from './walk-interest-history.ts'

const epoch = 1_700_000_000_000
/** After all that was charged. */
const now = epoch + 500 * dayMs
const assets = ['USDT', 'BTC', 'ETH', 'BNB', 'ADA', 'LTC', 'XRP', 'DOT']

function chargeOf(asset: string, at: number): InterestHistoryRow {
  return { asset, interest: decimal('0.1'), interestAccuredTime: at, interestRate: decimal('0.001'), principal: decimal('100') }
}

/** An exchange that keeps the document's rules and refuses what breaks them. */
function modelExchange(rows: readonly InterestHistoryRow[]) {
  const asked: { startTime: number; endTime: number; asset: string | undefined }[] = []
  const client = {
    clock: new ManualClock(now),
    serverNow: () => now,
    interestHistory: async ({ asset, startTime = 0, endTime = 0, size = 10 }: ArgumentsFor<typeof interestHistory> = {}) => {
      asked.push({ startTime, endTime, asset })
      if (endTime < startTime || endTime - startTime > 30 * dayMs || size > 100) throw new Error('the exchange would refuse this')
      return rows
        .filter((row) => row.interestAccuredTime >= startTime && row.interestAccuredTime <= endTime)
        .filter((row) => asset === undefined || row.asset === asset)
        .sort((left, right) => right.interestAccuredTime - left.interestAccuredTime)
        .slice(0, size)
    },
    balance: async () => [...new Set(rows.map((row) => row.asset))].map((asset) => ({ asset })),
  } as unknown as InterestHistoryClient
  return { client, asked }
}

const keyOf = (row: InterestHistoryRow) => `${row.asset}@${row.interestAccuredTime}`

/** Few instants, so that many rows share one. */
const history = fc.uniqueArray(
  fc.record({ asset: fc.constantFrom(...assets), at: fc.oneof(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 0, max: 120 * dayMs })) }),
  { selector: ({ asset, at }) => `${asset}@${at}`, maxLength: 120 },
)

async function walked(client: InterestHistoryClient, options: Parameters<typeof walkInterestHistory>[1]) {
  const pages = []
  for await (const page of walkInterestHistory(client, options)) pages.push(page)
  return pages
}

describe('walking the interest history', () => {
  test('yields every row exactly once, newest first, and proves the whole of what was asked, whatever the ties', async () => {
    const span = fc.tuple(fc.integer({ min: -2, max: 120 * dayMs }), fc.integer({ min: 0, max: 120 * dayMs }))
    await fc.assert(
      fc.asyncProperty(history, span, fc.integer({ min: 2, max: 12 }), async (charges, [start, length], pageSize) => {
        const rows = charges.map(({ asset, at }) => chargeOf(asset, epoch + at))
        const within = interval(epoch + start, epoch + start + length)
        const pages = await walked(modelExchange(rows).client, { within, pageSize })
        const found = pages.flatMap((page) => page.rows)
        const wanted = rows.filter((row) => row.interestAccuredTime >= within.from && row.interestAccuredTime < within.to)
        expect(found.map(keyOf).sort()).toEqual(wanted.map(keyOf).sort())
        expect(found.every((row, index) => index === 0 || row.interestAccuredTime <= found[index - 1]!.interestAccuredTime)).toBe(true)
        expect(pages.reduce((sum, { proven }) => sum + proven.to - proven.from, 0)).toBe(within.to - within.from)
        expect(totalMs(intervalSet(pages.map((page) => page.proven)))).toBe(within.to - within.from)
        for (const { rows: own, proven } of pages) {
          expect(own.every((row) => row.interestAccuredTime >= proven.from && row.interestAccuredTime < proven.to)).toBe(true)
        }
      }),
      { numRuns: 300 },
    )
  })

  test('asks 400 days in 14 windows when nothing overflows, empty ones included', async () => {
    const { client, asked } = modelExchange([chargeOf('USDT', epoch), chargeOf('USDT', epoch + 399 * dayMs)])
    const within = interval(epoch, epoch + 400 * dayMs)
    const pages = await walked(client, { within })
    expect(asked).toHaveLength(14)
    expect(pages.map((page) => page.rows.length)).toEqual([1, ...Array(12).fill(0), 1])
    expect(covers(intervalSet(pages.map((page) => page.proven)), within)).toBe(true)
  })

  test('more assets charged at one instant than a page holds are told apart by asset', async () => {
    const many = Array.from({ length: 250 }, (_, index) => chargeOf(`COIN${index}`, epoch))
    const pages = await walked(modelExchange(many).client, { within: interval(epoch - dayMs, epoch + dayMs) })
    expect(new Set(pages.flatMap((page) => page.rows).map(keyOf)).size).toBe(250)
  })

  test('leaves unproven where one asset alone has more charges at one instant than a page holds, and goes on behind', async () => {
    const same = Array.from({ length: 100 }, (_, index) => ({ ...chargeOf('USDT', epoch), interest: decimal(`${index}`) }))
    const { client } = modelExchange([...same, chargeOf('BTC', epoch - 1)])
    const within = interval(epoch - dayMs, epoch + dayMs)
    for (const asset of [undefined, 'USDT']) {
      const pages = await walked(client, { within, asset })
      expect(pages.flatMap(({ doubt }) => doubt ?? [])).toMatchObject([{ kind: 'tie', span: { from: epoch, to: epoch + 1 } }])
      expect(intervalSet(pages.map((page) => page.proven))).toEqual([interval(epoch - dayMs, epoch), interval(epoch + 1, epoch + dayMs)])
    }
  })

  test('a charge that comes twice in a page is one charge, also where it fills the page', async () => {
    const rows = ['USDT', 'BTC', 'ETH'].flatMap((asset) => [chargeOf(asset, epoch), chargeOf(asset, epoch)])
    const pages = await walked(modelExchange(rows).client, { within: interval(epoch - dayMs, epoch + dayMs), pageSize: 4 })
    expect(pages.flatMap((page) => page.rows).map(keyOf)).toEqual(['USDT', 'BTC', 'ETH'].map((asset) => keyOf(chargeOf(asset, epoch))))
    expect(covers(intervalSet(pages.map((page) => page.proven)), interval(epoch - dayMs, epoch + dayMs))).toBe(true)
  })

  test('full pages in no order are asked for in smaller spans, until order does not matter', async () => {
    await fc.assert(
      fc.asyncProperty(history, fc.integer({ min: 2, max: 12 }), fc.infiniteStream(fc.nat()), async (charges, pageSize, draws) => {
        const rows = charges.map(({ asset, at }) => chargeOf(asset, epoch + at))
        const { client } = modelExchange(rows)
        const shuffled: InterestHistoryClient = {
          ...client,
          interestHistory: async (args) => {
            const page = [...(await client.interestHistory(args))]
            return page.sort(() => ((draws.next().value ?? 0) % 2 === 0 ? 1 : -1))
          },
        }
        const within = interval(epoch, epoch + 120 * dayMs)
        const pages = await walked(shuffled, { within, pageSize })
        const proven = intervalSet(pages.map((page) => page.proven))
        const found = new Set(pages.flatMap((page) => page.rows).map(keyOf))
        expect(covers(proven, within)).toBe(true)
        expect(rows.filter((row) => row.interestAccuredTime < within.to && !found.has(keyOf(row)))).toEqual([])
      }),
      { numRuns: 60 },
    )
  })

  test('tells which request proved a page, without a secret in it', async () => {
    const [page] = await walked(modelExchange([]).client, { within: interval(epoch, epoch + dayMs), asset: 'USDT' })
    expect(page?.request).toBe('GET /papi/v1/portfolio/interest-history?asset=USDT&startTime=1700000000000&endTime=1700086399999&size=100')
    expect(page?.receivedAt).toBe(now)
  })
})
