import { marginLoanHistory } from '../../contracts/binance/margin-loan-history.ts'
import { marginRepayHistory } from '../../contracts/binance/margin-repay-history.ts'
import type { ReplyOf } from '../../contracts/contract.ts'
import { printArguments } from '../../contracts/request.ts'
import { describeRequest } from '../attempt.ts'
import type { BinanceClient } from '../binance-client.ts'
import type { HistoryPage, WalkOptions } from './history-page.ts'
import { recordPageRows, recordSpans } from './record-spans.ts'
import { walkSpans } from './walk-spans.ts'

export type MarginLoanRow = ReplyOf<typeof marginLoanHistory>['rows'][number]
export type MarginRepayRow = ReplyOf<typeof marginRepayHistory>['rows'][number]

/** The part of a client the walks use. */
export type MarginLoanClient = Pick<BinanceClient, 'marginLoanHistory' | 'marginRepayHistory' | 'clock' | 'serverNow'>

export interface MarginLoanWalk extends WalkOptions {
  readonly asset: string
}

/** Every margin loan in one asset within an interval, newest first, whatever became of it (facts A6). */
export function walkMarginLoans(
  client: MarginLoanClient,
  { within, asset, signal, pageSize = recordPageRows }: MarginLoanWalk,
): AsyncGenerator<HistoryPage<MarginLoanRow>> {
  const history = recordSpans<MarginLoanRow>({
    client,
    endpoint: marginLoanHistory.name,
    pageSize,
    instantOf: (row) => row.timestamp,
    ask: async (query) => {
      const args = { asset, ...query }
      const { rows, total } = await client.marginLoanHistory(args, { signal })
      return { rows, total, request: describeRequest(marginLoanHistory, printArguments(marginLoanHistory, args)) }
    },
  })
  return walkSpans(client, history, within)
}

/** Every repayment of margin loans in one asset within an interval, newest first, whatever became of it (facts A6). */
export function walkMarginRepayments(
  client: MarginLoanClient,
  { within, asset, signal, pageSize = recordPageRows }: MarginLoanWalk,
): AsyncGenerator<HistoryPage<MarginRepayRow>> {
  const history = recordSpans<MarginRepayRow>({
    client,
    endpoint: marginRepayHistory.name,
    pageSize,
    instantOf: (row) => row.timestamp,
    ask: async (query) => {
      const args = { asset, ...query }
      const { rows, total } = await client.marginRepayHistory(args, { signal })
      return { rows, total, request: describeRequest(marginRepayHistory, printArguments(marginRepayHistory, args)) }
    },
  })
  return walkSpans(client, history, within)
}
