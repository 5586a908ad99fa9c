import type { Book } from '../book/book-interface.ts'
import { isOfOneEndpoint } from './passing-errors.ts'
import type { SyncClient } from './sync-client.ts'

/** The number by which the exchange knows the account of the key; `undefined` where it tells none. OKX alone does (facts B5). */
export async function shownUid(client: SyncClient): Promise<string | undefined> {
  if (client.exchange !== 'okx') return undefined
  try {
    const uid = (await client.config()).data[0]?.uid
    return uid === '' ? undefined : uid
  } catch (error) {
    // The rows tell as well.
    if (!isOfOneEndpoint(error)) throw error
    return undefined
  }
}

/** That of the account whose rows are under the label, once it was seen. */
export async function knownUid(book: Book, label: string): Promise<string | undefined> {
  return (await book.fact(label, 'uid', Number.MAX_SAFE_INTEGER - 1))?.value
}
