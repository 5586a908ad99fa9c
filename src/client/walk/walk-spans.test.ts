import { expect, test } from 'vitest'
import type { Interval } from '../../time/interval.ts'
import { ManualClock } from '../../time/manual-clock.ts'
import type { HistoryPage } from './history-page.ts'
import type { SpanHistory } from './span-history.ts'
import { walkSpans } from './walk-spans.ts'

interface Row {
  readonly at: number
  readonly name: string
}

const clock = new ManualClock(1_000)
const client = { clock, serverNow: () => clock.now() }
const tied: readonly Row[] = [
  { at: 50, name: 'a' },
  { at: 50, name: 'b' },
]

/** Its rows of 50 fill a page, and are told apart by a second request. */
const historyOf = (split: SpanHistory<Row>['split']): SpanHistory<Row> => ({
  endpoint: 'rows',
  order: 'newest-first',
  windowMaxMs: 1_000,
  pageSize: 2,
  isBounded: true,
  openedAt: 0,
  instantOf: ({ at }) => at,
  ask: async ({ from, to }: Interval) => [{ rows: from <= 50 && 50 < to ? tied : [], request: `rows ${from} ${to}` }],
  split,
})

async function walked(history: SpanHistory<Row>): Promise<{ readonly pages: readonly HistoryPage<Row>[]; readonly failure: unknown }> {
  const pages: HistoryPage<Row>[] = []
  try {
    for await (const page of walkSpans(client, history, { from: 0, to: 51 })) pages.push(page)
    return { pages, failure: undefined }
  } catch (failure) {
    return { pages, failure }
  }
}

test('what an instant told apart shows is the page, with what the full page showed', async () => {
  const history = historyOf(async (_, __, show) => {
    show([{ at: 50, name: 'c' }, ...tied])
    return { proven: { from: 50, to: 51 }, request: 'by name' }
  })
  const { pages, failure } = await walked(history)
  expect(failure).toBeUndefined()
  expect(pages[0]).toMatchObject({ proven: { from: 50, to: 51 }, request: 'by name' })
  expect(pages[0]?.rows.map(({ name }) => name).sort()).toEqual(['a', 'b', 'c'])
})

test('a request that fails while an instant is told apart loses no row that others showed, and proves nothing', async () => {
  const failure = new Error('reset')
  const history = historyOf(async (_, __, show) => {
    show([{ at: 50, name: 'c' }])
    throw failure
  })
  const walk = await walked(history)
  expect(walk.failure).toBe(failure)
  expect(walk.pages).toHaveLength(1)
  const [page] = walk.pages
  expect([...(page?.rows ?? []), ...(page?.besides ?? [])].map(({ name }) => name).sort()).toEqual(['a', 'b', 'c'])
  expect(page?.proven).toEqual({ from: 51, to: 51 })
  expect(page?.doubt).toBeUndefined()
})
