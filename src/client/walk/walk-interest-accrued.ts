import { interestAccrued } from '../../contracts/okx/interest-accrued.ts'
import { printArguments } from '../../contracts/request.ts'
import { firstRowAt } from '../../histories/first-row.ts'
import { interval } from '../../time/interval.ts'
import { dayMs } from '../../time/units.ts'
import { describeRequest } from '../attempt.ts'
import type { HistoryPage, WalkOptions } from './history-page.ts'
import { accruedAtOneInstant } from './interest-accrued-tie.ts'
import type { InterestAccruedArguments, InterestAccruedClient, InterestAccruedRow } from './interest-accrued-types.ts'
import type { SpanHistory } from './span-history.ts'
import { walkSpans } from './walk-spans.ts'

export interface InterestAccruedWalk extends WalkOptions {
  /** `2` market loans, the exchange's default; `1` VIP loans, since removed. */
  readonly type?: '1' | '2' | undefined
  /** Only charges on this currency. */
  readonly ccy?: string | undefined
}

export const accruedAt = (row: InterestAccruedRow) => row.ts
const limitMax = interestAccrued.cursor?.limitMax ?? 100
const retentionMs = interestAccrued.cursor?.retentionMs ?? 365 * dayMs

/**
 * Every hourly charge within an interval, newest first, as far back as the exchange keeps them (a year): what lies
 * further back is not proven by any page.
 *
 * The cursor is exclusive and many rows share an hour, so a full page is only believed above its oldest instant, and
 * the next request begins one millisecond after that. Where more rows than a page holds share one instant they are
 * asked for by margin mode, currency and instrument. `before` is never sent.
 */
export function walkInterestAccrued(
  client: InterestAccruedClient,
  { within, type, ccy, signal, pageSize = limitMax }: InterestAccruedWalk,
): AsyncGenerator<HistoryPage<InterestAccruedRow>> {
  const seen = { ccys: new Set<string>(), instIds: new Set<string>() }
  const history: SpanHistory<InterestAccruedRow> = {
    endpoint: interestAccrued.name,
    order: 'newest-first',
    windowMaxMs: Number.POSITIVE_INFINITY,
    pageSize,
    isBounded: false,
    openedAt: firstRowAt('okx'),
    retention: { shortestMs: retentionMs, longestMs: retentionMs },
    instantOf: accruedAt,
    ask: async (span) => {
      const args: InterestAccruedArguments = { type, ccy, after: span.to, limit: pageSize }
      const { data } = await client.interestAccrued(args, { signal })
      for (const row of data) {
        seen.ccys.add(row.ccy)
        seen.instIds.add(row.instId)
      }
      return [{ rows: data, request: describeRequest(interestAccrued, printArguments(interestAccrued, args)) }]
    },
    split: async (span, tied, show) => {
      const instant = span.to - 1
      const args: InterestAccruedArguments = { type, ccy, after: span.to, limit: pageSize }
      const request = `${describeRequest(interestAccrued, printArguments(interestAccrued, args))} by mgnMode, ccy and instId`
      const isToldApart = await accruedAtOneInstant(client, { instant, tied, seen, show, type, ccy, pageSize, signal })
      if (isToldApart) return { proven: interval(instant, span.to), request }
      return { came: `brought ${tied.length} rows of one currency, margin mode and instrument at one instant`, request }
    },
  }
  return walkSpans(client, history, within)
}
