import { type Kysely, type SelectQueryBuilder, sql } from 'kysely'
import type { BookTables } from './tables/tables.ts'

/**
 * The lines of a query as one text, in its order. One text is read several times as fast as the rows' values are, each of
 * which is made into an object of JavaScript.
 * @param rows gives a text that holds no line break, `line`
 */
export async function readText<Tables extends keyof BookTables>(
  db: Kysely<BookTables>,
  rows: SelectQueryBuilder<BookTables, Tables, { line: string }>,
): Promise<string> {
  const { text } = await db
    .selectFrom(rows.as('page'))
    .select(sql<string | null>`string_agg(line, ${'\n'})`.as('text'))
    .executeTakeFirstOrThrow()
  return text ?? ''
}
