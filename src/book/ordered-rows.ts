import type { Interval } from '../time/interval.ts'
import { dayMs } from '../time/units.ts'
import { accountLabels, accountNumber } from './account-store.ts'
import type { ChargeFilter } from './book-interface.ts'
import type { BookEngine } from './engines/engine.ts'
import { mergedPages } from './merged-pages.ts'
import type { RowPage } from './read-rows.ts'
import { assertSound, SoundPages, sealedTable } from './seals/assert-sound.ts'
import { assertAccounts, orDamaged } from './seals/sound-reads.ts'
import type { BookTables } from './tables/tables.ts'

/** What has an instant and is read page by page: a kind of rows, or the snapshots of balances. */
export interface OrderedKind<Row> {
  /** The tables it is read from: the rows' own by their instants, others as a whole. */
  readonly tables: readonly (keyof BookTables)[]
  instantOf(row: Row): number
  read(db: BookEngine['db'], account: string, page: RowPage<Row>): Promise<readonly Row[]>
}

/** The rows of several accounts as one sequence in the order of their instants. */
export async function* orderedRows<Row>(opened: () => BookEngine, kind: OrderedKind<Row>, filter: ChargeFilter): AsyncGenerator<Row> {
  const { asset, within, limit } = filter
  const newestFirst = filter.order !== 'oldest-first'
  const sound = new Map<string, SoundRows>()
  const read = async (account: string, beyond: Row | undefined, size: number) => {
    const rows = sound.get(account) ?? (await soundRows(opened, kind.tables, account, asset))
    sound.set(account, rows)
    const page = { equal: { asset }, within, newestFirst, limit: size, beyond }
    const found = await orDamaged(
      () => kind.read(opened().db, account, page),
      () => rows.cover(within),
    )
    // What is missing from a page is missed as well: its span is made sure of, not its rows alone.
    const [first, last] = [beyond, found.length < size ? undefined : found.at(-1)].map((row) => row && kind.instantOf(row))
    const { from, to } = within ?? allInstants
    await rows.cover(
      newestFirst
        ? { from: last ?? from, to: first === undefined ? to : first + 1 }
        : { from: first ?? from, to: last === undefined ? to : last + 1 },
    )
    return found
  }
  const compare = (left: Row, right: Row) => (kind.instantOf(left) - kind.instantOf(right)) * (newestFirst ? -1 : 1)
  await assertAccounts(opened())
  yield* mergedPages(await accountLabels(opened().db, filter.accounts), read, compare, limit)
}

const allInstants: Interval = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER }

/** Makes sure of every table that rows are read from. */
interface SoundRows {
  cover(within: Interval | undefined): Promise<void>
}

async function soundRows(
  opened: () => BookEngine,
  tables: readonly (keyof BookTables)[],
  account: string,
  asset: string | undefined,
): Promise<SoundRows> {
  const number = String(await accountNumber(opened().db, account))
  const pages: SoundPages[] = []
  const days: SoundPages[] = []
  for (const table of tables) {
    const { grouped, owner } = sealedTable(table)
    const ownerName = owner === 'account_number' ? number : account
    if (grouped === undefined) await assertSound(opened(), table, ownerName, account)
    else if (grouped.unitMs === 1) pages.push(new SoundPages(opened, table, ownerName, account))
    // Days are what charges of one asset are found by.
    else if (asset !== undefined) days.push(new SoundPages(opened, table, ownerName, account))
  }
  return {
    cover: async (span) => {
      for (const one of pages) await one.cover(span)
      const inDays = span && { from: Math.floor(span.from / dayMs), to: Math.ceil(span.to / dayMs) }
      for (const one of days) await one.cover(inDays)
    },
  }
}
