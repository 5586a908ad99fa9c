import { fail } from '../errors/overdraft-error.ts'

/** A row under another account's key would be in nobody's totals. @throws `book.foreign-row` */
export function assertOwnRows(account: string, what: string, rows: readonly { readonly account: string }[]): void {
  for (const row of rows) {
    if (row.account !== account) fail('book.foreign-row', { account, found: row.account, what })
  }
}
