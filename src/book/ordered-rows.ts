import { accountLabels } from './account-store.ts'
import type { ChargeFilter } from './book-interface.ts'
import type { BookEngine } from './engines/engine.ts'
import { mergedPages } from './merged-pages.ts'
import type { RowPage } from './read-rows.ts'

/** What has an instant and is read page by page: a kind of rows, or the snapshots of balances. */
export interface OrderedKind<Row> {
  instantOf(row: Row): number
  read(db: BookEngine['db'], account: string, page: RowPage<Row>): Promise<readonly Row[]>
}

/** The rows of several accounts as one sequence in the order of their instants. */
export async function* orderedRows<Row>(opened: () => BookEngine, kind: OrderedKind<Row>, filter: ChargeFilter): AsyncGenerator<Row> {
  const { asset, within, limit } = filter
  const newestFirst = filter.order !== 'oldest-first'
  const read = async (account: string, beyond: Row | undefined, size: number) =>
    kind.read(opened().db, account, { equal: { asset }, within, newestFirst, limit: size, beyond })
  const compare = (left: Row, right: Row) => (kind.instantOf(left) - kind.instantOf(right)) * (newestFirst ? -1 : 1)
  yield* mergedPages(await accountLabels(opened().db, filter.accounts), read, compare, limit)
}
