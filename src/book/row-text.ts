import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import type { Interval } from '../time/interval.ts'
import type { ColumnValue } from './engines/engine.ts'
import { readText } from './read-text.ts'
import type { BookTables } from './tables/tables.ts'

/** Between the words of a name, and behind it. No word of an exchange holds these, or a line break. */
export const wordMark = '\u001f'
export const nameMark = '\u001e'
/** Each scale has ten bits of one number. */
export const scaleBits = 10
/** Stands for the scale of a decimal that is absent: none has so many digits. */
export const noScale = 2 ** scaleBits - 1

/** What of a table is told: three decimals, what rows have in common, and a last word that each has of its own. */
export interface TextColumns {
  readonly table: 'movements' | 'margin_charges'
  /** Names of the columns without `_mantissa` and `_scale`. */
  readonly decimals: readonly [string, string, string]
  readonly words: readonly string[]
  readonly own: string
  /** The rest of the key behind account and instant, which rows of one instant are ordered by. */
  readonly order: readonly string[]
}

export interface RowTextPage extends Interval {
  readonly account: string
  /** Columns and what they may hold; `undefined` for whatever. */
  readonly among: Readonly<Record<string, readonly string[] | undefined>>
  readonly limit: number
}

type AnyTables = Record<string, Record<string, ColumnValue>>

/** Where the first row of a span is. */
export async function firstInstant(
  db: Kysely<BookTables>,
  { table }: TextColumns,
  { account, from, to }: Interval & { readonly account: string },
): Promise<number | undefined> {
  const { first } = await (db as unknown as Kysely<AnyTables>)
    .selectFrom(table)
    .select(({ fn }) => fn.min('at').as('first'))
    .where('account', '=', account)
    .where('at', '>=', from)
    .where('at', '<', to)
    .executeTakeFirstOrThrow()
  return first === null ? undefined : Number(first)
}

/**
 * A page of rows as one text, a line each, in the order of their keys: `instant since from,scales,mantissa,mantissa,mantissa,`
 * and words.
 */
export async function readRowText(db: Kysely<BookTables>, columns: TextColumns, page: RowTextPage): Promise<string> {
  const { table, decimals, words, own, order } = columns
  const { account, from, to, among, limit } = page
  const mantissas = decimals.map((name) => sql.ref(`${name}_mantissa`))
  const [first, second, third] = decimals.map((name) => sql`coalesce(${sql.ref(`${name}_scale`)}, ${sql.lit(noScale)})`)
  const scales = sql`(${first} * 1024 + ${second}) * 1024 + ${third}`
  const marks = `%s,%s,%s,%s,%s,${words.map(() => '%s').join(wordMark)}${nameMark}%s`
  const told = [...words.map((word) => wordOf(word, among[word])), sql`replace(${sql.ref(own)}, ${'\n'}, ' ')`]
  // As a bigint: a number of this size is bound as a floating one, and what it is taken from becomes one.
  const line = sql<string>`format(${sql.lit(marks)}, at - ${BigInt(from)}, ${scales}, ${sql.join([...mantissas, ...told])})`
  let rows = (db as unknown as Kysely<AnyTables>)
    .selectFrom(table)
    .select(line.as('line'))
    .where('account', '=', account)
    .where('at', '>=', from)
    .where('at', '<', to)
  for (const [column, values] of Object.entries(among)) {
    // Not the bare column: knowing a part of the key, SQLite would sort each instant, though rows come in the order of their keys.
    if (values !== undefined) rows = rows.where(({ fn, val }) => fn.coalesce(column, val('')), 'in', values)
  }
  rows = rows.orderBy('at')
  for (const column of order) rows = rows.orderBy(column)
  return readText(db, rows.limit(limit) as unknown as SelectQueryBuilder<BookTables, typeof table, { line: string }>)
}

/** A word that is the same in all rows is not read from any of them. */
function wordOf(column: string, among: readonly string[] | undefined) {
  const [only] = among ?? []
  return among?.length === 1 && only !== undefined ? sql.lit(only) : sql.ref(column)
}
