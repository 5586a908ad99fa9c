import { isoDay } from '../../time/instant.ts'
import { type Interval, interval, isEmpty } from '../../time/interval.ts'
import { beginAsking } from './asked-at.ts'
import type { HistoryPage, PageDoubt } from './history-page.ts'
import { cameAstray, judgeSpan, type SpanVerdict } from './judge-span.ts'
import { ShownRows } from './shown-rows.ts'
import type { SpanHistory, SpanReply, WalkClient } from './span-history.ts'
import type { StrayRow } from './stray-rows.ts'
import { StuckWatch } from './stuck-watch.ts'

/** A reply that contradicts itself is asked for so often before it is believed to be all there is. */
const asksMax = 3

/** What a walk has learned of how far back the exchange keeps rows. */
interface Reach {
  /** The oldest row that was shown; infinite where none was. */
  shownFrom: number
}

/** A page, and what the walk need not ask for again, proven or not. */
type WalkedPage<Row> = HistoryPage<Row> & { readonly done: Interval }

interface Asked<Row> {
  readonly replies: readonly SpanReply<Row>[]
  readonly verdict: SpanVerdict
  readonly askedAt: number
  /** What the exchange certainly still kept when it answered. */
  readonly keptFrom: number
}

/**
 * Every row of a history within an interval, window by window, the newest window first. Windows without rows are answers,
 * not the end; full pages are walked on; rows that come twice in a reply are yielded once. What stays contradictory after
 * it was asked for again is yielded without proof and with a doubt, and the walk goes on behind it.
 *
 * @throws `client.walk-stuck` where it moves by nothing but single instants; what calls throw
 */
export async function* walkSpans<Row>(client: WalkClient, history: SpanHistory<Row>, within: Interval): AsyncGenerator<HistoryPage<Row>> {
  const { since } = history
  if (since !== undefined && client.serverNow() < since) {
    yield unreleased(client, history, within)
    return
  }
  const reach = { shownFrom: Number.POSITIVE_INFINITY }
  let { to } = within
  while (to > Math.max(within.from, answeredFrom(client, history))) {
    const window = interval(windowStart(history, Math.max(within.from, answeredFrom(client, history)), to), to)
    yield* walkWindow(client, history, window, reach)
    to = window.from
  }
}

function windowStart<Row>({ windowMaxMs, cuts = [] }: SpanHistory<Row>, from: number, to: number): number {
  return cuts.reduce((start, cut) => (cut < to ? Math.max(start, cut) : start), Math.max(from, to - windowMaxMs))
}

/** One window from its open end on: the newest, or where the history is told oldest first the oldest. */
async function* walkWindow<Row>(
  client: WalkClient,
  history: SpanHistory<Row>,
  window: Interval,
  reach: Reach,
): AsyncGenerator<HistoryPage<Row>> {
  const newestFirst = history.order === 'newest-first'
  let left = window
  let reachMs = window.to - window.from
  const shown = new ShownRows(history)
  const watch = new StuckWatch(history.endpoint)
  while (!isEmpty(left)) {
    const span = newestFirst
      ? interval(Math.max(left.from, left.to - reachMs), left.to)
      : interval(left.from, Math.min(left.to, left.from + reachMs))
    const asked = await askUntilClear(client, history, span, shown, reach)
    // In a page that is not full, order does not matter.
    if (asked.verdict.kind === 'doubt' && asked.verdict.of === 'order' && history.isBounded && span.to - span.from > 1) {
      reachMs = Math.ceil((span.to - span.from) / 2)
      continue
    }
    let page: WalkedPage<Row>
    try {
      page = await pageOf(client, history, span, asked, shown)
    } catch (error) {
      // Telling an instant apart takes many requests: what they showed until one failed is there, though nothing is proven.
      yield cutShort(client, span, asked, shown)
      throw error
    }
    shown.clear()
    const { done, ...told } = page
    yield told
    watch.take(done, told.doubt)
    left = newestFirst ? interval(left.from, Math.max(done.from, left.from)) : interval(Math.min(done.to, left.to), left.to)
    reachMs = Math.min(2 * reachMs, window.to - window.from)
    // What the exchange drops meanwhile is nobody's to prove.
    if (newestFirst && left.to <= answeredFrom(client, history)) return
  }
}

