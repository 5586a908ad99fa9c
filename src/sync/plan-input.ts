import type { Book } from '../book/book-interface.ts'
import type { BookAccount, Stream } from '../book/record.ts'
import { divide, isZero, subtract } from '../decimal/arithmetic.ts'
import { type Decimal, toText } from '../decimal/decimal.ts'
import type { History } from '../histories/history.ts'
import { intervalSet, totalMs } from '../time/interval-set.ts'
import { dayMs } from '../time/units.ts'
import type { RowDensity } from './plan-pages.ts'
import type { AccountInput, StreamInput } from './sync-plan.ts'

/**
 * What is assumed of a stream of which the book knows nothing: on OKX one debt, charged every hour; on Binance, and of
 * everything else, no more in a window than a page holds.
 */
export function assumedDensity(exchange: BookAccount['exchange'], stream: Stream): RowDensity {
  return exchange === 'okx' && stream === 'interest' ? { perDay: 24, atOnce: 1 } : { perDay: 0, atOnce: 1 }
}

/** Reads from the book what a plan for one account rests on. Asks the exchange nothing. */
export async function readAccountInput(book: Book, account: BookAccount, rules: readonly History[]): Promise<AccountInput> {
  const streams: StreamInput[] = []
  for (const rule of rules) {
    const proven = intervalSet(await book.proven(account.label, rule.stream))
    streams.push({ rule, proven, density: await readDensity(book, account, rule.stream, totalMs(proven)) })
  }
  return Object.freeze({ account, streams: Object.freeze(streams), headroom: await readHeadroom(book, account) })
}

/** Charges a day over what is proven, and how many came at the newest instant. */
async function readDensity(book: Book, { label, exchange }: BookAccount, stream: Stream, provenMs: number): Promise<RowDensity> {
  const assumed = assumedDensity(exchange, stream)
  if (stream !== 'interest' || provenMs < dayMs) return assumed
  const charges = (await book.totals({ accounts: [label], by: 'all' })).reduce((sum, total) => sum + total.charges, 0)
  const latest = await book.latestCharges(label)
  const newestAt = Math.max(...latest.map(({ at }) => at))
  const atOnce = Math.max(latest.filter(({ at }) => at === newestAt).length, 1)
  return { perDay: (charges * dayMs) / provenMs, atOnce }
}

/** The least share of a threshold that is left to any debt; auto-exchange records tell the thresholds (facts A3.3). */
export async function readHeadroom(book: Book, { label }: BookAccount): Promise<number | undefined> {
  const owing = (await book.latestBalances(label)).filter(({ owed }) => !isZero(owed))
  if (owing.length === 0) return undefined
  const thresholds = new Map<string, Decimal>()
  for await (const run of book.exchangeRuns({ accounts: [label], order: 'newest-first' })) {
    for (const { asset, maximumThreshold } of run.details) if (!thresholds.has(asset)) thresholds.set(asset, maximumThreshold)
  }
  const shares = owing.flatMap(({ asset, owed }) => {
    const threshold = thresholds.get(asset)
    if (threshold === undefined) return []
    return isZero(threshold) ? [0] : [Number(toText(divide(subtract(threshold, owed), threshold, 6, 'down')))]
  })
  return shares.length === 0 ? undefined : Math.min(...shares)
}
