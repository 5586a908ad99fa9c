import type { ArgumentsFor, ReplyOf } from '../../contracts/contract.ts'
import { billsArchive } from '../../contracts/okx/bills-archive.ts'
import { printArguments } from '../../contracts/request.ts'
import { firstRowAt } from '../../histories/first-row.ts'
import { billsRetention } from '../../histories/okx-histories.ts'
import { interval } from '../../time/interval.ts'
import { describeRequest } from '../attempt.ts'
import type { OkxClient } from '../okx-client.ts'
import type { HistoryPage, WalkOptions } from './history-page.ts'
import type { SpanHistory } from './span-history.ts'
import { walkSpans } from './walk-spans.ts'

export type BillRow = ReplyOf<typeof billsArchive>['data'][number]

/** The part of a client the walk uses. */
export type BillClient = Pick<OkxClient, 'billsArchive' | 'clock' | 'serverNow'>

const limitMax = billsArchive.cursor?.limitMax ?? 100
/** More pages than this at one instant, 10,000 bills, are not asked for. */
const pagesMax = 100

/**
 * Every bill within an interval, newest first, as far back as any source says that the exchange keeps them (facts B5): what is older than the shortest says is
 * proven back to the oldest bill that was shown, and no further. Spans are asked for by
 * their instants; where one instant fills a page by itself its bills are read on by their ids, of which no two are alike.
 */
export function walkBills(client: BillClient, { within, signal, pageSize = limitMax }: WalkOptions): AsyncGenerator<HistoryPage<BillRow>> {
  const ask = async (args: ArgumentsFor<typeof billsArchive>) => {
    const { data } = await client.billsArchive(args, { signal })
    return { rows: data, request: describeRequest(billsArchive, printArguments(billsArchive, args)) }
  }
  const history: SpanHistory<BillRow> = {
    endpoint: billsArchive.name,
    order: 'newest-first',
    windowMaxMs: Number.POSITIVE_INFINITY,
    pageSize,
    isBounded: true,
    openedAt: firstRowAt('okx'),
    retention: billsRetention,
    instantOf: (row) => row.ts,
    // Both bounds are inclusive on the wire.
    ask: async (span) => [await ask({ begin: span.from, end: span.to - 1, limit: pageSize })],
    split: async (span, _, show) => {
      const instant = span.to - 1
      let after: bigint | undefined
      for (let page = 1; page <= pagesMax; page++) {
        const { rows, request } = await ask({ begin: instant, end: instant, after, limit: pageSize })
        show(rows)
        if (rows.length < pageSize) return { proven: interval(instant, span.to), request: `${request} and the pages before it` }
        // The cursor is exclusive; of a page in no order the least id leaves nothing out that was not shown.
        const least = rows.reduce((id, row) => (row.billId < id ? row.billId : id), rows[0]?.billId ?? 0n)
        if (least === after) break
        after = least
      }
      return { came: `brought more bills of one instant than ${pagesMax} pages hold`, request: billsArchive.path }
    },
  }
  return walkSpans(client, history, within)
}
