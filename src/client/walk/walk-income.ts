import { cmIncome, cmIncomeTypes } from '../../contracts/binance/cm-income.ts'
import { umIncome, umIncomeTypes } from '../../contracts/binance/um-income.ts'
import type { ReplyOf } from '../../contracts/contract.ts'
import { printArguments } from '../../contracts/request.ts'
import { incomeRetention, incomeWindowMs } from '../../histories/binance-histories.ts'
import { firstRowAt } from '../../histories/first-row.ts'
import { type Interval, interval } from '../../time/interval.ts'
import { describeRequest } from '../attempt.ts'
import type { BinanceClient } from '../binance-client.ts'
import type { HistoryPage, WalkOptions } from './history-page.ts'
import type { SpanHistory, SpanReply } from './span-history.ts'
import { walkSpans } from './walk-spans.ts'

export type IncomeRow = ReplyOf<typeof umIncome>[number]

/** The part of a client the walk uses. */
export type IncomeClient = Pick<BinanceClient, 'umIncome' | 'cmIncome' | 'clock' | 'serverNow'>

export interface IncomeWalk extends WalkOptions {
  readonly wallet: 'um' | 'cm'
}

const limitMax = 1_000

/**
 * Every line of a futures wallet's income within an interval (facts A6). Pages are told oldest first and are not numbered
 * any more: a full one is believed below its newest instant, which the next request begins with. Where one instant fills
 * a page by itself it is asked for once for each type of income.
 */
export function walkIncome(
  client: IncomeClient,
  { within, wallet, signal, pageSize = limitMax }: IncomeWalk,
): AsyncGenerator<HistoryPage<IncomeRow>> {
  const endpoint = wallet === 'um' ? umIncome : cmIncome
  const types: readonly string[] = wallet === 'um' ? umIncomeTypes : cmIncomeTypes
  const ask = async (span: Interval, incomeType?: string): Promise<SpanReply<IncomeRow>> => {
    // Both bounds are inclusive on the wire.
    const args = { incomeType, startTime: span.from, endTime: span.to - 1, limit: pageSize }
    if (wallet === 'um') {
      const sent = args as Parameters<IncomeClient['umIncome']>[0] & object
      return { rows: await client.umIncome(sent, { signal }), request: describeRequest(umIncome, printArguments(umIncome, sent)) }
    }
    const sent = args as Parameters<IncomeClient['cmIncome']>[0] & object
    return { rows: await client.cmIncome(sent, { signal }), request: describeRequest(cmIncome, printArguments(cmIncome, sent)) }
  }
  const history: SpanHistory<IncomeRow> = {
    endpoint: endpoint.name,
    order: 'oldest-first',
    windowMaxMs: incomeWindowMs,
    pageSize,
    isBounded: true,
    openedAt: firstRowAt('binance'),
    retention: incomeRetention,
    instantOf: (row) => row.time,
    ask: async (span) => [await ask(span)],
    split: async (span, tied, show) => {
      const instant = interval(span.from, span.from + 1)
      let request = ''
      for (const type of new Set([...types, ...tied.map((row) => row.incomeType)])) {
        const part = await ask(instant, type)
        show(part.rows)
        if (part.rows.length >= pageSize)
          return { came: `brought ${part.rows.length} rows of type ${type} at one instant`, request: part.request }
        request = part.request
      }
      return { proven: instant, request: `${request} and every other incomeType` }
    },
  }
  return walkSpans(client, history, within)
}
