import type { Book } from '../book/book-interface.ts'
import type { BookAccount } from '../book/record.ts'
import { fail } from '../errors/overdraft-error.ts'

/**
 * Refuses a question about an asset that no history and no balance of the accounts ever named: a mistyped name would be
 * answered with nothing, and that would be called complete.
 *
 * @throws `book.asset-unknown` with the assets that are known; `book.account-unknown`
 */
export async function assertAssetKnown(book: Book, accounts: readonly BookAccount[], asset: string | undefined): Promise<void> {
  if (asset === undefined) return
  const known = new Set<string>()
  for (const { label } of accounts) {
    for (const { asset: held } of await book.latestBalances(label)) known.add(held)
    for (const { asset: charged } of await book.latestCharges(label)) known.add(charged)
  }
  if (known.has(asset)) return
  for (const account of accounts) if (await isNamed(book, account, asset)) return
  fail('book.asset-unknown', { asset, accounts: accounts.map(({ label }) => label), known: [...known].sort() })
}

/** Whether a history names it that neither balances nor charges show. */
async function isNamed(book: Book, { label }: BookAccount, asset: string): Promise<boolean> {
  const filter = { account: label, asset, limit: 1 }
  for (const rows of [book.balances(filter), book.movements(filter), book.marginCharges(filter), book.rates(filter)]) {
    for await (const _ of rows) return true
  }
  for await (const { details } of book.exchangeRuns({ accounts: [label] })) {
    if (details.some((one) => one.asset === asset)) return true
  }
  return false
}
