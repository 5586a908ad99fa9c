import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decimal } from '../../decimal/decimal.ts'
import { interval } from '../../time/interval.ts'
import { intervalSet, totalMs } from '../../time/interval-set.ts'
import { ManualClock } from '../../time/manual-clock.ts'
import { dayMs, minuteMs } from '../../time/units.ts'
import { type ExchangeRecordClient, type ExchangeRunRow, walkExchangeRecords } from './walk-exchange-records.ts'

const epoch = 1_760_000_000_000

function runOf(at: number, tookMs: number): ExchangeRunRow {
  return {
    startTime: at,
    endTime: at + tookMs,
    details: [{ asset: 'ETH', negativeBalance: decimal('18'), negativeMaxThreshold: decimal('5') }],
  }
}

/** Where the document is silent the model takes either side: a run belongs to a window by its start, or by its end. */
function modelExchange(runs: readonly ExchangeRunRow[], belongsBy: 'startTime' | 'endTime', most = Number.POSITIVE_INFINITY) {
  const clock = new ManualClock(epoch + 400 * dayMs)
  return {
    clock,
    serverNow: () => clock.now(),
    negativeBalanceExchangeRecord: async ({ startTime, endTime }: { startTime: number; endTime: number }) => {
      if (endTime < startTime || endTime - startTime > 89 * dayMs) throw new Error('the exchange would refuse this')
      const rows = runs
        .filter((run) => run[belongsBy] >= startTime && run[belongsBy] <= endTime)
        .sort((left, right) => right.startTime - left.startTime)
      return { total: rows.length, rows: rows.slice(0, most) }
    },
  } as unknown as ExchangeRecordClient
}

async function walked(client: ExchangeRecordClient, from: number, to: number) {
  const pages = []
  for await (const page of walkExchangeRecords(client, { within: interval(from, to) })) pages.push(page)
  return pages
}

const runs = fc
  .uniqueArray(fc.integer({ min: 0, max: 390 * dayMs }), { maxLength: 40 })
  .chain((starts) => fc.tuple(...starts.map((at) => fc.integer({ min: 1, max: 30 * minuteMs }).map((took) => runOf(epoch + at, took)))))

describe('walking the auto-exchange records', () => {
  test('yields every run exactly once and proves the whole of what was asked, by whichever end a run belongs to a window', async () => {
    const span = fc.tuple(fc.integer({ min: 0, max: 390 * dayMs }), fc.integer({ min: 0, max: 390 * dayMs }))
    const modelled = fc.constantFrom('startTime' as const, 'endTime' as const)
    await fc.assert(
      fc.asyncProperty(runs, span, modelled, async (all, [one, other], belongsBy) => {
        const [from, to] = [epoch + Math.min(one, other), epoch + Math.max(one, other)]
        const pages = await walked(modelExchange(all, belongsBy), from, to)
        const found = pages.flatMap((page) => page.rows.map((run) => run.startTime))
        const wanted = all.map((run) => run.startTime).filter((at) => at >= from && at < to)
        expect(found).toEqual(wanted.sort((left, right) => right - left))
        expect(totalMs(intervalSet(pages.map((page) => page.proven)))).toBe(to - from)
        expect(pages.reduce((sum, { proven }) => sum + proven.to - proven.from, 0)).toBe(to - from)
      }),
      { numRuns: 200 },
    )
  })

  test('a reply that counts more runs than it brings is walked on behind, and proves nothing of them', async () => {
    const all = [1, 2, 3, 4, 5, 6, 7].map((day) => runOf(epoch + day * dayMs, minuteMs))
    const pages = await walked(modelExchange(all, 'startTime', 3), epoch, epoch + 30 * dayMs)
    expect(new Set(pages.flatMap((page) => page.rows).map((run) => run.startTime)).size).toBe(7)
    expect(pages[0]?.doubt).toMatchObject({ kind: 'total', came: 'counted 7 rows and brought 3' })
    const proven = intervalSet(pages.map((page) => page.proven))
    expect(all.filter(({ startTime }) => proven.some(({ from, to }) => from <= startTime && startTime < to))).toHaveLength(3)
  })

  test('runs that cannot be reached are named, not left out', async () => {
    const all = [1, 2, 3].map(() => runOf(epoch, minuteMs))
    const pages = await walked(modelExchange(all, 'startTime', 2), epoch, epoch + dayMs)
    expect(pages.flatMap(({ doubt }) => doubt ?? []).at(-1)).toMatchObject({ kind: 'total', came: 'counted 3 rows and brought 2' })
    expect(intervalSet(pages.map((page) => page.proven)).some(({ from, to }) => from <= epoch && epoch < to)).toBe(false)
  })

  test('a total that fits only after it was asked for again is believed', async () => {
    const client = modelExchange([runOf(epoch + dayMs, minuteMs)], 'startTime')
    let asks = 0
    const wavering: ExchangeRecordClient = {
      ...client,
      negativeBalanceExchangeRecord: async (args) => {
        const reply = await client.negativeBalanceExchangeRecord(args)
        return { ...reply, total: reply.total + (asks++ < 2 ? 1 : 0) }
      },
    }
    const pages = await walked(wavering, epoch, epoch + 30 * dayMs)
    expect(pages.map(({ proven, doubt }) => [proven, doubt])).toEqual([[{ from: epoch, to: epoch + 30 * dayMs }, undefined]])
    expect(asks).toBe(3)
  })

  test('asks nothing of an exchange that does not have the endpoint yet: until now there is nothing', async () => {
    const clock = new ManualClock(Date.UTC(2024, 10, 1))
    const refusing = {
      clock,
      serverNow: () => clock.now(),
      negativeBalanceExchangeRecord: async () => {
        throw new Error('the path is unknown')
      },
    } as unknown as ExchangeRecordClient
    const pages = await walked(refusing, Date.UTC(2024, 0, 1), Date.UTC(2025, 0, 1))
    expect(pages).toMatchObject([{ rows: [], proven: { from: Date.UTC(2024, 0, 1), to: clock.now() } }])
  })
})
