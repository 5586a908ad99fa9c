import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { BookAccount } from '../book/record.ts'
import { wholeHistories } from '../histories/histories.ts'
import { contains, type Interval, interval } from '../time/interval.ts'
import { difference, intersection, intervalSet, totalMs } from '../time/interval-set.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { planStream } from './plan.ts'
import { pagesOfSpan, type RowDensity } from './plan-pages.ts'
import { planSync } from './plan-sync.ts'
import { pagesOfGap, planWalks } from './plan-walks.ts'
import type { AccountInput, SyncPlanInput } from './sync-plan.ts'

const now = Date.UTC(2026, 5, 20, 10, 30)
const addedAt = now - 400 * dayMs
const yearsMs = 5 * 366 * dayMs

const spans = fc
  .array(
    fc.record({
      at: fc.integer({ min: 0, max: yearsMs }),
      length: fc.oneof(fc.integer({ min: 1, max: hourMs }), fc.integer({ min: 1, max: 200 * dayMs })),
    }),
    { maxLength: 8 },
  )
  .map((drawn) => intervalSet(drawn.map(({ at, length }) => interval(now - at - length, Math.min(now - at, now)))))

const density: fc.Arbitrary<RowDensity> = fc.record({
  perDay: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 500, noNaN: true })),
  atOnce: fc.integer({ min: 1, max: 120 }),
})

const inputs: fc.Arbitrary<SyncPlanInput> = fc
  .array(
    fc.record({
      exchange: fc.constantFrom<BookAccount['exchange']>('binance', 'okx'),
      headroom: fc.option(fc.double({ min: -1, max: 1, noNaN: true }), { nil: undefined }),
      known: fc.array(fc.record({ proven: spans, density }), { minLength: 5, maxLength: 5 }),
    }),
    { minLength: 1, maxLength: 4 },
  )
  .map((drawn) => ({
    now,
    accounts: drawn.map(({ exchange, headroom, known }, index): AccountInput => {
      const account = { label: `a${index}`, exchange, baseUrl: `http://127.0.0.1:${index % 2}1`, addedAt, mayRepay: false }
      const streams = wholeHistories(exchange).flatMap((rule, place) => {
        const input = known[place]
        return input === undefined ? [] : [{ rule, ...input }]
      })
      return { account, streams, headroom }
    }),
  }))

const spansOf = (input: SyncPlanInput, account: string, stream: string): readonly Interval[] =>
  planSync(input).requests.flatMap((request) =>
    request.account === account && request.stream === stream && request.span ? [request.span] : [],
  )

test('every instant that can be proven and is not lies in a request, and so does the newest past', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      for (const { account, streams } of input.accounts) {
        for (const { rule, proven } of streams) {
          const { asked, settled } = planStream(rule, { proven, now, since: undefined, addedAt })
          const covered = intervalSet(spansOf(input, account.label, rule.stream))
          expect(difference(asked, covered)).toEqual([])
          expect(difference(difference(settled, proven), covered)).toEqual([])
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('no request asks for more than a window of its contract, nor for what is not wanted', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      for (const { account, streams } of input.accounts) {
        for (const { rule, proven } of streams) {
          const { wanted } = planStream(rule, { proven, now, since: undefined, addedAt })
          for (const { from, to } of spansOf(input, account.label, rule.stream)) {
            expect(to - from).toBeLessThanOrEqual(rule.windowMs ?? Number.POSITIVE_INFINITY)
            expect(from).toBeGreaterThanOrEqual(wanted.from)
            expect(to).toBeLessThanOrEqual(wanted.to)
          }
        }
      }
    }),
    { numRuns: 60 },
  )
})

test('walks are never more requests than going through each gap window by window', () => {
  const windowMs = fc.constantFrom(undefined, 30 * dayMs, 89 * dayMs)
  fc.assert(
    fc.property(spans, density, windowMs, fc.constantFrom(undefined, 100), (asked, dense, window, pageRows) => {
      const shape = { windowMs: window, pageRows }
      const planned = planWalks(asked, shape, dense).reduce((sum, walk) => sum + pagesOfSpan(walk, shape, dense), 0)
      expect(planned).toBeLessThanOrEqual(asked.reduce((sum, gap) => sum + pagesOfGap(gap, shape, dense), 0))
    }),
    { numRuns: 500 },
  )
})

