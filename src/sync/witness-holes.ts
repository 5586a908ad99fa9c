import type { Book } from '../book/book-interface.ts'
import type { BookAccount, Charge } from '../book/record.ts'
import { compare, isNegative, maximum, multiply, subtract } from '../decimal/arithmetic.ts'
import { decimalOf, toText } from '../decimal/decimal.ts'
import { billsRetention } from '../histories/okx-histories.ts'
import { nextBinanceCharge } from '../rules/binance-charge-instant.ts'
import { everyHour, nextBoundary } from '../time/boundary.ts'
import { isoInstant } from '../time/instant.ts'
import { type Interval, interval } from '../time/interval.ts'
import { covers, type IntervalSet, intervalSet } from '../time/interval-set.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { streamPages } from './stream-source.ts'
import type { SyncClient } from './sync-client.ts'
import { stoodBetween } from './witness-principal.ts'

export interface HoleSearch {
  readonly book: Book
  readonly account: BookAccount
  readonly client: SyncClient
  readonly signal: AbortSignal | undefined
  /** What was proven of the charges by this sync. */
  readonly within: IntervalSet
  /** Where bills are proven, and follow one from another: they would tell of an hour's interest. */
  readonly vouched: IntervalSet
}

/** Boundaries without a charge, between two charges on the same debt that say it stood meanwhile. */
export interface DoubtfulHole {
  readonly span: Interval
  readonly key: string
  readonly sentence: string
}

/** A debt that was not charged for longer was most likely repaid and made again. */
const longestHoleMs = { binance: 10 * dayMs, okx: 24 * hourMs } as const
/** So many holes are asked for again in one sync; those beyond it are looked at as they are. */
const askedMax = 50

/**
 * Holes in series of charges that are not explained by what stands around them. Each is asked for once more in another
 * shape, of its asset alone, before it is judged: what comes then is kept, and tells that the first telling was not whole.
 */
export async function* doubtfulHoles(search: HoleSearch): AsyncGenerator<DoubtfulHole> {
  const { book, account } = search
  let asked = 0
  for (const span of search.within) {
    // A neighbour on each side, so that a hole at the edge shows.
    const marginMs = longestHoleMs[account.exchange]
    const around = interval(Math.max(0, span.from - marginMs), span.to + marginMs)
    const proven = intervalSet(await book.proven(account.label, 'interest'))
    const last = new Map<string, Charge>()
    for await (const charge of book.charges({ accounts: [account.label], within: around, order: 'oldest-first' })) {
      const key = seriesOf(charge)
      const before = last.get(key)
      last.set(key, charge)
      const hole = before === undefined ? undefined : holeBetween(account, before, charge)
      if (before === undefined || hole === undefined || !covers(proven, hole) || !touches(search.within, hole)) continue
      if (asked++ < askedMax && (await comesAgain(search, charge.asset, hole))) {
        yield { span: hole, key, sentence: `charges ${key} from ${isoInstant(hole.from)} on came only when asked for by asset` }
      } else if (!covers(search.vouched, hole) && (await stoodMeanwhile(search, before, charge, hole))) {
        yield { span: hole, key, sentence: sentenceOf(account, key, before, charge, hole) }
      }
    }
  }
}

/** From the first boundary without a charge to behind the last; `undefined` where there is none, or too many. */
function holeBetween({ exchange }: BookAccount, before: Charge, after: Charge): Interval | undefined {
  const nextOf = (instant: number) => (exchange === 'binance' ? nextBinanceCharge(instant) : nextBoundary(instant, everyHour))
  // What is charged at other instants is charged by other rules.
  if (nextOf(before.at - 1) !== before.at || nextOf(after.at - 1) !== after.at) return undefined
  const next = nextOf(before.at)
  if (next >= after.at || after.at - before.at > longestHoleMs[exchange]) return undefined
  return interval(next, after.at)
}

/**
 * Whether a debt seems to have stood through a hole: on Binance by what moved it; on OKX because it is no smaller than
 * before, as unpaid interest only makes it grow (facts B3.1). Where bills are not kept any more nothing will ever vouch for
 * a debt that was repaid and made again: there it stood only if it grew by no more than its interest.
 */
async function stoodMeanwhile({ book, account, client }: HoleSearch, before: Charge, after: Charge, hole: Interval): Promise<boolean> {
  if (account.exchange === 'binance') return (await stoodBetween(book, before, after)) === true
  const grown = subtract(after.principal, before.principal)
  if (isNegative(grown)) return false
  if (hole.from >= client.serverNow() - billsRetention.shortestMs) return true
  const hours = decimalOf(BigInt(Math.round((after.at - before.at) / hourMs)))
  return compare(grown, multiply(hours, multiply(slack, maximum(before.interest, after.interest)))) <= 0
}

/** The rate may have risen meanwhile. */
const slack = decimalOf(2n)

function sentenceOf({ label }: BookAccount, key: string, before: Charge, after: Charge, hole: Interval): string {
  return (
    `charges ${label} ${key}: none from ${isoInstant(hole.from)} until ${isoInstant(after.at)}, though ` +
    `${toText(before.principal)} was owed before and ${toText(after.principal)} after`
  )
}

/** Asks once more, of one asset; gives whether anything new came. */
async function comesAgain({ book, account, client, signal }: HoleSearch, asset: string, hole: Interval): Promise<boolean> {
  let added = 0
  for await (const page of streamPages(book, account.label, client, 'interest', { within: hole, signal, asset })) {
    added += (await page.record([])).added
  }
  return added > 0
}

function touches(spans: IntervalSet, hole: Interval): boolean {
  return spans.some(({ from, to }) => from < hole.to && hole.from < to)
}

function seriesOf({ asset, instId, marginMode, loanType }: Charge): string {
  return [asset, marginMode, instId, loanType].filter((part) => part !== '').join(' ')
}
