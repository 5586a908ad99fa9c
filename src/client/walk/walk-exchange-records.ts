import { negativeBalanceExchangeRecord as endpoint } from '../../contracts/binance/negative-balance-exchange-record.ts'
import type { ReplyOf } from '../../contracts/contract.ts'
import { printArguments } from '../../contracts/request.ts'
import { firstRowAt } from '../../histories/first-row.ts'
import { dayMs, hourMs } from '../../time/units.ts'
import { describeRequest } from '../attempt.ts'
import type { BinanceClient } from '../binance-client.ts'
import type { HistoryPage, WalkOptions } from './history-page.ts'
import type { SpanHistory } from './span-history.ts'
import { walkSpans } from './walk-spans.ts'

export type ExchangeRunRow = ReplyOf<typeof endpoint>['rows'][number]

/** The part of a client the walk uses. */
export type ExchangeRecordClient = Pick<BinanceClient, 'negativeBalanceExchangeRecord' | 'clock' | 'serverNow'>

/** "3 months" is not defined to the day; 89 days are within it however it is read (facts A3.3). */
const windowMaxMs = 89 * dayMs
/**
 * Whether a run belongs to a window by its start or by its end is not documented. A run takes minutes; asking for an
 * hour more than is proven finds it either way.
 */
const runMaxMs = hourMs

/**
 * Every auto-exchange run that started within an interval, newest first. There is no paging: a reply says how many runs
 * its window holds, and one that brings other ones proves nothing.
 */
export function walkExchangeRecords(
  client: ExchangeRecordClient,
  { within, signal }: WalkOptions,
): AsyncGenerator<HistoryPage<ExchangeRunRow>> {
  const history: SpanHistory<ExchangeRunRow> = {
    endpoint: endpoint.name,
    order: 'newest-first',
    windowMaxMs: windowMaxMs - runMaxMs,
    pageSize: Number.POSITIVE_INFINITY,
    isBounded: true,
    openedAt: firstRowAt('binance'),
    since: endpoint.since,
    instantOf: (run) => run.startTime,
    answers: (run, { from, to }) => run.endTime >= from && run.startTime <= to + runMaxMs,
    ask: async ({ from, to }) => {
      // Nothing is asked of the future but what the caller asked.
      const endTime = Math.max(to - 1, Math.min(to + runMaxMs, client.serverNow()))
      const args = { startTime: from, endTime }
      const { rows, total } = await client.negativeBalanceExchangeRecord(args, { signal })
      return [{ rows, total, request: describeRequest(endpoint, printArguments(endpoint, args)) }]
    },
    split: async () => ({ came: 'has no pages', request: endpoint.path }),
  }
  return walkSpans(client, history, within)
}
