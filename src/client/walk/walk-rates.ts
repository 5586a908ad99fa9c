import { marginInterestRateHistory } from '../../contracts/binance/margin-interest-rate-history.ts'
import type { ReplyOf } from '../../contracts/contract.ts'
import { printArguments } from '../../contracts/request.ts'
import { isOverdraftError } from '../../errors/overdraft-error.ts'
import { recordWindowMs } from '../../histories/binance-histories.ts'
import { firstRowAt } from '../../histories/first-row.ts'
import { describeRequest } from '../attempt.ts'
import type { BinanceClient } from '../binance-client.ts'
import type { HistoryPage, WalkOptions } from './history-page.ts'
import type { SpanHistory } from './span-history.ts'
import { walkSpans } from './walk-spans.ts'

export type RateRow = ReplyOf<typeof marginInterestRateHistory>[number]

/** The part of a client the walk uses. */
export type RateClient = Pick<BinanceClient, 'marginInterestRateHistory' | 'clock' | 'serverNow'>

/**
 * Every daily rate of one asset for the user's level within an interval, newest first (facts A5). A reply holds all rows of
 * its window; there are no pages.
 */
export function walkRates(
  client: RateClient,
  { within, asset, signal }: WalkOptions & { readonly asset: string },
): AsyncGenerator<HistoryPage<RateRow>> {
  const history: SpanHistory<RateRow> = {
    endpoint: marginInterestRateHistory.name,
    order: 'newest-first',
    windowMaxMs: recordWindowMs,
    pageSize: Number.POSITIVE_INFINITY,
    isBounded: true,
    openedAt: firstRowAt('binance'),
    instantOf: (row) => row.timestamp,
    ask: async (span) => {
      const args = { asset, startTime: span.from, endTime: span.to - 1 }
      const rows = await client.marginInterestRateHistory(args, { signal }).catch(noneOfUnrated)
      return [{ rows, request: describeRequest(marginInterestRateHistory, printArguments(marginInterestRateHistory, args)) }]
    },
    split: async () => ({ came: 'has no pages', request: marginInterestRateHistory.path }),
  }
  return walkSpans(client, history, within)
}

/** An asset that has no rates is refused (facts A2.1): that is an answer, and it says that there are none. */
function noneOfUnrated(error: unknown): readonly RateRow[] {
  if (isOverdraftError(error, 'client.refused') && error.values['exchangeCode'] === '-11027') return []
  throw error
}
