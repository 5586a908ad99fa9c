import { archivedAfterMs } from '../../contracts/binance/margin-records.ts'
import { recordWindowMs } from '../../histories/binance-histories.ts'
import { firstRowAt } from '../../histories/first-row.ts'
import type { Interval } from '../../time/interval.ts'
import { dayMs } from '../../time/units.ts'
import { rowText } from './distinct-rows.ts'
import type { Show, SpanHistory, SpanReply, SplitDoubt, WalkClient } from './span-history.ts'

/** One request for a page of Binance's margin records. */
export interface RecordQuery {
  readonly startTime: number
  readonly endTime: number
  readonly current: number
  readonly size: number
  readonly archived: boolean
}

interface RecordSource<Row> {
  readonly client: WalkClient
  readonly endpoint: string
  readonly pageSize: number
  instantOf(row: Row): number
  ask(query: RecordQuery): Promise<{ readonly rows: readonly Row[]; readonly total: number; readonly request: string }>
}

export const recordPageRows = 100
/** "6 months" is 180 days to some and up to 184 to others: this much around it both sides are asked. */
const archiveDoubtMs = 10 * dayMs
/** More pages than this at one instant, 10,000 rows, are not asked for. */
const pagesMax = 100

/**
 * The histories that margin loans have in common (facts A6): windows of 30 days, numbered pages, a count of all rows, and
 * an archive for what is older than six months. Only the first page of a span is asked for, since pages shift when rows
 * appear; but one instant that fills a page by itself is read page by page, where nothing shifts.
 */
export function recordSpans<Row>(source: RecordSource<Row>): SpanHistory<Row> {
  const { client, endpoint, pageSize, instantOf } = source
  const edge = client.serverNow() - archivedAfterMs
  const cuts = [edge - archiveDoubtMs, edge + archiveDoubtMs]
  const sidesOf = ({ from, to }: Interval): readonly boolean[] => {
    if (from >= edge + archiveDoubtMs) return [false]
    return to <= edge - archiveDoubtMs ? [true] : [false, true]
  }
  const page = (span: Interval, archived: boolean, current: number) =>
    // Both bounds are inclusive on the wire.
    source.ask({ startTime: span.from, endTime: span.to - 1, current, size: pageSize, archived })

  return {
    endpoint,
    order: 'newest-first',
    windowMaxMs: recordWindowMs,
    pageSize,
    isBounded: true,
    openedAt: firstRowAt('binance'),
    cuts,
    instantOf,
    ask: async (span) => {
      const replies: SpanReply<Row>[] = []
      for (const archived of sidesOf(span)) replies.push(await page(span, archived, 1))
      return replies
    },
    split: async (span, _, show) => {
      const tied = { from: span.to - 1, to: span.to }
      let request = ''
      for (const archived of sidesOf(tied)) {
        const read = await everyPage((current) => page(tied, archived, current), pageSize, show)
        if ('came' in read) return read
        request = `${read.request} and the pages after it`
      }
      return { proven: tied, request }
    },
  }
}

async function everyPage<Row>(
  page: (current: number) => Promise<{ readonly rows: readonly Row[]; readonly total: number; readonly request: string }>,
  pageSize: number,
  show: Show<Row>,
): Promise<{ readonly request: string } | SplitDoubt> {
  let shown = 0
  let before = ''
  for (let current = 1; ; current++) {
    const { rows: more, total, request } = await page(current)
    show(more)
    shown += more.length
    const text = more.map(rowText).join()
    if (current > 1 && text === before) return { came: `brought page ${current - 1} of one instant again as page ${current}`, request }
    before = text
    if (more.length >= pageSize && current < pagesMax) continue
    if (shown === total && current < pagesMax) return { request }
    return { came: `counted ${total} rows of one instant and brought ${shown} in ${current} pages`, request }
  }
}
