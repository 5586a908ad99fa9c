import { interestHistory } from '../../contracts/binance/interest-history.ts'
import type { ArgumentsFor, ReplyOf } from '../../contracts/contract.ts'
import { printArguments } from '../../contracts/request.ts'
import { fail } from '../../errors/overdraft-error.ts'
import { isoInstant } from '../../time/instant.ts'
import { contains, type Interval, interval } from '../../time/interval.ts'
import { dayMs } from '../../time/units.ts'
import { describeRequest } from '../attempt.ts'
import type { BinanceClient } from '../binance-client.ts'
import { beginAsking } from './asked-at.ts'
import { newestFirst, readFullPage } from './full-page.ts'
import type { HistoryPage, WalkOptions } from './history-page.ts'

export type InterestHistoryRow = ReplyOf<typeof interestHistory>[number]

/** The part of a client the walk uses. */
export type InterestHistoryClient = Pick<BinanceClient, 'interestHistory' | 'balance' | 'clock' | 'serverNow'>

export interface InterestHistoryWalk extends WalkOptions {
  readonly asset?: string | undefined
}

interface Asked {
  readonly rows: readonly InterestHistoryRow[]
  readonly full: boolean
  readonly request: string
}

type Ask = (span: Interval, asset: string | undefined) => Promise<Asked>

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
 * @throws `client.tie-too-large` when one asset alone has more charges at one instant than a page holds
 */
export async function* walkInterestHistory(
  client: InterestHistoryClient,
  { within, asset, signal, pageSize = pageSizeMax }: InterestHistoryWalk,
): AsyncGenerator<HistoryPage<InterestHistoryRow>> {
  const ask = asking(client, pageSize, signal)
  const seen = new Set<string>()
  let to = within.to
  while (to > within.from) {
    const from = Math.max(within.from, to - windowMaxMs)
    const asking = beginAsking(client)
    const asked = await ask(interval(from, to), asset)
    const receivedAt = client.clock.now()
    for (const row of asked.rows) seen.add(row.asset)
    const { rows, request } = asked
    const full = asked.full ? readFullPage(rows, instantOf, interestHistory.name, request) : undefined
    if (full?.isTie === true && full.oldest + 1 >= to) {
      if (asset !== undefined) return tieTooLarge(full.oldest, rows.length)
      yield await byAsset(client, ask, seen, interval(from, to), signal)
      to = from
      continue
    }
    const proven = interval(full === undefined ? from : Math.max(full.oldest + 1, from), to)
    yield { rows: rows.filter((row) => contains(proven, instantOf(row))), proven, request, askedAt: asking(), receivedAt }
    to = proven.from
  }
}

function asking(client: InterestHistoryClient, pageSize: number, signal: AbortSignal | undefined): Ask {
  return async (span, asset) => {
    // Both bounds are inclusive on the wire.
    const args: ArgumentsFor<typeof interestHistory> = { asset, startTime: span.from, endTime: span.to - 1, size: pageSize }
    const rows = await client.interestHistory(args, { signal })
    return { rows, full: rows.length >= pageSize, request: describeRequest(interestHistory, printArguments(interestHistory, args)) }
  }
}

/** All of one span, asked for each asset alone. */
async function byAsset(
  client: InterestHistoryClient,
  ask: Ask,
  seen: ReadonlySet<string>,
  span: Interval,
  signal: AbortSignal | undefined,
): Promise<HistoryPage<InterestHistoryRow>> {
  const asking = beginAsking(client)
  const balances = await client.balance({}, { signal })
  const listed = (Array.isArray(balances) ? balances : [balances]).map((row) => row.asset as string)
  const rows: InterestHistoryRow[] = []
  for (const asset of new Set([...seen, ...listed])) rows.push(...(await ofOneAsset(ask, asset, span)))
  return {
    rows: newestFirst(rows, instantOf),
    proven: span,
    request: describeRequest(interestHistory, [
      ['startTime', String(span.from)],
      ['endTime', String(span.to - 1)],
      ['asset', 'each'],
    ]),
    askedAt: asking(),
    receivedAt: client.clock.now(),
  }
}

async function ofOneAsset(ask: Ask, asset: string, span: Interval): Promise<InterestHistoryRow[]> {
  const found: InterestHistoryRow[] = []
  let { to } = span
  while (to > span.from) {
    const { rows, full: isFull, request } = await ask(interval(span.from, to), asset)
    const full = isFull ? readFullPage(rows, instantOf, interestHistory.name, request) : undefined
    if (full?.isTie === true && full.oldest + 1 >= to) return tieTooLarge(full.oldest, rows.length)
    const proven = interval(full === undefined ? span.from : Math.max(full.oldest + 1, span.from), to)
    found.push(...rows.filter((row) => contains(proven, instantOf(row)) && row.asset === asset))
    to = proven.from
  }
  return found
}

function tieTooLarge(instant: number, rows: number): never {
  return fail('client.tie-too-large', { endpoint: interestHistory.name, at: isoInstant(instant), rows })
}
