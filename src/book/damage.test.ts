import { expect, test } from 'vitest'
import { fillBook, readings } from '../../test/support/book-world.ts'
import { bookClock, onBothEngines } from '../../test/support/books.ts'
import { collect } from '../../test/support/charges.ts'
import { isOverdraftError } from '../errors/overdraft-error.ts'
import type { Book } from './book-interface.ts'
import type { BookEngine } from './engines/engine.ts'
import { openPostgresEngine } from './engines/postgres-engine.ts'
import { openSqliteEngine } from './engines/sqlite-engine.ts'
import { type BookTarget, openBook } from './open-book.ts'

type AnyTables = {
  updateTable(table: string): {
    set(values: object): { where(column: string, is: string, value: unknown): { execute(): Promise<unknown> } }
  }
  deleteFrom(table: string): { where(column: string, is: string, value: unknown): { execute(): Promise<unknown> } }
}

/** Changes the book behind its back. */
async function behind(target: BookTarget, change: (db: AnyTables) => Promise<unknown>): Promise<void> {
  const engine: BookEngine = target.kind === 'sqlite' ? openSqliteEngine(target.path) : openPostgresEngine(target.url, target.schema)
  await change(engine.db as unknown as AnyTables)
  await engine.close()
}

/** What each reading gives, or `damaged`. */
async function readAll(book: Book): Promise<readonly string[]> {
  const told: string[] = []
  for (const [name, read] of readings(book)) {
    const text = await read().catch((error: unknown) => {
      if (isOverdraftError(error, 'book.damaged')) return 'damaged'
      throw error
    })
    told.push(`${name}: ${text}`)
  }
  return told
}

const opened = (target: BookTarget) => openBook(target, { clock: bookClock })

const changes: readonly (readonly [what: string, history: string, change: (db: AnyTables) => Promise<unknown>])[] = [
  [
    'interest of a charge',
    'charges',
    (db) => db.updateTable('charge_rows').set({ interest_mantissa: 1 }).where('series', '=', 1).execute(),
  ],
  ['an aside of charges', 'charges', (db) => db.updateTable('charge_rows').set({ received_at: 1 }).where('series', '=', 1).execute()],
  ['a charge that is gone', 'charges', (db) => db.deleteFrom('charge_rows').where('series', '=', 2).execute()],
  ['a total', 'monthly totals', (db) => db.updateTable('month_totals').set({ charges: 7 }).where('month', '=', '2026-02').execute()],
  ['a day', 'daily totals', (db) => db.updateTable('day_totals').set({ interest_scale: 2 }).where('account_number', '=', 1).execute()],
  [
    'a margin charge',
    'margin charges',
    (db) => db.updateTable('margin_charges').set({ rate_scale: 3 }).where('tx_id', '=', '9003').execute(),
  ],
  ['a movement', 'movements', (db) => db.updateTable('movements').set({ detail: 'x' }).where('id', '=', '70003').execute()],
  ['a balance', 'balances', (db) => db.updateTable('balances').set({ owed_mantissa: 3 }).where('account', '=', 'okx').execute()],
  ['a rate', 'published rates', (db) => db.updateTable('rates').set({ rate_mantissa: 3 }).where('asset', '=', 'BTC').execute()],
  ['a run', 'auto-exchange runs', (db) => db.updateTable('exchange_runs').set({ ended_at: 3 }).where('account', '=', 'bin').execute()],
  [
    'what a run was for',
    'details of auto-exchange runs',
    (db) => db.updateTable('exchange_run_details').set({ asset: 'BTC' }).where('account', '=', 'bin').execute(),
  ],
  [
    'what is proven',
    'proven spans',
    (db) => db.updateTable('proven').set({ to_at: 1_800_000_000_000 }).where('account', '=', 'okx').execute(),
  ],
  ['a proof', 'proofs', (db) => db.updateTable('coverage').set({ proven_by: 'GET /y' }).where('account', '=', 'okx').execute()],
  ['a fact', 'facts', (db) => db.updateTable('facts').set({ value: 'off' }).where('account', '=', 'okx').execute()],
  ['a finding', 'findings', (db) => db.updateTable('findings').set({ sentence: 'no' }).where('account', '=', 'okx').execute()],
  [
    'the name of a series',
    'series of charges',
    (db) => db.updateTable('charge_series').set({ asset: 'USDC' }).where('account', '=', 'okx').execute(),
  ],
  [
    'the end of a series',
    'series of charges',
    (db) => db.updateTable('charge_series').set({ last_at: 5 }).where('account', '=', 'okx').execute(),
  ],
  ['a price', 'prices', (db) => db.updateTable('prices').set({ price_mantissa: 3 }).where('asset', '=', 'BTC').execute()],
  [
    'when it was synced',
    'states of the sync',
    (db) => db.updateTable('sync_states').set({ last_success_at: 3 }).where('account', '=', 'okx').execute(),
  ],
  ['a forecast', 'forecasts', (db) => db.updateTable('forecasts').set({ high_scale: 3 }).where('account', '=', 'okx').execute()],
  ['an account', 'accounts', (db) => db.updateTable('accounts').set({ exchange: 'okx' }).where('account', '=', 'bin').execute()],
  ['a seal', 'charges', (db) => db.updateTable('seals').set({ low: 3 }).where('kind', '=', 1).execute()],
  ['a seal that is gone', 'charges', (db) => db.deleteFrom('seals').where('kind', '=', 1).execute()],
]

onBothEngines('a book that was changed behind its back', (books) => {
  test.each(changes)('%s: is told wherever it is read, by check, and repaired', async (_, history, change) => {
    const target = books.target()
    const book = await opened(target)
    await fillBook(book)
    const before = await readAll(book)
    expect(before.filter((told) => told.endsWith(': damaged'))).toEqual([])
    expect((await book.check()).histories.filter(({ damaged }) => damaged.length > 0)).toEqual([])
    await behind(target, change)
    const after = await readAll(book)
    const damaged = after.filter((told) => told.endsWith(': damaged'))
    expect(damaged.length).toBeGreaterThan(0)
    // Nothing is told otherwise than before.
    expect(after.filter((told, place) => told !== before[place] && !told.endsWith(': damaged'))).toEqual([])
    const check = await book.check()
    expect(check.problems).toEqual([])
    expect(check.histories.filter((one) => one.damaged.length > 0).map((one) => one.history)).toContain(history)

    const deeds = await book.repair(9)
    expect(deeds.length).toBeGreaterThan(0)
    expect((await readAll(book)).filter((told) => told.endsWith(': damaged'))).toEqual([])
    expect((await book.check()).histories.filter((one) => one.damaged.length > 0)).toEqual([])
    expect(await book.repair(10)).toEqual([])
    // What was taken out is not proven any more, and comes again as if it had never been there.
    const charges = await collect(book.charges({}))
    const totals = await book.totals({ by: 'all' })
    expect(totals.reduce((sum, total) => sum + total.charges, 0)).toBe(charges.length)
    await book.close()
  })
})
