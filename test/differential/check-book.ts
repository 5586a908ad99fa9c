import { accountHistories } from '../../src/book/account-histories.ts'
import type { Book } from '../../src/book/book-interface.ts'
import type { BookAccount } from '../../src/book/record.ts'
import type { History } from '../../src/histories/history.ts'
import { openEnd, openStart } from '../../src/report/asked-time.ts'
import { coverageReport } from '../../src/report/coverage-report.ts'
import type { SyncClient } from '../../src/sync/sync-client.ts'
import { isoInstant } from '../../src/time/instant.ts'
import { contains, interval } from '../../src/time/interval.ts'
import { hourMs } from '../../src/time/units.ts'
import type { Venue } from '../../src/venue/index.ts'
import { toldByBalances } from './between-balances.ts'
import { bookRows } from './book-rows.ts'
import { agree, type Row, rowText } from './row.ts'
import type { ShownRows } from './shown-rows.ts'
import { trueRows } from './true-rows.ts'
import { type Trouble, tornMax, whyWithheld } from './withheld.ts'

/** What a book is held against. */
export interface Scene {
  readonly venue: Venue
  readonly book: Book
  readonly accounts: readonly { readonly account: BookAccount; readonly client: SyncClient }[]
  /** Rows that any reply showed to a sync that kept its page. */
  readonly shown: Pick<ShownRows, 'has'>
  readonly trouble: Trouble
  readonly since: number | undefined
}

/** A true row within a proven span that the book lacks, because no reply ever showed it. */
export interface Withheld {
  readonly row: Row
  readonly why: 'missing' | 'late' | 'ahead' | 'torn'
}

type Rows = ReadonlyMap<string, Row>
type Member = Scene['accounts'][number]

/** Gives what does not hold, in words. */
type Complain = (what: string) => never

/**
 * Holds a book against the truth. Nothing is in it that never was true; and within what it calls proven nothing is missing,
 * but for rows that a fault of the venue hid from every reply of which a page was kept.
 */
export async function checkBook(scene: Scene, complain: Complain): Promise<readonly Withheld[]> {
  const truth = trueRows(scene.venue)
  const held = await bookRows(scene.book)
  for (const row of held.values()) {
    const real = truth.get(row.key)
    if (real === undefined) complain(`the book holds a row that never was: ${rowText(row)}`)
    else if (!agree(row, real)) complain(`the book holds ${rowText(row)}, and the truth is ${rowText(real)}`)
  }
  const withheld: Withheld[] = []
  for (const member of scene.accounts) {
    for (const rule of await accountHistories(scene.book, member.account, member.client)) {
      withheld.push(...(await missingOf(scene, member, rule, { truth, held }, complain)))
    }
  }
  return withheld
}

async function missingOf(
  { book, shown, trouble }: Scene,
  { account }: Member,
  { stream, endpoint }: History,
  { truth, held }: { readonly truth: Rows; readonly held: Rows },
  complain: Complain,
): Promise<readonly Withheld[]> {
  const proven = await book.proven(account.label, stream)
  const withheld: Withheld[] = []
  for (const row of truth.values()) {
    if (row.account !== account.label || row.stream !== stream || held.has(row.key)) continue
    if (!proven.some((span) => contains(span, row.at))) continue
    if (shown.has(row.key)) complain(`lost within a proven span, although the exchange showed it: ${rowText(row)}`)
    const why = whyWithheld(row, account.exchange, trouble)
    if (why === undefined) complain(`lost within a proven span: ${rowText(row)}`)
    else withheld.push({ row, why })
  }
  const torn = withheld.filter(({ why }) => why === 'torn').length
  const most = tornMax(account.label, endpoint.name, trouble)
  if (torn > most) complain(`${torn} rows of ${account.label} ${stream} are lost, and torn pages have hidden ${most} at most`)
  return withheld
}

/** Every history that has rows is wanted, and all that is wanted of it is proven; what is lost is past the exchange's retention. */
export async function checkComplete({ venue, book, accounts, since }: Scene, complain: Complain): Promise<void> {
  const now = venue.clock.now()
  const rows = [...trueRows(venue).values()]
  for (const { account, client } of accounts) {
    const rules = await accountHistories(book, account, client)
    const names = new Set(rules.map(({ stream }) => stream))
    // Published rates are wanted of assets with charges alone.
    const strange = rows.find((row) => row.account === account.label && !row.stream.startsWith('rates:') && !names.has(row.stream))
    if (strange !== undefined) complain(`nobody asks for the history of ${rowText(strange)}`)
    for (const rule of rules) {
      const { stream, retention } = rule
      const asked = interval(since ?? openStart, openEnd)
      const { unproven, lost } = await coverageReport(book, account, rule, { now, asked })
      // What went past the exchange's retention while syncs failed is lost, and rightly called so.
      const keptFrom = now - (retention?.shortestMs ?? now)
      const gap = [
        ...unproven.filter(({ from, to }) => to > keptFrom && from < now - 2 * hourMs),
        ...lost.filter(({ to }) => to > keptFrom),
      ][0]
      if (gap !== undefined)
        complain(`not complete in the end: ${account.label} ${stream} ${isoInstant(gap.from)} to ${isoInstant(gap.to)}`)
    }
  }
}

/** An exchange's clock that was ahead is right again, and so is ours: then nothing is taken for proven because of it. */
export function checkClocks(withheld: readonly Withheld[], complain: Complain): void {
  for (const { row, why } of withheld) if (why === 'ahead') complain(`lost since the exchange's clock was ahead: ${rowText(row)}`)
}

/**
 * No row is missing where the book holds another history's row of the very same charge, nor where balances around it tell that
 * more was charged than is known: the exchange then did not hide it from every witness.
 */
export async function checkWitness({ venue, book }: Scene, withheld: readonly Withheld[], complain: Complain): Promise<void> {
  if (withheld.length === 0) return
  const truth = trueRows(venue)
  const held = await bookRows(book)
  for (const { row } of withheld) {
    const twin = row.twin === undefined ? undefined : truth.get(row.twin)
    if (twin !== undefined && held.has(twin.key)) complain(`lost although ${rowText(twin)} tells of it: ${rowText(row)}`)
  }
  const lost = await toldByBalances(
    venue,
    book,
    withheld.map(({ row }) => row),
  )
  for (const told of lost) complain(`lost although unpaid interest tells of it: ${told}`)
}
