import { type Kysely, sql } from 'kysely'
import { readText } from './read-text.ts'
import type { BookTables } from './tables/tables.ts'

/** Each scale has ten bits of one number, the series those above them. */
export const scaleBits = 10

/** The place of a charge in the order of an account's rows. */
export interface ChargePlace {
  readonly at: number
  readonly series: number
}

/** What is read at once: rows from `base` on, from which their instants are told, and beyond a place. */
export interface TextPage {
  readonly account: number
  readonly end: number
  readonly beyond: ChargePlace | undefined
  readonly base: number
  readonly limit: number
}

/** Rows whose mantissas have 64 bits and whose scales have 8, and that carry nothing else, are told by their figures alone. */
const isNarrow = sql`total_liability_scale is null and free_liability_scale is null and extra is null
  and principal_mantissa between -9223372036854775808 and 9223372036854775807
  and rate_mantissa between -9223372036854775808 and 9223372036854775807
  and interest_mantissa between -9223372036854775808 and 9223372036854775807
  and principal_scale < 256 and rate_scale < 256 and interest_scale < 256`

/**
 * A page of charges as one text, a line each, in the order of instants and series: `at,series and scales,principal,rate,
 * interest`, and where there is more, `,total liability,its scale,free liability,its scale,received at,extra`.
 */
export async function readChargeText(db: Kysely<BookTables>, page: TextPage): Promise<string> {
  const { account, end, beyond, base, limit } = page
  // As a bigint: a number of this size is bound as a floating one, and what it is taken from becomes one.
  const figures = sql`format('%s,%s,%s,%s,%s', at - ${BigInt(base)}, ((series * 1024 + principal_scale) * 1024 + rate_scale) * 1024 + interest_scale,
    principal_mantissa, rate_mantissa, interest_mantissa)`
  const more = sql`format(',%s,%s,%s,%s,%s,%s', total_liability_mantissa, total_liability_scale, free_liability_mantissa, free_liability_scale,
    received_at, extra)`
  let rows = db
    .selectFrom('charge_rows')
    .select(sql<string>`case when ${isNarrow} then ${figures} else ${figures} || ${more} end`.as('line'))
    .where('account_number', '=', account)
    .where('at', '>=', base)
    .where('at', '<', end)
  if (beyond !== undefined) {
    rows = rows.where(({ eb, refTuple, tuple }) => eb(refTuple('at', 'series'), '>', tuple(beyond.at, beyond.series)))
  }
  return readText(db, rows.orderBy('at').orderBy('series').limit(limit))
}
