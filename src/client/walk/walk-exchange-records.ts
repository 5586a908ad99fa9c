import { negativeBalanceExchangeRecord as endpoint } from '../../contracts/binance/negative-balance-exchange-record.ts'
import type { ReplyOf } from '../../contracts/contract.ts'
import { printArguments } from '../../contracts/request.ts'
import { fail } from '../../errors/overdraft-error.ts'
import { isoInstant } from '../../time/instant.ts'
import { contains, interval } from '../../time/interval.ts'
import { dayMs, hourMs } from '../../time/units.ts'
import { describeRequest } from '../attempt.ts'
import type { BinanceClient } from '../binance-client.ts'
import { beginAsking } from './asked-at.ts'
import { newestFirst, readFullPage } from './full-page.ts'
import type { HistoryPage, WalkOptions } from './history-page.ts'

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
const instantOf = (run: ExchangeRunRow) => run.startTime

/**
 * Every auto-exchange run that started within an interval, newest first. There is no paging: a reply says how many
 * runs its window holds, and where it brings fewer, only what is newer than its oldest run is believed.
 *
 * @throws `client.tie-too-large` when the runs left out cannot be reached
 */
export async function* walkExchangeRecords(
  client: ExchangeRecordClient,
  { within, signal }: WalkOptions,
): AsyncGenerator<HistoryPage<ExchangeRunRow>> {
  let to = within.to
  while (to > within.from) {
    const from = Math.max(within.from, to - (windowMaxMs - runMaxMs))
    // Nothing is asked of the future but what the caller asked.
    const endTime = Math.max(to - 1, Math.min(to + runMaxMs, client.serverNow()))
    const args = { startTime: from, endTime }
    const asking = beginAsking(client)
    const reply = await client.negativeBalanceExchangeRecord(args, { signal })
    const receivedAt = client.clock.now()
    const request = describeRequest(endpoint, printArguments(endpoint, args))
    const full = reply.total > reply.rows.length ? readFullPage(reply.rows, instantOf, endpoint.name, request) : undefined
    if (full !== undefined && full.oldest + 1 >= to) {
      fail('client.tie-too-large', { endpoint: endpoint.name, at: isoInstant(full.oldest), rows: reply.total })
    }
    const proven = interval(full === undefined ? from : Math.max(full.oldest + 1, from), to)
    const rows = newestFirst(
      reply.rows.filter((run) => contains(proven, instantOf(run))),
      instantOf,
    )
    yield { rows, proven, request, askedAt: asking(), receivedAt }
    to = proven.from
  }
}
