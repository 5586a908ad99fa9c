import { interestHistory } from '../../contracts/binance/interest-history.ts'
import type { ArgumentsFor, ReplyOf } from '../../contracts/contract.ts'
import { printArguments } from '../../contracts/request.ts'
import { firstRowAt } from '../../histories/first-row.ts'

import type { Interval } from '../../time/interval.ts'
import { dayMs } from '../../time/units.ts'
import { describeRequest } from '../attempt.ts'
import type { BinanceClient } from '../binance-client.ts'
import type { HistoryPage, WalkOptions } from './history-page.ts'
import type { SpanHistory, SpanReply } from './span-history.ts'
import { walkSpans } from './walk-spans.ts'

export type InterestHistoryRow = ReplyOf<typeof interestHistory>[number]

/** The part of a client the walk uses. */
export type InterestHistoryClient = Pick<BinanceClient, 'interestHistory' | 'balance' | 'clock' | 'serverNow'>

export interface InterestHistoryWalk extends WalkOptions {
  readonly asset?: string | undefined
}

const windowMaxMs = interestHistory.window?.maxMs ?? 30 * dayMs
const pageSizeMax = 100
const instantOf = (row: InterestHistoryRow) => row.interestAccuredTime

/**
 * Every charge on negative balances within an interval, newest first.
 *
 * A full page is only believed above its oldest instant, which is asked for again as the end of the next request, so
 * a tie across a page boundary loses nothing. Where more charges than a page holds share one instant, the walk goes
 * on asset by asset: the assets it has seen and all that the account's balance lists, which is every asset the
 * account ever touched (facts A3.1). A span of 30 days without charges is an answer, not the end.
 *
 * @example for await (const page of walkInterestHistory(client, { within: { from, to } })) store(page.rows, page.proven)
 */
export function walkInterestHistory(
  client: InterestHistoryClient,
  { within, asset, signal, pageSize = pageSizeMax }: InterestHistoryWalk,
): AsyncGenerator<HistoryPage<InterestHistoryRow>> {
  const seen = new Set<string>()
  const ask = async (span: Interval, only: string | undefined): Promise<SpanReply<InterestHistoryRow>> => {
    // Both bounds are inclusive on the wire.
    const args: ArgumentsFor<typeof interestHistory> = { asset: only, startTime: span.from, endTime: span.to - 1, size: pageSize }
    const rows = await client.interestHistory(args, { signal })
    for (const row of rows) seen.add(row.asset)
    return { rows, request: describeRequest(interestHistory, printArguments(interestHistory, args)) }
  }
  const whole = (only: string | undefined): SpanHistory<InterestHistoryRow> => ({
    endpoint: interestHistory.name,
    order: 'newest-first',
    windowMaxMs,
    pageSize,
    isBounded: true,
    openedAt: firstRowAt('binance'),
    instantOf,
    ask: async (span) => [await ask(span, only)],
    split: async (span, tied, show) => {
      const request = everyAsset(span)
      if (only !== undefined) return { came: `brought ${tied.length} charges on ${only} at one instant`, request }
      for (const each of new Set([...seen, ...(await listedAssets(client, signal))])) {
        for await (const page of walkSpans(client, whole(each), span)) {
          show([...page.rows, ...(page.besides ?? []), ...(page.strays ?? []).map(({ row }) => row)])
          if (page.doubt !== undefined) return page.doubt
        }
      }
      return { proven: span, request }
    },
  })
  return walkSpans(client, whole(asset), within)
}

async function listedAssets(client: InterestHistoryClient, signal: AbortSignal | undefined): Promise<readonly string[]> {
  const balances = await client.balance({}, { signal })
  return (Array.isArray(balances) ? balances : [balances]).map((row) => row.asset as string)
}

function everyAsset({ from, to }: Interval): string {
  return describeRequest(interestHistory, [
    ['startTime', String(from)],
    ['endTime', String(to - 1)],
    ['asset', 'each'],
  ])
}
