import { fail } from '../errors/overdraft-error.ts'
import type { Stream } from './record.ts'

/** A row under another account's key would be in nobody's totals. @throws `book.foreign-row` */
export function assertOwnRows(account: string, what: string, rows: readonly { readonly account: string }[]): void {
  for (const row of rows) {
    if (row.account !== account) fail('book.foreign-row', { account, found: row.account, what })
  }
}

/** A row of another stream would be missing from its own, and never be missed in this one. @throws `book.foreign-stream` */
export function assertOwnStream(stream: Stream, found: readonly Stream[]): void {
  const other = found.find((one) => one !== stream)
  if (other !== undefined) fail('book.foreign-stream', { stream, found: other })
}