/** @param shown takes the rows of every reply */
async function askUntilClear<Row>(
  client: WalkClient,
  history: SpanHistory<Row>,
  span: Interval,
  shown: ShownRows<Row>,
  reach: Reach,
): Promise<Asked<Row>> {
  for (let asks = 1; ; asks++) {
    const asking = beginAsking(client)
    const replies = await history.ask(span)
    const askedAt = asking()
    const strays = shown.take(span, rowsOf(replies), client.serverNow())
    const verdict = judgeSpan(history, span, replies, strays)
    if (strays.length === 0)
      reach.shownFrom = rowsOf(replies).reduce((least, row) => Math.min(least, history.instantOf(row)), reach.shownFrom)
    // Where it still shows older rows it keeps them.
    const kept = Math.min(keptFrom(client, history, client.serverNow() - askedAt), reach.shownFrom)
    const asked = { replies, verdict, askedAt, keptFrom: kept }
    if (verdict.kind !== 'doubt' || asks >= asksMax) return asked
  }
}

async function pageOf<Row>(
  client: WalkClient,
  history: SpanHistory<Row>,
  span: Interval,
  { replies, verdict, askedAt, keptFrom: kept }: Asked<Row>,
  shown: ShownRows<Row>,
): Promise<WalkedPage<Row>> {
  const request = requestOf(replies)
  if (verdict.kind === 'proven') {
    const proven = notBefore(verdict.proven, kept)
    return { ...shown.around(proven), proven, request, askedAt, receivedAt: client.clock.now(), done: verdict.proven }
  }
  if (verdict.kind === 'doubt') {
    const doubt: PageDoubt = { kind: verdict.of, span: verdict.skipped, came: verdict.came, request }
    return doubted(client, shown, doubt, askedAt)
  }
  const asking = beginAsking(client)
  const strayed: StrayRow<Row>[] = []
  let rowsShown = 0
  const split = await history.split(span, rowsOf(replies), (rows) => {
    rowsShown += rows.length
    strayed.push(...shown.take(span, rows, client.serverNow()))
  })
  const { order } = history
  const tied = order === 'newest-first' ? interval(span.to - 1, span.to) : interval(span.from, span.from + 1)
  const [stray] = strayed
  if (stray !== undefined) {
    const came = cameAstray(history, stray, strayed.length, rowsShown)
    return doubted(client, shown, { kind: 'outside', span: tied, came, request: split.request }, askedAt)
  }
  if ('proven' in split) {
    const proven = notBefore(split.proven, kept)
    return {
      ...shown.around(proven),
      proven,
      request: split.request,
      askedAt: asking(),
      receivedAt: client.clock.now(),
      done: split.proven,
    }
  }
  return doubted(client, shown, { kind: 'tie', span: tied, came: split.came, request: split.request }, askedAt)
}

function doubted<Row>(client: WalkClient, shown: ShownRows<Row>, doubt: PageDoubt, askedAt: number): WalkedPage<Row> {
  const { span, request } = doubt
  const proven = interval(span.from, span.from)
  return { ...shown.around(span), proven, request, askedAt, receivedAt: client.clock.now(), doubt, done: span }
}

/** What was shown of a span when a request failed. */
function cutShort<Row>(client: WalkClient, span: Interval, { replies, askedAt }: Asked<Row>, shown: ShownRows<Row>): HistoryPage<Row> {
  const proven = interval(span.to, span.to)
  return { ...shown.around(proven), proven, request: requestOf(replies), askedAt, receivedAt: client.clock.now() }
}

/** By the exchange's clock it has no such endpoint yet, and so no such row. */
function unreleased<Row>(client: WalkClient, { endpoint, since = 0 }: SpanHistory<Row>, within: Interval): HistoryPage<Row> {
  const now = client.serverNow()
  const request = `nothing was asked: ${endpoint} exists from ${isoDay(since)} on`
  const proven = interval(Math.min(within.from, now), Math.min(within.to, now))
  return { rows: [], proven, request, askedAt: now, receivedAt: client.clock.now() }
}

/** From where on the exchange certainly keeps rows. */
function keptFrom<Row>(client: WalkClient, { retention }: SpanHistory<Row>, roundTripMs: number): number {
  return retention === undefined ? 0 : client.serverNow() + roundTripMs - retention.shortestMs
}

/** From where on some source says that it keeps them. */
function answeredFrom<Row>(client: WalkClient, { retention }: SpanHistory<Row>): number {
  return retention === undefined ? 0 : client.serverNow() - retention.longestMs
}

function notBefore({ from, to }: Interval, kept: number): Interval {
  const start = Math.min(Math.max(from, kept), to)
  return interval(start, to)
}

function rowsOf<Row>(replies: readonly SpanReply<Row>[]): readonly Row[] {
  return replies.flatMap(({ rows }) => rows)
}

function requestOf<Row>(replies: readonly SpanReply<Row>[]): string {
  return replies.map(({ request }) => request).join(' and ')
}
