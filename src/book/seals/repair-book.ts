import { sql, type Transaction } from 'kysely'
import { fail } from '../../errors/overdraft-error.ts'
import { withdrawWithin } from '../coverage-store.ts'
import type { BookEngine, TableWriter } from '../engines/engine.ts'
import type { Stream } from '../record.ts'
import type { BookTables } from '../tables/tables.ts'
import { sealedTable, wholeTime } from './assert-sound.ts'
import { accountNames, damagedOf, ownerNames, problemsOf, spanOf } from './check-book.ts'
import { type DamagedGroup, readSealedRows } from './read-groups.ts'
import { rebuildBalanceSeries, rebuildProven, rebuildSeries, rebuildTotals } from './rebuild.ts'
import { sealOwner } from './seal-all.ts'
import { cellMark, rowMark } from './seal-tally.ts'
import { type SealedTable, sealedTables } from './sealed-tables.ts'

/** One thing that a repair did. */
export interface Deed {
  /**
   * `set-aside`: the rows were taken out and kept beside the book's histories; `rebuilt`: made again from rows that are whole;
   * `confirmed`: kept as they stand, for nothing else tells them; `withdrawn`: no span counts as proven any more.
   */
  readonly did: 'set-aside' | 'rebuilt' | 'confirmed' | 'withdrawn'
  readonly account: string
  readonly history: string
  readonly of: string
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly rows: number
  /** Streams whose proof was withdrawn in this span: the next sync asks for them again. */
  readonly streams: readonly Stream[]
}

interface SetAside {
  readonly kind: number
  readonly owner: string
  readonly period: number
  readonly setAt: number
  readonly rows: string
}

const setAsideWriter: TableWriter<SetAside> = {
  table: 'set_aside',
  columns: ['kind', 'owner', 'period', 'set_at', 'row_text'],
  keyLength: 4,
  values: ({ kind, owner, period, setAt, rows }) => [kind, owner, period, setAt, rows],
}

/** Made again from other rows, or confirmed; everything else is set aside. */
const derived: ReadonlySet<keyof BookTables> = new Set([
  'charge_series',
  'day_totals',
  'month_totals',
  'balance_series',
  'proven',
  'accounts',
])

/** Which streams tell the rows of a table. */
const streamsOf: Partial<Record<keyof BookTables, (stream: string) => boolean>> = {
  charge_rows: (stream) => stream === 'interest',
  margin_charges: (stream) => stream === 'margin-interest',
  exchange_runs: (stream) => stream === 'exchanges',
  exchange_run_details: (stream) => stream === 'exchanges',
  rates: (stream) => stream.startsWith('rates:'),
  movements: (stream) => !/^(?:interest$|margin-interest$|exchanges$|rates:)/.test(stream),
  // A proof that nobody can show is none.
  coverage: () => true,
}

/**
 * Takes out what is damaged and withdraws its proof, so that the next sync asks the exchange again; makes sums again from rows.
 * All of it in one transaction, at whose end every seal fits.
 * @throws `storage.damaged` where the database itself cannot be read
 */
export async function repairBook(engine: BookEngine, name: string, now: number): Promise<readonly Deed[]> {
  return engine.write(async (transaction) => {
    const database = { kind: engine.kind, db: transaction }
    if (engine.kind === 'postgres') await transaction.selectFrom('accounts').select('account').orderBy('account').forUpdate().execute()
    await mendIndexes(engine, transaction, name)
    const repair = new Repair(engine, transaction, now, await accountNames(transaction), name)
    for (const group of await allDamaged(database)) await repair.begin(group)
    const deeds = await repair.finish()
    await engine.settle(transaction)
    const [left] = await allDamaged(database)
    if (left !== undefined) throw new Error(`the ${left.sealed.noun} of ${left.owner} do not fit their seal after the repair`)
    return deeds
  })
}

async function allDamaged(database: Pick<BookEngine, 'kind' | 'db'>): Promise<readonly DamagedGroup[]> {
  const damaged: DamagedGroup[] = []
  for (const sealed of sealedTables) for (const one of await damagedOf(database, sealed)) damaged.push(...one.damaged)
  return damaged
}

/** An index is made again from its table; what else SQLite finds wrong it cannot mend. */
async function mendIndexes(engine: BookEngine, transaction: Transaction<BookTables>, name: string): Promise<void> {
  const database = { kind: engine.kind, db: transaction }
  if ((await problemsOf(database)).length === 0) return
  await sql`reindex`.execute(transaction)
  const [problem] = await problemsOf(database)
  if (problem !== undefined) fail('storage.damaged', { path: name, reason: problem })
}

