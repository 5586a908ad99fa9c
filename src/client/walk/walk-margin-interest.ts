import { marginInterestHistory } from '../../contracts/binance/margin-interest-history.ts'
import type { ReplyOf } from '../../contracts/contract.ts'
import { printArguments } from '../../contracts/request.ts'
import { describeRequest } from '../attempt.ts'
import type { BinanceClient } from '../binance-client.ts'
import type { HistoryPage, WalkOptions } from './history-page.ts'
import { recordPageRows, recordSpans } from './record-spans.ts'
import { walkSpans } from './walk-spans.ts'

export type MarginInterestRow = ReplyOf<typeof marginInterestHistory>['rows'][number]

/** The part of a client the walk uses. */
export type MarginInterestClient = Pick<BinanceClient, 'marginInterestHistory' | 'clock' | 'serverNow'>

export interface MarginInterestWalk extends WalkOptions {
  readonly asset?: string | undefined
}

/** Every charge on margin loans, and every one on negative balances as `PORTFOLIO`, within an interval, newest first (facts A5, A6). */
export function walkMarginInterest(
  client: MarginInterestClient,
  { within, asset, signal, pageSize = recordPageRows }: MarginInterestWalk,
): AsyncGenerator<HistoryPage<MarginInterestRow>> {
  const history = recordSpans<MarginInterestRow>({
    client,
    endpoint: marginInterestHistory.name,
    pageSize,
    instantOf: (row) => row.interestAccuredTime,
    ask: async (query) => {
      const args = { asset, ...query }
      const { rows, total } = await client.marginInterestHistory(args, { signal })
      return { rows, total, request: describeRequest(marginInterestHistory, printArguments(marginInterestHistory, args)) }
    },
  })
  return walkSpans(client, history, within)
}
