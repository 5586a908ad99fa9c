import type { Kysely } from 'kysely'
import type { Book } from './book-interface.ts'
import type { BookEngine } from './engines/engine.ts'
import type { Price } from './record.ts'
import { assertSound, groupsWithin, sealedTable } from './seals/assert-sound.ts'
import { ownersOf } from './seals/seal-all.ts'
import { decimalField, type FoundRow, rowTable, textField, wholeField } from './tables/row-table.ts'
import type { BookTables } from './tables/tables.ts'

const table = rowTable<Price>(
  'prices',
  {
    asset: textField('asset'),
    currency: textField('currency'),
    at: wholeField('at'),
    source: textField('source'),
    price: decimalField('price'),
  },
  4,
  'at',
)

/** Prices belong to no account: what one sync sees serves all. One that is there already is left as it is. */
export async function recordPrices(engine: BookEngine, prices: readonly Price[]): ReturnType<Book['recordPrices']> {
  const known = await engine.write((transaction) => engine.insertNew(transaction, table.writer, prices))
  return { added: prices.length - known.length, known: known.length }
}

/** Oldest first. */
async function readPrices(db: Kysely<BookTables>, filter: Parameters<Book['prices']>[0]): Promise<readonly Price[]> {
  const { asset, currency, within } = filter
  let query = db.selectFrom('prices').selectAll()
  if (asset !== undefined) query = query.where('asset', '=', asset)
  if (currency !== undefined) query = query.where('currency', '=', currency)
  if (within !== undefined) query = query.where('at', '>=', within.from).where('at', '<', within.to)
  const rows = await query.orderBy('at').orderBy('asset').orderBy('currency').orderBy('source').execute()
  return rows.map((row) => table.rowOf(row as unknown as FoundRow))
}

/** @throws `book.damaged` */
export async function soundPrices(opened: () => BookEngine, filter: Parameters<Book['prices']>[0]): Promise<readonly Price[]> {
  const sealed = sealedTable('prices')
  const assets = filter.asset === undefined ? await ownersOf(opened().db, sealed) : [filter.asset]
  for (const asset of assets) await assertSound(opened(), 'prices', asset, asset, groupsWithin(sealed, filter.within))
  return readPrices(opened().db, filter)
}