test('where a page holds whatever a window has, there is no cover of fewer requests', () => {
  fc.assert(
    fc.property(spans, (asked) => {
      const windowMs = 30 * dayMs
      const walks = planWalks(asked, { windowMs, pageRows: 100 }, { perDay: 0, atOnce: 1 })
      // Newest unproven instants that lie further apart than a window: each needs a request of its own.
      const apart: number[] = []
      for (const { from, to } of [...asked].reverse()) {
        for (let at = Math.min(to - 1, (apart.at(-1) ?? Number.POSITIVE_INFINITY) - windowMs); at >= from; at -= windowMs) apart.push(at)
      }
      expect(walks).toHaveLength(apart.length)
      for (const at of apart) expect(walks.filter((walk) => contains(walk, at))).toHaveLength(1)
    }),
    { numRuns: 500 },
  )
})

test('what is owed now comes first, then today, the newest month and history; near a threshold before what is not', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const { requests } = planSync(input)
      const headroom = new Map(input.accounts.map((account) => [account.account.label, account.headroom ?? Number.POSITIVE_INFINITY]))
      for (const [index, request] of requests.entries()) {
        const before = requests[index - 1]
        if (before === undefined) continue
        expect(before.urgency).toBeLessThanOrEqual(request.urgency)
        if (before.urgency !== request.urgency) continue
        expect(headroom.get(before.account)).toBeLessThanOrEqual(headroom.get(request.account) ?? 0)
      }
      expect(requests.filter(({ stream }) => stream === 'balances').every(({ urgency }) => urgency === 0)).toBe(true)
    }),
    { numRuns: 60 },
  )
})

test('the pools carry exactly what is planned: one of all Binance accounts of an origin, one of each OKX account', () => {
  fc.assert(
    fc.property(inputs, (input) => {
      const { pools, requests, durationMs } = planSync(input)
      expect(pools.reduce((sum, pool) => sum + pool.cost, 0)).toBe(requests.reduce((sum, { cost }) => sum + cost, 0))
      for (const { pool, cost, limitMs } of pools) {
        expect(limitMs).toBe(Math.max(Math.ceil(cost / pool.limit) - 1, 0) * pool.perMs)
        expect(durationMs).toBeGreaterThanOrEqual(limitMs)
      }
      const origins = new Set(input.accounts.flatMap(({ account }) => (account.exchange === 'binance' ? [account.baseUrl] : [])))
      expect(new Set(pools.filter(({ pool }) => pool.key.startsWith('binance papi')).map(({ pool }) => pool.key)).size).toBe(origins.size)
    }),
    { numRuns: 60 },
  )
})

test('what is asked once in every sync is counted at its weight for all assets: prices only where the api host is reached', () => {
  const account = (exchange: BookAccount['exchange']) => ({
    label: exchange,
    exchange,
    baseUrl: 'http://127.0.0.1:1',
    addedAt,
    mayRepay: false,
  })
  const asked = (exchange: BookAccount['exchange'], reachesApiHost: boolean) => {
    const { requests, pools } = planSync({ now, accounts: [{ account: account(exchange), streams: [], reachesApiHost }] })
    expect(pools.reduce((sum, { cost }) => sum + cost, 0)).toBe(requests.reduce((sum, { cost }) => sum + cost, 0))
    return requests.map(({ stream, endpoint, cost }) => `${stream} ${endpoint} ${cost}`)
  }
  expect(asked('binance', false)).toEqual(['balances balance 20', 'facts repay-futures-switch 30'])
  expect(asked('binance', true)).toEqual([...asked('binance', false), 'prices asset-index-price 50'])
  expect(asked('okx', false)).toEqual(['balances balance 1', 'facts interest-rate 1', 'facts interest-limits 1'])
})

test('a gap beside the newest past is read by the same request, and gaps within one window by one', () => {
  const shape = { windowMs: 30 * dayMs, pageRows: 100 }
  const sparse = { perDay: 1, atOnce: 1 }
  const asked = intervalSet([
    interval(now - 2 * dayMs, now),
    interval(now - 9 * dayMs, now - 8 * dayMs),
    interval(now - 29 * dayMs, now - 28 * dayMs),
  ])
  expect(planWalks(asked, shape, sparse)).toEqual([interval(now - 29 * dayMs, now)])
  const dense = { perDay: 240, atOnce: 10 }
  expect(planWalks(asked, shape, dense)).toHaveLength(3)
  expect(totalMs(intersection(asked, intervalSet(planWalks(asked, shape, dense))))).toBe(4 * dayMs)
})
