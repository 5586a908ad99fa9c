import { interestAccrued } from '../../contracts/okx/interest-accrued.ts'
import { printArguments } from '../../contracts/request.ts'
import { contains, interval } from '../../time/interval.ts'
import { dayMs } from '../../time/units.ts'
import { describeRequest } from '../attempt.ts'
import { beginAsking } from './asked-at.ts'
import { readFullPage } from './full-page.ts'
import type { HistoryPage, WalkOptions } from './history-page.ts'
import { accruedAtOneInstant } from './interest-accrued-tie.ts'
import type { InterestAccruedArguments, InterestAccruedClient, InterestAccruedRow } from './interest-accrued-types.ts'

export interface InterestAccruedWalk extends WalkOptions {
  /** `2` market loans, the exchange's default; `1` VIP loans, since removed. */
  readonly type?: '1' | '2' | undefined
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
 * asked for by margin mode and currency. `before` is never sent.
 *
 * @throws `client.tie-too-large` when the rows of one instant cannot be told apart by the filters
 */
export async function* walkInterestAccrued(
  client: InterestAccruedClient,
  { within, type, signal, pageSize = limitMax }: InterestAccruedWalk,
): AsyncGenerator<HistoryPage<InterestAccruedRow>> {
  const oldestKept = () => Math.max(within.from, client.serverNow() - retentionMs)
  const ccysSeen = new Set<string>()
  let to = within.to
  while (to > oldestKept()) {
    const args: InterestAccruedArguments = { type, after: to, limit: pageSize }
    const asking = beginAsking(client)
    const { data } = await client.interestAccrued(args, { signal })
    const receivedAt = client.clock.now()
    const request = describeRequest(interestAccrued, printArguments(interestAccrued, args))
    for (const row of data) ccysSeen.add(row.ccy)
    const full = data.length >= pageSize ? readFullPage(data, accruedAt, interestAccrued.name, request) : undefined
    if (full?.isTie === true && full.oldest + 1 >= to) {
      const rows = await accruedAtOneInstant(client, { instant: full.oldest, tied: data, ccysSeen, type, pageSize, signal })
      const proven = interval(full.oldest, to)
      yield { rows, proven, request: `${request} by mgnMode and ccy`, askedAt: asking(), receivedAt: client.clock.now() }
      to = full.oldest
      continue
    }
    // Only what the exchange still keeps after the reply came was certainly in it.
    const from = oldestKept()
    if (from >= to) return
    const proven = interval(full === undefined ? from : Math.max(full.oldest + 1, from), to)
    const rows = data.filter((row) => contains(proven, accruedAt(row)))
    yield { rows, proven, request, askedAt: asking(), receivedAt }
    to = proven.from
  }
}
