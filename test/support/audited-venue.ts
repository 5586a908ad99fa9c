import { openEvidence } from '../../src/audit/evidence/account-evidence.ts'
import type { Book } from '../../src/book/book-interface.ts'
import { openBook } from '../../src/book/open-book.ts'
import { syncAll } from '../../src/sync/sync-all.ts'
import type { Clock } from '../../src/time/clock.ts'
import type { Venue } from '../../src/venue/index.ts'
import { type Audited, audit } from './audit-kit.ts'
import { leapingClock, venueMembers } from './venue-sync.ts'

export interface SyncedBook {
  readonly book: Book
  /** Syncs once more, after something happened. */
  readonly syncAgain: () => Promise<void>
}

/** A book in memory that holds what the venue shows of these accounts (default: the first dozen). */
export async function bookOfVenue(venue: Venue, wanted?: readonly string[], clock: Clock = leapingClock(venue)): Promise<SyncedBook> {
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  const all = venueMembers(venue, clock)
  const accounts = wanted === undefined ? all.slice(0, 12) : all.filter(({ account }) => wanted.includes(account.label))
  for (const { account } of accounts) await book.addAccount(account)
  const syncAgain = async () => {
    for (const { account, ended, error } of await syncAll({ book, accounts, clock })) {
      if (ended !== 'done') throw new Error(`the sync of ${account} ended ${ended}`, { cause: error })
    }
  }
  await syncAgain()
  return { book, syncAgain }
}

/** Every account of a book audited with all the evidence the book holds. */
export async function auditsOf(book: Book): Promise<readonly Audited[]> {
  const audits: Audited[] = []
  for (const account of await book.accounts()) {
    audits.push(await audit(book, openEvidence({ book, account }), account.label))
  }
  return audits
}
