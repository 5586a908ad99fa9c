import type { Book } from '../book/book-interface.ts'
import type { BalanceSnapshot } from '../book/record.ts'
import { interval } from '../time/interval.ts'

/** From so many snapshots before a span on it is held against them: several narrow down what each alone leaves open. */
const sightsBefore = 3

/** When the account was seen the third time before an instant, or the first time; the instant itself where it never was. */
export async function sightBefore(book: Book, account: string, instant: number): Promise<number> {
  const seen = new Set<number>()
  for await (const { takenAt } of book.balances({ account, within: interval(0, Math.max(instant, 0)), order: 'newest-first' })) {
    if (seen.size === sightsBefore && !seen.has(takenAt)) break
    seen.add(takenAt)
  }
  return Math.min(instant, ...seen)
}

/** The snapshots of each instant together, oldest first. */
export async function* sightsSince(book: Book, account: string, from: number): AsyncGenerator<readonly BalanceSnapshot[]> {
  let sights: BalanceSnapshot[] = []
  const within = interval(from, Number.MAX_SAFE_INTEGER)
  for await (const snapshot of book.balances({ account, within, order: 'oldest-first' })) {
    if (sights.length > 0 && sights[0]?.takenAt !== snapshot.takenAt) {
      yield sights
      sights = []
    }
    sights.push(snapshot)
  }
  if (sights.length > 0) yield sights
}
