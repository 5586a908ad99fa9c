import { Command } from 'commander'
import type { Book } from '../../book/book-interface.ts'
import type { BookAccount } from '../../book/record.ts'
import type { Deed } from '../../book/seals/repair-book.ts'
import { historyOf } from '../../histories/histories.ts'
import { reachableFrom } from '../../histories/wanted.ts'
import type { Act } from '../act.ts'
import type { Session } from '../session.ts'
import { bookRepairDocument, bookRepairText, type ShownDeed } from '../views/book-view.ts'

export function bookRepairCommand(act: Act): Command {
  return new Command('repair')
    .description('take out what is damaged, so that the next sync asks the exchange for it again')
    .option('--json', 'one JSON document')
    .action(act(repairBook))
}

async function repairBook(session: Session, options: { readonly json?: true }): Promise<void> {
  await session.withBook('even-damaged', async (book) => {
    const deeds = await book.repair(session.io.clock.now())
    const shown = await withRetention(session, book, deeds)
    session.io.stdout.write(options.json ? `${JSON.stringify(bookRepairDocument(shown), null, 2)}\n` : bookRepairText(shown, session.style))
  })
}

/** What of the spans taken out the exchange no longer shows. */
async function withRetention(session: Session, book: Book, deeds: readonly Deed[]): Promise<readonly ShownDeed[]> {
  const accounts = deeds.length === 0 ? [] : await book.accounts()
  return deeds.map((deed) => ({ ...deed, lostTo: lostTo(session, accounts, deed) }))
}

/** Up to when nothing of a deed's span can be had again; `undefined` where all of it can. */
function lostTo(session: Session, accounts: readonly BookAccount[], deed: Deed): number | undefined {
  if (deed.did !== 'set-aside' || deed.rows === 0) return undefined
  const account = accounts.find(({ label }) => label === deed.account)
  if (account === undefined || deed.streams.length === 0) return deed.to ?? Number.POSITIVE_INFINITY
  const now = session.io.clock.now()
  const kept = deed.streams.flatMap((stream) => historyOf(account.exchange, stream) ?? [])
  // Of several histories the one that reaches back least says what is lost of any.
  const shownSince = Math.max(Number.NEGATIVE_INFINITY, ...kept.map((history) => reachableFrom(history, now)))
  if ((deed.from ?? Number.NEGATIVE_INFINITY) >= shownSince) return undefined
  return shownSince === Number.NEGATIVE_INFINITY ? undefined : Math.min(shownSince, deed.to ?? shownSince)
}
