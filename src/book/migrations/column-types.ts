import { type CreateTableBuilder, type Kysely, sql } from 'kysely'
import type { BookEngine } from '../engines/engine.ts'

/** The same column in the words of each engine. */
function columnTypes(kind: BookEngine['kind']) {
  return kind === 'sqlite'
    ? // ANY keeps in a STRICT table what is bound: an integer, or text for a mantissa beyond 64 bits.
      { text: sql`text`, instant: sql`integer`, whole: sql`integer`, scale: sql`integer`, mantissa: sql`any` }
    : // The collation makes both engines sort alike.
      { text: sql`text collate "C"`, instant: sql`bigint`, whole: sql`bigint`, scale: sql`smallint`, mantissa: sql`numeric` }
}

export type ColumnKind = 'text' | 'instant' | 'whole' | 'scale' | 'mantissa' | 'decimal'
/** Column names with their kinds; a `?` behind the kind allows NULL. A `decimal` is a mantissa and a scale. */
export type Columns = Readonly<Record<string, ColumnKind | `${ColumnKind}?`>>

/** Creates a table whose key begins with the account. */
export function createAccountTable(
  db: Kysely<never>,
  engine: BookEngine['kind'],
  name: string,
  key: Columns,
  columns: Columns,
): Promise<void> {
  return createTable(db, engine, name, { account: 'text', ...key }, columns)
}

export async function createTable(
  db: Kysely<never>,
  engine: BookEngine['kind'],
  name: string,
  key: Columns,
  columns: Columns,
): Promise<void> {
  const all = { ...key, ...columns } as const
  let table: CreateTableBuilder<string, string> = db.schema.createTable(name)
  for (const [column, stated] of Object.entries(all)) {
    const kind = stated.replace('?', '') as ColumnKind
    const nullable = stated.endsWith('?')
    const parts: [string, Exclude<ColumnKind, 'decimal'>][] =
      kind === 'decimal'
        ? [
            [`${column}_mantissa`, 'mantissa'],
            [`${column}_scale`, 'scale'],
          ]
        : [[column, kind]]
    for (const [part, partKind] of parts) {
      table = table.addColumn(part, columnTypes(engine)[partKind], (definition) => (nullable ? definition : definition.notNull()))
    }
  }
  table = table.addPrimaryKeyConstraint(`${name}_key`, Object.keys(key) as never)
  if (engine === 'sqlite') table = table.modifyEnd(sql`strict, without rowid`)
  await table.execute()
}
