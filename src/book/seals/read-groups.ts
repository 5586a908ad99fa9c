import { type Kysely, sql } from 'kysely'
import type { Interval } from '../../time/interval.ts'
import type { BookEngine, ColumnValue } from '../engines/engine.ts'
import type { BookTables } from '../tables/tables.ts'
import { emptySeal, isSameSeal, type Seal } from './seal.ts'
import { cellMark, markStandIn, rowMark } from './seal-tally.ts'
import type { SealedTable } from './sealed-tables.ts'
import { SealedText } from './sealed-text.ts'

/** A group whose rows are not what was written. */
export interface DamagedGroup {
  readonly sealed: SealedTable
  /** A label or number of an account; empty where rows belong to all. */
  readonly owner: string
  readonly period: number
  /** What was written, and what is there. */
  readonly written: Seal
  readonly found: Seal
}

/** Groups of one owner, by their numbers: half-open. */
export interface GroupSpan extends Interval {
  readonly owner: string
}

type AnyTables = Record<string, Record<string, ColumnValue>>

/** The rows of some groups as one text beside their seals: one statement, so that no writer comes between. */
export async function readGroups(
  engine: Pick<BookEngine, 'kind' | 'db'>,
  sealed: SealedTable,
  span: GroupSpan,
): Promise<{ readonly damaged: readonly DamagedGroup[]; readonly rows: number }> {
  const { text, seals } = await readSealedRows(engine, sealed, span)
  const found = new SealedText(sealed).sums(text)
  const written = sealsOf(seals)
  const damaged: DamagedGroup[] = []
  let rows = 0
  for (const period of new Set([...written.keys(), ...found.keys()])) {
    const [was, is] = [written.get(period) ?? emptySeal(), found.get(period) ?? emptySeal()]
    rows += is.rows
    if (!isSameSeal(was, is)) damaged.push({ sealed, owner: span.owner, period, written: was, found: is })
  }
  return { damaged, rows }
}

function sealsOf(text: string): ReadonlyMap<number, Seal> {
  const seals = new Map<number, Seal>()
  for (const line of text === '' ? [] : text.split(rowMark)) {
    // What is no number is equal to no sum.
    const [period, rows, low, high, aside] = line.split(cellMark).map(Number) as [number, number, number, number, number]
    seals.set(period, { rows, low, high, aside })
  }
  return seals
}

export async function readSealedRows(
  { kind, db }: Pick<BookEngine, 'kind' | 'db'>,
  sealed: SealedTable,
  span: GroupSpan,
): Promise<{ readonly text: string; readonly seals: string }> {
  const rows = ofSpan(db, sealed, span).select(sealedLine(kind, sealed).as('line')).as('page')
  const seals = db
    .selectFrom('seals')
    .select(sql<string>`string_agg(format(${fiveCells}, period, row_count, low, high, aside), ${rowMark})`.as('seals'))
    .where('kind', '=', sealed.kind)
    .where('owner', '=', span.owner)
    .where('period', '>=', span.from)
    .where('period', '<', span.to)
  const text = (db as unknown as Kysely<AnyTables>).selectFrom(rows as never).select(sql<string>`string_agg(line, ${rowMark})`.as('text'))
  const read = await db
    .selectNoFrom([sql<string | null>`(${text})`.as('text'), sql<string | null>`(${seals})`.as('seals')])
    .executeTakeFirstOrThrow()
  return { text: read.text ?? '', seals: read.seals ?? '' }
}

const fiveCells = Array.from({ length: 5 }, () => '%s').join(cellMark)

/** The rows of some groups. */
export function ofSpan(db: Kysely<BookTables>, { table, owner, grouped }: SealedTable, span: GroupSpan) {
  let rows = (db as unknown as Kysely<AnyTables>).selectFrom(table)
  if (owner !== undefined) rows = rows.where(owner, '=', owner === 'account_number' ? Number(span.owner) : span.owner)
  if (grouped === undefined) return rows
  return rows.where(grouped.column, '>=', span.from * grouped.span).where(grouped.column, '<', span.to * grouped.span)
}

/** A row's cells as they are hashed; an integer has one text, whatever database prints it. */
function sealedLine(engine: BookEngine['kind'], { columns }: SealedTable) {
  const cells = columns.map(([column, kind]) => {
    if (kind !== 'words') return sql.ref(column)
    return sql`replace(replace(${sql.ref(column)}, ${rowMark}, ${markStandIn}), ${cellMark}, ${markStandIn})`
  })
  const line = sql<string>`format(${columns.map(() => '%s').join(cellMark)}, ${sql.join(cells)})`
  if (engine === 'postgres') return line
  // A blob prints as the text of its bytes does, and is found by no condition: it is above all texts.
  const loose = columns.filter(([, kind]) => kind !== 'whole')
  if (loose.length === 0) return line
  const isBlob = sql.join(
    loose.map(([column]) => sql`${sql.ref(column)} >= x''`),
    sql` or `,
  )
  return sql<string>`case when ${isBlob} then 'blob' || ${line} else ${line} end`
}
