import type { Book } from '../book/book-interface.ts'
import { add, isZero, negate } from '../decimal/arithmetic.ts'
import { toText } from '../decimal/decimal.ts'
import { billsRetention } from '../histories/okx-histories.ts'
import { isoInstant } from '../time/instant.ts'
import { type Interval, interval } from '../time/interval.ts'
import { difference, type IntervalSet, intersection, intervalSet } from '../time/interval-set.ts'
import { isFileProof } from './file-proof.ts'
import { instantsOf, stepsOf } from './witness-balances.ts'

/** A time that is called empty, although no source says that bills so old were still kept when it was asked for. */
export interface SilentPast {
  readonly span: Interval
  /** The balance that stood before its first bill; the asset, and the instrument where it is a position's. */
  readonly begun: { readonly key: string; readonly at: number; readonly before: string } | undefined
  readonly sentence: string
}

/**
 * What earlier versions called empty because the archive was silent about it, further back than it certainly keeps bills. Where
 * a balance stood before its first bill, that says so itself: whatever brought it there is a bill, too. What is called proven
 * within the time that bills are kept is not contradicted: the balance may be older.
 */
export async function* silentPasts(book: Book, account: string): AsyncGenerator<SilentPast> {
  const silent = await emptyByAge(book, account)
  if (silent.length === 0) return
  const begun = await firstStanding(book, account)
  const sentence =
    begun === undefined
      ? `bills ${account}: an archive that keeps three months was asked for more, so that its silence proves nothing`
      : `bill ${begun.id} ${account} ${begun.key} ${isoInstant(begun.at)}: ${begun.before} stood before it, the first that is known, so ` +
        'that older bills are missing'
  for (const span of silent) yield { span, begun, sentence }
}

/** The first balance that does not begin at nothing. */
async function firstStanding(
  book: Book,
  account: string,
): Promise<(NonNullable<SilentPast['begun']> & { readonly id: string }) | undefined> {
  const begun = new Set<string>()
  for await (const bills of instantsOf(book, account, interval(0, Number.MAX_SAFE_INTEGER))) {
    for (const { id, at, ...bill } of bills) {
      for (const { key, change, after } of stepsOf({ id, at, ...bill })) {
        if (begun.has(key)) continue
        begun.add(key)
        const before = add(after, negate(change))
        if (!isZero(before)) return { id, key, at, before: toText(before) }
      }
    }
  }
  return undefined
}

/**
 * What is proven to hold no bill, and was older than the shortest retention that any source states whenever it was proven. Proofs
 * stay as they were given, so that one that vouches for a span counts against those that do not.
 */
async function emptyByAge(book: Book, account: string): Promise<IntervalSet> {
  const oldest = (await oldestBill(book, account)) ?? Number.POSITIVE_INFINITY
  const silent: Interval[] = []
  const vouched: Interval[] = []
  for (const proof of await book.coverage(account, 'bills')) {
    const { from, to, provenAt } = proof
    const kept = isFileProof(proof) ? from : Math.min(Math.max(from, provenAt - billsRetention.shortestMs), to)
    silent.push(interval(from, kept))
    vouched.push(interval(kept, to))
  }
  const claims = difference(intervalSet(silent), intervalSet(vouched))
  const beforeBills = oldest === Number.POSITIVE_INFINITY ? claims : intersection(claims, [interval(0, oldest)])
  return intersection(beforeBills, intervalSet(await book.proven(account, 'bills')))
}

async function oldestBill(book: Book, account: string): Promise<number | undefined> {
  for await (const { stream, at } of book.movements({ account, order: 'oldest-first' })) if (stream === 'bills') return at
  return undefined
}
