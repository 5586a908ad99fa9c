import { type Kysely, sql } from 'kysely'
import { isOverdraftError } from '../../errors/overdraft-error.ts'
import type { BookEngine } from '../engines/engine.ts'
import { changedNames } from '../engines/schema-names.ts'
import type { BookTables } from '../tables/tables.ts'
import type { DamagedGroup } from './read-groups.ts'
import { readGroups } from './read-groups.ts'
import { groupSpans, ownersOf } from './seal-all.ts'
import { type SealedTable, sealedTables } from './sealed-tables.ts'

/** A group of rows that are not what was written. */
export interface Damage {
  /** Label of the account; empty where rows belong to no account, or to one that is not in the book. */
  readonly account: string
  /** What the rows are: `charges`, `daily totals`. */
  readonly history: string
  /** The asset of prices, or the number of an account that is not there; empty otherwise. */
  readonly of: string
  /** Epoch ms UTC, half-open; absent where a history is sealed as one. */
  readonly from?: number | undefined
  readonly to?: number | undefined
  readonly writtenRows: number
  readonly foundRows: number
}

/** The rows of one history of one account. */
export interface CheckedHistory {
  readonly account: string
  readonly history: string
  readonly of: string
  readonly rows: number
  readonly damaged: readonly Damage[]
}

export interface BookCheck {
  readonly histories: readonly CheckedHistory[]
  /** What the database itself says is wrong with it. */
  readonly problems: readonly string[]
}

type Database = Pick<BookEngine, 'kind' | 'db'>

/** Every row and every seal there is. */
export async function checkBook(database: Database): Promise<BookCheck> {
  const problems = [...(await problemsOf(database))]
  const names = await accountNames(database.db)
  const histories: CheckedHistory[] = []
  for (const sealed of sealedTables) {
    // What the database cannot read it says; the others are checked all the same.
    const told = await damagedOf(database, sealed).catch((error: unknown) => {
      if (!isOverdraftError(error, 'storage.damaged')) throw error
      problems.push(`${sealed.noun}: ${error.message}`)
      return []
    })
    for (const { owner, rows, damaged } of told) {
      const whose = ownerNames(sealed, owner, names)
      const found = damaged.map((group) => damageIn(group, whose))
      histories.push(Object.freeze({ ...whose, history: sealed.noun, rows, damaged: found }))
    }
  }
  return { histories: histories.filter(({ rows, damaged }) => rows > 0 || damaged.length > 0), problems }
}

interface OwnerGroups {
  readonly owner: string
  readonly rows: number
  readonly damaged: readonly DamagedGroup[]
}

/** The groups of one table that are damaged, by owner. */
export async function damagedOf(database: Database, sealed: SealedTable): Promise<readonly OwnerGroups[]> {
  const told: OwnerGroups[] = []
  for (const owner of await ownersOf(database.db, sealed)) {
    let rows = 0
    const damaged: DamagedGroup[] = []
    for await (const span of groupSpans(database.db, sealed, owner)) {
      const read = await readGroups(database, sealed, { owner, ...span })
      rows += read.rows
      damaged.push(...read.damaged)
    }
    told.push({ owner, rows, damaged })
  }
  return told
}

/** What SQLite says of its pages, its trees and its indexes. PostgreSQL tells a damaged page when it is read. */
export async function problemsOf({ kind, db }: Database): Promise<readonly string[]> {
  if (kind !== 'sqlite') return []
  const { rows } = await sql<{ integrity_check: string }>`pragma integrity_check(20)`.execute(db)
  const names = await sql<{ problem: string }>`${sql.raw(changedNames)}`.execute(db)
  return [...rows.map((row) => row.integrity_check).filter((said) => said !== 'ok'), ...names.rows.map(({ problem }) => problem)]
}

/** Labels by the numbers of their accounts. */
export async function accountNames(db: Kysely<BookTables>): Promise<ReadonlyMap<string, string>> {
  const rows = await db.selectFrom('accounts').select(['account', 'number']).execute()
  return new Map(rows.map(({ account, number }) => [String(number), account]))
}

export function ownerNames(
  { owner: column }: SealedTable,
  owner: string,
  names: ReadonlyMap<string, string>,
): { readonly account: string; readonly of: string } {
  if (column === 'asset' || column === undefined) return { account: '', of: owner }
  const label = column === 'account' ? [...names.values()].find((name) => name === owner) : names.get(owner)
  if (label !== undefined) return { account: label, of: '' }
  return { account: '', of: column === 'account' ? owner : `account number ${owner}` }
}

export function damageIn(
  { sealed, period, written, found }: DamagedGroup,
  whose: { readonly account: string; readonly of: string },
): Damage {
  return Object.freeze({ ...whose, history: sealed.noun, ...spanOf(sealed, period), writtenRows: written.rows, foundRows: found.rows })
}

/** The time a group spans, where it spans any. */
export function spanOf({ grouped }: SealedTable, period: number): { readonly from?: number; readonly to?: number } {
  if (grouped === undefined) return {}
  const ms = grouped.span * grouped.unitMs
  return { from: period * ms, to: (period + 1) * ms }
}
