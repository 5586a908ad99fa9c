import type { Book } from '../book/book-interface.ts'
import type { BookAccount } from '../book/record.ts'
import { fail, type OverdraftError } from '../errors/overdraft-error.ts'
import { wholeHistories } from '../histories/histories.ts'
import { knownUid, shownUid } from './account-uid.ts'
import { type KnownRows, knownRows } from './known-rows.ts'
import { isOfOneEndpoint } from './passing-errors.ts'
import type { SyncClient } from './sync-client.ts'

/** By what a key was found to be of the account; `nothing` where the book has nothing of it yet, or nobody knows whose it is. */
export type KnownBy = 'uid' | 'rows' | 'nothing' | 'unknown'

/** What was found, and the uid where the exchange told it. */
export interface Recognition {
  readonly by: KnownBy
  readonly uid: string | undefined
}

/** So many rows that are the same say enough: one alone may be the same by chance. */
const enoughRows = 3

/**
 * Makes sure that a key is of the account whose rows the book keeps under the label, before anything is recorded under it: rows
 * of two accounts under one label are never told apart again. A key belongs to one account, so only one that is new to the book
 * is looked at. The uid decides where the exchange tells it and the book knows it; otherwise the newest rows of the book are asked
 * for again, and most of them have to be there. Balances say nothing: an account that trades moves them.
 *
 * @throws `sync.other-account`; what a call throws, where nothing could be asked
 */
export async function recognise(book: Book, account: BookAccount, client: SyncClient): Promise<Recognition> {
  const { label, exchange } = account
  const uid = await shownUid(client)
  const known = await knownUid(book, label)
  if (uid !== undefined && known !== undefined) {
    if (uid === known) return { by: 'uid', uid }
    return fail('sync.other-account', { account: label, exchange, known: `uid ${known}`, shown: `uid ${uid}` })
  }
  const isShown = await areRowsShown(account, await knownRows(book, label, client))
  return { by: isShown ? 'rows' : (await hasPast(book, account)) ? 'unknown' : 'nothing', uid }
}

/** Whether the rows of the book are there; `false` where there is none that could be asked for. */
async function areRowsShown({ label, exchange }: BookAccount, histories: readonly KnownRows[]): Promise<boolean> {
  let failed: OverdraftError | undefined
  let found = 0
  for (const { known, ask } of histories) {
    try {
      const shown = await ask()
      const isShown = new Set(shown)
      const missing = known.filter((row) => !isShown.has(row))
      if (missing.length * 2 >= known.length) {
        const other = shown.find((row) => !known.includes(row))
        return fail('sync.other-account', { account: label, exchange, known: missing[0] ?? '', shown: other ?? shown[0] })
      }
      found += known.length - missing.length
      if (found >= enoughRows) return true
    } catch (error) {
      // Another history may be readable.
      if (!isOfOneEndpoint(error)) throw error
      failed ??= error
    }
  }
  if (found > 0) return true
  if (failed !== undefined) throw failed
  return false
}

/** Whether another key has filled the book: balances, and the proof that there was nothing to charge, are of its account. */
async function hasPast(book: Book, { label, exchange }: BookAccount): Promise<boolean> {
  if ((await newestKey(book, label)) === undefined) return false
  if ((await book.latestBalances(label)).length > 0) return true
  for (const { stream } of wholeHistories(exchange)) {
    if ((await book.coverage(label, stream)).length > 0) return true
  }
  return false
}

function newestKey(book: Book, label: string) {
  return book.fact(label, 'key', Number.MAX_SAFE_INTEGER - 1)
}

/** As `recognise`. @throws also `sync.account-unknown`, where nothing tells whose key it is */
export async function assertSameAccount(book: Book, account: BookAccount, client: SyncClient): Promise<Recognition> {
  const found = await recognise(book, account, client)
  if (found.by === 'unknown') fail('sync.account-unknown', { account: account.label, exchange: account.exchange })
  return found
}

/** Whether the book was filled by this very key last. */
export async function isKnownKey(book: Book, { label }: BookAccount, { keyId }: SyncClient): Promise<boolean> {
  return (await newestKey(book, label))?.value === keyId
}

/**
 * As `assertSameAccount`, for a key that is new to the book, which is then remembered by its fingerprint, and its account by the uid.
 * @throws as `assertSameAccount`
 */
export async function takeKey(book: Book, account: BookAccount, client: SyncClient, now: number): Promise<void> {
  if (client.keyId === undefined || (await isKnownKey(book, account, client))) return
  await rememberKey(book, account, client, await assertSameAccount(book, account, client), now)
}

/** From now on the key is one of the account. */
export async function rememberKey(
  book: Book,
  { label }: BookAccount,
  { keyId }: Pick<SyncClient, 'keyId'>,
  { uid }: Recognition,
  now: number,
): Promise<void> {
  if (keyId === undefined) return
  const last = await newestKey(book, label)
  // A fact of the same instant is left as it is.
  const at = Math.max(now, (last?.at ?? 0) + 1)
  if (uid !== undefined && (await knownUid(book, label)) === undefined)
    await book.recordFact({ account: label, name: 'uid', at, value: uid })
  await book.recordFact({ account: label, name: 'key', at, value: keyId })
}
