import type { Interval } from '../time/interval.ts'
import { accountNumber } from './account-store.ts'
import type { BookEngine } from './engines/engine.ts'
import type {
  MarginChargeBatch,
  MarginChargeBatchFilter,
  MarginChargeName,
  MovementBatch,
  MovementBatchFilter,
  MovementName,
} from './row-batch.ts'
import { RowColumns } from './row-columns.ts'
import { firstInstant, type RowTextPage, readRowText, type TextColumns, wordMark } from './row-text.ts'
import { SoundPages } from './seals/assert-sound.ts'
import { assertAccounts } from './seals/sound-reads.ts'

const rowsPerBatch = 8_192
const wholeTime: Interval = { from: Number.MIN_SAFE_INTEGER, to: Number.MAX_SAFE_INTEGER }

const movementColumns: TextColumns = {
  table: 'movements',
  decimals: ['amount', 'balance_after', 'interest'],
  words: ['stream', 'asset', 'kind'],
  own: 'detail',
  order: ['stream', 'id', 'asset'],
}

const marginChargeColumns: TextColumns = {
  table: 'margin_charges',
  decimals: ['principal', 'rate', 'interest'],
  words: ['asset', 'raw_asset', 'type'],
  own: 'tx_id',
  order: ['tx_id', 'asset'],
}

/** An account's movements as columns, oldest first. No reading transaction stays open between two batches. */
export async function* movementBatches(opened: () => BookEngine, filter: MovementBatchFilter): AsyncGenerator<MovementBatch> {
  const { account, within = wholeTime, streams } = filter
  const nameOf = ([stream, asset = '', kind = '']: readonly string[]): MovementName =>
    Object.freeze({ stream: stream as MovementName['stream'], asset, kind })
  for await (const { columns, names } of columnsOf(opened, movementColumns, { account, ...within, among: { stream: streams } }, nameOf)) {
    const { count, at, beyond64, decimals } = columns
    const [amount, balanceAfter, interest] = decimals
    const detail = (place: number) => columns.own(place)
    yield { account, count, names, nameOf: columns.nameOf, at, beyond64, amount, balanceAfter, interest, detail }
  }
}

/** An account's margin charges as columns, oldest first. No reading transaction stays open between two batches. */
export async function* marginChargeBatches(opened: () => BookEngine, filter: MarginChargeBatchFilter): AsyncGenerator<MarginChargeBatch> {
  const { account, within = wholeTime, types } = filter
  const nameOf = ([asset = '', rawAsset = '', type = '']: readonly string[]): MarginChargeName => Object.freeze({ asset, rawAsset, type })
  for await (const { columns, names } of columnsOf(opened, marginChargeColumns, { account, ...within, among: { type: types } }, nameOf)) {
    const { count, at, beyond64, decimals } = columns
    const [principal, rate, interest] = decimals
    const txId = (place: number) => columns.own(place)
    yield { account, count, names, nameOf: columns.nameOf, at, beyond64, principal, rate, interest, txId }
  }
}

interface NamedColumns<Name> {
  readonly columns: RowColumns
  readonly names: readonly Name[]
}

/**
 * Page by page. A page that is full may end within an instant: that one is left to the next page, so that nothing which is
 * written meanwhile is passed over or told twice.
 */
async function* columnsOf<Name>(
  opened: () => BookEngine,
  table: TextColumns,
  asked: Omit<RowTextPage, 'limit'>,
  nameOf: (words: readonly string[]) => Name,
): AsyncGenerator<NamedColumns<Name>> {
  await assertAccounts(opened())
  await accountNumber(opened().db, asked.account)
  const sound = new SoundPages(opened, table.table, asked.account, asked.account)
  let since = asked.from
  let from = await firstInstant(opened().db, table, asked)
  const nameNumbers = new Map<string, number>()
  const names: Name[] = []
  let columns = new RowColumns(rowsPerBatch, nameNumbers)
  while (from !== undefined) {
    columns.read(await readRowText(opened().db, table, { ...asked, from, limit: columns.rowsMax }), from)
    const isFull = columns.count === columns.rowsMax
    const next = columns.at[columns.count - 1] as number
    if (isFull) columns.count = columns.at.indexOf(next)
    if (isFull && columns.count === 0) {
      columns = new RowColumns(columns.rowsMax * 2, nameNumbers)
      continue
    }
    await sound.cover({ from: since, to: isFull ? next : asked.to })
    since = next
    if (columns.count === 0) return
    for (const name of [...nameNumbers.keys()].slice(names.length)) names.push(nameOf(name.split(wordMark)))
    yield { columns, names }
    from = isFull ? next : undefined
  }
  await sound.cover(asked)
}