/** What is under way of one repair. */
class Repair {
  readonly #engine: BookEngine
  readonly #transaction: Transaction<BookTables>
  readonly #now: number
  readonly #path: string
  readonly #names: ReadonlyMap<string, string>
  readonly #deeds: Deed[] = []
  readonly #done = new Set<string>()
  readonly #damaged = new Map<keyof BookTables, Set<string>>()

  constructor(engine: BookEngine, transaction: Transaction<BookTables>, now: number, names: ReadonlyMap<string, string>, path: string) {
    this.#engine = engine
    this.#transaction = transaction
    this.#now = now
    this.#names = names
    this.#path = path
  }

  /** Sets a damaged group aside, or notes that it is to be made again. */
  async begin({ sealed, owner, period }: DamagedGroup): Promise<void> {
    if (derived.has(sealed.table)) return this.#note(sealed.table, owner)
    await this.#setAside(sealed, owner, period)
    // A run and what it was for are one record.
    if (sealed.table === 'exchange_runs') await this.#setAside(sealedTable('exchange_run_details'), owner, period)
    if (sealed.table === 'exchange_run_details') await this.#setAside(sealedTable('exchange_runs'), owner, period)
    if (sealed.table === 'charge_rows') this.#noteCharges(owner)
    if (sealed.table === 'balances') this.#note('balance_series', owner)
  }

