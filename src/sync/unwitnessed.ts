import type { Book } from '../book/book-interface.ts'
import type { Stream } from '../book/record.ts'
import { type IntervalSet, intersection, intervalSet } from '../time/interval-set.ts'

/**
 * What was proven of some histories since they were last held against their witnesses, which every sync does that comes to its
 * end: what a sync proved that was stopped, failed or was killed is not let go unseen.
 *
 * @param now epoch ms by our own clock, as the success was noted
 * @throws `book.account-unknown`
 */
export async function unwitnessed(
  book: Book,
  account: string,
  streams: readonly Stream[],
  now: number,
): Promise<ReadonlyMap<Stream, IntervalSet>> {
  const lastSuccessAt = (await book.syncState(account))?.lastSuccessAt
  // A success of the future was noted while our clock was ahead: it says nothing of when anything was proven.
  const since = lastSuccessAt === undefined || lastSuccessAt > now ? Number.NEGATIVE_INFINITY : lastSuccessAt
  const found = new Map<Stream, IntervalSet>()
  for (const stream of streams) {
    const proofs = (await book.coverage(account, stream)).filter(({ provenAt }) => provenAt > since)
    found.set(stream, intersection(intervalSet(proofs), intervalSet(await book.proven(account, stream))))
  }
  return found
}
