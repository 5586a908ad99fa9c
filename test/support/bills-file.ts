import { createHash } from 'node:crypto'
import type { Quarter } from '../../src/imports/quarter.ts'
import type { BillsFile } from '../../src/sync/import-bills.ts'
import { okxBillsFile } from '../../src/venue/http/okx/answers/bills-file.ts'
import type { Venue } from '../../src/venue/venue.ts'

/** A file that is a text. */
export function fileOf(text: string, name = 'bills.csv'): BillsFile {
  async function* lines() {
    yield* text.split('\n')
  }
  return { name, read: () => Object.assign(lines(), { sha256: () => createHash('sha256').update(text).digest('hex') }) }
}

/** The venue's bills of a quarter by the calendar of UTC, as the exchange writes them. */
export function quarterText(venue: Venue, account: string, { utc }: Quarter): string {
  return okxBillsFile(venue.engine.okxBills({ account, from: utc.from, to: utc.to - 1 }))
}