  async finish(): Promise<readonly Deed[]> {
    // What was withdrawn so far is in the seals that the following is held against.
    await this.#engine.settle(this.#transaction)
    if (this.#damaged.has('accounts')) await this.#confirmAccounts()
    for (const [number, label] of this.#names) {
      if (this.#isNoted('charge_series', label) && !(await rebuildSeries(this.#engine, this.#transaction, label, number))) {
        await this.#setChargesAside(label, number)
      }
      if (this.#isNoted('charge_series', label)) this.#rebuilt('charge_series', label, label)
      if (this.#isNoted('day_totals', number) || this.#isNoted('month_totals', number)) {
        await rebuildTotals(this.#engine, this.#transaction, label, Number(number))
        for (const table of ['day_totals', 'month_totals'] as const) this.#rebuilt(table, number, label)
      }
      if (this.#isNoted('balance_series', label)) {
        await rebuildBalanceSeries(this.#engine, this.#transaction, label)
        this.#rebuilt('balance_series', label, label)
      }
      if (this.#isNoted('proven', label)) {
        const isWhole = await rebuildProven(this.#engine, this.#transaction, label)
        if (isWhole) this.#rebuilt('proven', label, label)
        else this.#tell({ did: 'withdrawn', account: label, history: sealedTable('proven').noun, of: '', rows: 0, streams: [] })
      }
    }
    await this.#dropStrays()
    return this.#deeds
  }

  #note(table: keyof BookTables, owner: string): void {
    const owners = this.#damaged.get(table) ?? new Set()
    owners.add(owner)
    this.#damaged.set(table, owners)
  }

  #isNoted(table: keyof BookTables, owner: string): boolean {
    return this.#damaged.get(table)?.has(owner) === true
  }

  #noteCharges(number: string): void {
    const label = this.#names.get(number)
    if (label !== undefined) this.#note('charge_series', label)
    for (const table of ['day_totals', 'month_totals'] as const) this.#note(table, number)
  }

  async #setAside(sealed: SealedTable, owner: string, period: number): Promise<void> {
    const key = `${sealed.kind} ${period} ${owner}`
    if (this.#done.has(key)) return
    this.#done.add(key)
    const { text } = await readSealedRows({ kind: this.#engine.kind, db: this.#transaction }, sealed, {
      owner,
      from: period,
      to: period + 1,
    })
    const lines = text === '' ? [] : text.split(rowMark)
    if (lines.length > 0) {
      const rows = lines.map((line) => line.replaceAll(cellMark, '\t')).join('\n')
      await this.#engine.put(this.#transaction, setAsideWriter, [{ kind: sealed.kind, owner, period, setAt: this.#now, rows }])
    }
    await this.#remove(sealed, owner, period, period + 1)
    const whose = ownerNames(sealed, owner, this.#names)
    const span = spanOf(sealed, period)
    const streams = whose.account === '' ? [] : await this.#withdraw(sealed, whose.account, span)
    this.#tell({ did: 'set-aside', ...whose, history: sealed.noun, ...span, rows: lines.length, streams })
  }

  async #remove(sealed: SealedTable, owner: string, from: number, to: number): Promise<void> {
    await deleteSpan(this.#transaction, sealed, { owner, from, to })
    await this.#transaction
      .deleteFrom('seals')
      .where('kind', '=', sealed.kind)
      .where('owner', '=', owner)
      .where('period', '>=', from)
      .where('period', '<', to)
      .execute()
  }

  async #withdraw(
    { table }: SealedTable,
    account: string,
    span: { readonly from?: number; readonly to?: number },
  ): Promise<readonly Stream[]> {
    const isOf = streamsOf[table]
    if (isOf === undefined) return []
    const rows = await this.#transaction.selectFrom('proven').select('stream').distinct().where('account', '=', account).execute()
    const streams = rows.map(({ stream }) => stream as Stream).filter(isOf)
    const { from = Number.MIN_SAFE_INTEGER, to = Number.MAX_SAFE_INTEGER } = span
    for (const stream of streams) await withdrawWithin(this.#engine, this.#transaction, account, stream, { from, to })
    return streams
  }

  /** Rows name their series by number: without its name nobody knows what was charged. */
  async #setChargesAside(label: string, number: string): Promise<void> {
    const sealed = sealedTable('charge_rows')
    const seals = await this.#transaction
      .selectFrom('seals')
      .select('period')
      .where('kind', '=', sealed.kind)
      .where('owner', '=', number)
      .execute()
    await this.#setAside(sealedTable('charge_series'), label, 0)
    for (const { period } of seals) await this.#setAside(sealed, number, Number(period))
    this.#noteCharges(number)
  }

  /** Nothing else in the book tells what an account is. What may change an account is taken back, to be given anew. */
  async #confirmAccounts(): Promise<void> {
    const labels = new Set(this.#names.values())
    const owners = await this.#transaction.selectFrom('seals').select(['kind', 'owner']).distinct().execute()
    for (const { owner: column, kind } of sealedTables) {
      if (column !== 'account' && column !== 'account_number') continue
      const lost = owners.find((one) => Number(one.kind) === kind && !(column === 'account' ? labels : this.#names).has(one.owner))
      if (lost !== undefined)
        fail('storage.damaged', { path: this.#path, reason: `the account of the rows of ${lost.owner} has another name` })
    }
    await this.#transaction.updateTable('accounts').set({ may_repay: 0 }).execute()
    const sealed = sealedTable('accounts')
    await sealOwner({ kind: this.#engine.kind, db: this.#transaction }, sealed, '')
    this.#tell({ did: 'confirmed', account: '', history: sealed.noun, of: '', rows: this.#names.size, streams: [] })
  }

  /** Sums of accounts that are not in the book. */
  async #dropStrays(): Promise<void> {
    const labels = new Set(this.#names.values())
    for (const [table, owners] of this.#damaged) {
      const sealed = sealedTable(table)
      if (sealed.owner === undefined) continue
      for (const owner of owners) {
        const isKnown = sealed.owner === 'account' ? labels.has(owner) : this.#names.has(owner)
        if (!isKnown) await this.#remove(sealed, owner, wholeTime.from, wholeTime.to)
      }
    }
  }

  #rebuilt(table: keyof BookTables, owner: string, account: string): void {
    const history = sealedTable(table).noun
    if (this.#isNoted(table, owner)) this.#tell({ did: 'rebuilt', account, history, of: '', rows: 0, streams: [] })
  }

  #tell(deed: Deed): void {
    this.#deeds.push(Object.freeze(deed))
  }
}

async function deleteSpan(
  transaction: Transaction<BookTables>,
  sealed: SealedTable,
  span: { readonly owner: string; readonly from: number; readonly to: number },
): Promise<void> {
  const { table, owner, grouped } = sealed
  let rows = transaction.deleteFrom(table as 'charge_rows')
  if (owner !== undefined) {
    const value = owner === 'account_number' ? Number(span.owner) : span.owner
    rows = rows.where(owner as 'account_number', '=', value as number)
  }
  if (grouped !== undefined) {
    rows = rows.where(grouped.column as 'at', '>=', span.from * grouped.span).where(grouped.column as 'at', '<', span.to * grouped.span)
  }
  await rows.execute()
}
