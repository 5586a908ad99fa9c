import type { Book } from '../book/book-interface.ts'
import { add, isZero, negate } from '../decimal/arithmetic.ts'
import { toText } from '../decimal/decimal.ts'
import { billsRetention } from '../histories/okx-histories.ts'
import { isoInstant } from '../time/instant.ts'
import { type Interval, interval } from '../time/interval.ts'
import { type IntervalSet, intersection, intervalSet } from '../time/interval-set.ts'
import { instantsOf, stepsOf } from './witness-balances.ts'

/** A balance that does not begin at nothing, although the time before its first bill is called empty. */
export interface UnbegunBalance {
  /** What is called empty, and was older than the exchange certainly keeps when it was. */
  readonly span: Interval
  readonly key: string
  readonly at: number
  /** What stood before its first bill. */
  readonly before: string
  readonly sentence: string
}

/**
 * Balances whose first bill says that something stood before it. Whatever brought it there is a bill, too: where the archive's
 * silence was taken for emptiness further back than it certainly keeps bills, that was wrong. What is called proven within
 * the time that it keeps is not contradicted: the balance may be older.
 */
export async function* unbegunBalances(book: Book, account: string): AsyncGenerator<UnbegunBalance> {
  const silent = await emptyByAge(book, account)
  if (silent.length === 0) return
  const begun = new Set<string>()
  for await (const bills of instantsOf(book, account, interval(0, Number.MAX_SAFE_INTEGER))) {
    for (const bill of bills) {
      for (const { key, change, after } of stepsOf(bill)) {
        if (begun.has(key)) continue
        begun.add(key)
        const before = add(after, negate(change))
        if (isZero(before)) continue
        const text = toText(before)
        const sentence =
          `bill ${bill.id} ${account} ${key} ${isoInstant(bill.at)}: ${text} stood before it, the first that is known, so that ` +
          'older bills are missing'
        for (const span of silent) yield { span, key, at: bill.at, before: text, sentence }
      }
    }
  }
}

/** What is proven to hold no bill, and was older than the shortest retention that any source states when it was proven. */
async function emptyByAge(book: Book, account: string): Promise<IntervalSet> {
  const oldest = await oldestBill(book, account)
  if (oldest === undefined) return []
  const claims = (await book.coverage(account, 'bills')).flatMap(({ from, to, provenAt }) => {
    const until = Math.min(to, provenAt - billsRetention.shortestMs, oldest)
    return from < until ? [interval(from, until)] : []
  })
  return intersection(intervalSet(claims), intervalSet(await book.proven(account, 'bills')))
}

async function oldestBill(book: Book, account: string): Promise<number | undefined> {
  for await (const { stream, at } of book.movements({ account, order: 'oldest-first' })) if (stream === 'bills') return at
  return undefined
}
