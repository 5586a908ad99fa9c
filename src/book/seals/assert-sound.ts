import { fail } from '../../errors/overdraft-error.ts'
import { isoInstant } from '../../time/instant.ts'
import type { Interval } from '../../time/interval.ts'
import type { BookEngine } from '../engines/engine.ts'
import type { BookTables } from '../tables/tables.ts'
import { type DamagedGroup, type GroupSpan, readGroups } from './read-groups.ts'
import { periodOf, type SealedTable, sealedByTable } from './sealed-tables.ts'

/** Beyond every group there can be, and within what both databases take. */
export const wholeTime: Interval = { from: -5_000_000, to: 5_000_000 }

/** So many rows are read at once, but for a single group that has more. */
const rowsAtOnce = 20_000

type Database = Pick<BookEngine, 'kind' | 'db'>

export function sealedTable(table: keyof BookTables): SealedTable {
  const sealed = sealedByTable.get(table)
  if (sealed === undefined) throw new Error(`${table} is not sealed`)
  return sealed
}

/** The groups that an interval of the grouping column touches. */
export function groupsWithin(sealed: SealedTable, within: Interval | undefined): Interval {
  if (sealed.grouped === undefined) return { from: 0, to: 1 }
  if (within === undefined) return wholeTime
  const from = Math.max(periodOf(sealed, within.from), wholeTime.from)
  return { from, to: Math.min(periodOf(sealed, Math.max(within.to - 1, within.from)) + 1, wholeTime.to) }
}

/**
 * That the rows of one owner are what was written, in every group that is touched.
 * @param name the account, or the asset of prices, as errors call it
 * @throws `book.damaged`
 */
export async function assertSound(
  database: Database,
  table: keyof BookTables,
  owner: string,
  name: string,
  groups: Interval | undefined = undefined,
): Promise<void> {
  const sealed = sealedTable(table)
  const span = groups ?? groupsWithin(sealed, undefined)
  for (const part of await partsOf(database, sealed, { owner, ...span })) {
    const { damaged } = await readGroups(database, sealed, part)
    const [first] = damaged
    if (first !== undefined) fail('book.damaged', damageOf(first, name))
  }
}

/** Where a group lies, in words. */
export function damageOf({ sealed, period, written, found }: DamagedGroup, name: string) {
  const { noun, grouped } = sealed
  const at = (value: number) => (grouped === undefined ? '' : printableInstant(value * grouped.span * grouped.unitMs))
  return {
    history: name === '' ? noun : `${noun} of ${name}`,
    span: grouped === undefined ? '' : `from ${at(period)} to ${at(period + 1)}`,
    written: written.rows,
    found: found.rows,
  }
}

const instantEnd = 8.64e15

/** An instant that was damaged may be one that no calendar has. */
function printableInstant(instant: number): string {
  return Math.abs(instant) <= instantEnd ? isoInstant(instant) : String(instant)
}

/** Spans of groups of few enough rows each, one behind the other and without a gap. */
async function partsOf({ db }: Database, sealed: SealedTable, span: GroupSpan): Promise<readonly GroupSpan[]> {
  const { owner, from, to } = span
  if (to - from <= 1) return [span]
  const seals = await db
    .selectFrom('seals')
    .select(['period', 'row_count'])
    .where('kind', '=', sealed.kind)
    .where('owner', '=', owner)
    .where('period', '>=', from)
    .where('period', '<', to)
    .orderBy('period')
    .execute()
  const parts: GroupSpan[] = []
  let [begin, rows] = [from, 0]
  for (const { period, row_count } of seals) {
    if (rows > 0 && rows + Number(row_count) > rowsAtOnce && Number(period) > begin) {
      parts.push({ owner, from: begin, to: Number(period) })
      ;[begin, rows] = [Number(period), 0]
    }
    rows += Number(row_count)
  }
  return [...parts, { owner, from: begin, to }]
}

/** Makes sure of the rows of one owner page by page, in whichever direction they are read; no group is read twice. */
export class SoundPages {
  readonly #database: () => Database
  readonly #table: keyof BookTables
  readonly #owner: string
  readonly #name: string
  /** Groups that were made sure of. */
  #sure: Interval | undefined

  constructor(database: () => Database, table: keyof BookTables, owner: string, name: string) {
    this.#database = database
    this.#table = table
    this.#owner = owner
    this.#name = name
  }

  /** @throws `book.damaged` */
  async cover(within: Interval | undefined): Promise<void> {
    const groups = groupsWithin(sealedTable(this.#table), within)
    const sure = this.#sure
    const missing =
      sure === undefined
        ? [groups]
        : [
            { from: groups.from, to: sure.from },
            { from: sure.to, to: groups.to },
          ]
    for (const span of missing) {
      if (span.from < span.to) await assertSound(this.#database(), this.#table, this.#owner, this.#name, span)
    }
    this.#sure = { from: Math.min(groups.from, sure?.from ?? groups.from), to: Math.max(groups.to, sure?.to ?? groups.to) }
  }
}
