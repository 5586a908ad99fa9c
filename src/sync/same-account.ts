import type { Book } from '../book/book-interface.ts'
import type { BookAccount } from '../book/record.ts'
import { fail, type OverdraftError } from '../errors/overdraft-error.ts'
import { knownRows } from './known-rows.ts'
import { isOfOneEndpoint } from './passing-errors.ts'
import type { SyncClient } from './sync-client.ts'

/**
 * Makes sure that a key is of the account whose rows the book keeps under the label, before anything is recorded under it: rows
 * of two accounts under one label are never told apart again. A key belongs to one account, so only one that is new to the book
 * is looked at: newest rows of the book are asked for again, and at least one of them has to be there.
 *
 * @returns whether the book has rows that the key was known by; without, any account may begin under the label
 * @throws `sync.other-account`; what a call throws, where nothing could be asked
 */
export async function assertSameAccount(book: Book, { label, exchange }: BookAccount, client: SyncClient): Promise<boolean> {
  let failed: OverdraftError | undefined
  const histories = await knownRows(book, label, client)
  for (const { known, ask } of histories) {
    try {
      const shown = await ask()
      const isShown = new Set(shown)
      if (known.some((row) => isShown.has(row))) return true
      return fail('sync.other-account', { account: label, exchange, known: known[0] ?? '', shown: shown[0] })
    } catch (error) {
      // Another history may be readable.
      if (!isOfOneEndpoint(error)) throw error
      failed ??= error
    }
  }
  if (failed !== undefined) throw failed
  return false
}

/** Whether the book was filled by this very key last. */
export async function isKnownKey(book: Book, { label }: BookAccount, { keyId }: SyncClient): Promise<boolean> {
  return (await book.fact(label, 'key', Number.MAX_SAFE_INTEGER - 1))?.value === keyId
}

/**
 * As `assertSameAccount`, for a key that is new to the book, which is then remembered by its fingerprint.
 * @throws as `assertSameAccount`
 */
export async function takeKey(book: Book, account: BookAccount, client: SyncClient, now: number): Promise<void> {
  const { keyId } = client
  if (keyId === undefined || (await isKnownKey(book, account, client))) return
  await assertSameAccount(book, account, client)
  const last = await book.fact(account.label, 'key', Number.MAX_SAFE_INTEGER - 1)
  // A fact of the same instant is left as it is.
  await book.recordFact({ account: account.label, name: 'key', at: Math.max(now, (last?.at ?? 0) + 1), value: keyId })
}
