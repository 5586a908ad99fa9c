import type { Book } from '../../book/book-interface.ts'
import type { BalanceSnapshot, BookAccount, ExchangeRun, Movement, RowFinding } from '../../book/record.ts'
import type { RowsQuestion } from './charges-table.ts'
import { type ExportColumn, type ExportRow, headColumns } from './export-table.ts'

const rowsPerPiece = 2_000

const text = (name: string): ExportColumn => ({ name, kind: 'text' })
const decimal = (name: string): ExportColumn => ({ name, kind: 'decimal' })
const instant = (name: string): ExportColumn => ({ name, kind: 'instant' })

export const movementColumns: readonly ExportColumn[] = Object.freeze([
  ...headColumns,
  text('id'),
  text('asset'),
  text('wallet'),
  text('kind'),
  decimal('amount'),
  decimal('balanceAfter'),
  decimal('interest'),
  text('detail'),
])

/** One line for each asset of a run. */
export const exchangeColumns: readonly ExportColumn[] = Object.freeze([
  ...headColumns,
  text('asset'),
  decimal('negativeBalance'),
  decimal('maximumThreshold'),
])

export const balanceColumns: readonly ExportColumn[] = Object.freeze([
  ...headColumns,
  text('asset'),
  ...['total', 'owed', 'free', 'um', 'cm', 'interest'].map(decimal),
  instant('updatedAt'),
])

export const findingColumns: readonly ExportColumn[] = Object.freeze([
  ...headColumns,
  ...['kind', 'row', 'came', 'sentence'].map(text),
  instant('foundAt'),
  text('request'),
])

export function movementPieces(book: Book, question: RowsQuestion): AsyncGenerator<readonly ExportRow[]> {
  return ofEachAccount(
    question,
    (account) => book.movements({ account: account.label, asset: question.asset, within: question.within, order: 'oldest-first' }),
    movementRows,
  )
}

export function exchangePieces(book: Book, question: RowsQuestion): AsyncGenerator<readonly ExportRow[]> {
  return ofEachAccount(
    question,
    (account) => book.exchangeRuns({ accounts: [account.label], within: question.within, order: 'oldest-first' }),
    (account, run) => runRows(account, run).filter((row) => question.asset === undefined || row[headColumns.length] === question.asset),
  )
}

export function balancePieces(book: Book, question: RowsQuestion): AsyncGenerator<readonly ExportRow[]> {
  return ofEachAccount(
    question,
    (account) => book.balances({ account: account.label, asset: question.asset, within: question.within, order: 'oldest-first' }),
    balanceRows,
  )
}

export async function* findingPieces(book: Book, { accounts, within }: RowsQuestion): AsyncGenerator<readonly ExportRow[]> {
  for (const account of accounts) {
    const findings = await book.findings({ accounts: [account.label], ...(within === undefined ? {} : { within }) })
    yield findings.toReversed().map((finding) => findingRow(account, finding))
  }
}

async function* ofEachAccount<Item>(
  { accounts }: RowsQuestion,
  read: (account: BookAccount) => AsyncIterable<Item>,
  rowsOf: (account: BookAccount, item: Item) => readonly ExportRow[],
): AsyncGenerator<readonly ExportRow[]> {
  let rows: ExportRow[] = []
  for (const account of accounts) {
    for await (const item of read(account)) {
      for (const row of rowsOf(account, item)) rows.push(row)
      if (rows.length < rowsPerPiece) continue
      yield rows
      rows = []
    }
  }
  yield rows
}

function movementRows({ label, exchange }: BookAccount, movement: Movement): readonly ExportRow[] {
  const { at, stream, id, asset, wallet, kind, amount, balanceAfter = null, interest = null, detail } = movement
  return [['movement', at, null, label, exchange, stream, id, asset, wallet, kind, amount, balanceAfter, interest, detail]]
}

function runRows({ label, exchange }: BookAccount, { from, to, details }: ExchangeRun): readonly ExportRow[] {
  return details.map(({ asset, negativeBalance, maximumThreshold }) => [
    'run',
    from,
    to,
    label,
    exchange,
    'exchanges',
    asset,
    negativeBalance,
    maximumThreshold,
  ])
}

function balanceRows({ label, exchange }: BookAccount, snapshot: BalanceSnapshot): readonly ExportRow[] {
  const { takenAt, asset, total, owed, free, um, cm, interest, updatedAt } = snapshot
  return [['balance', takenAt, null, label, exchange, null, asset, total, owed, free, um, cm, interest, updatedAt]]
}

function findingRow({ label, exchange }: BookAccount, finding: RowFinding): ExportRow {
  const { at, stream, kind, row, came, sentence, foundAt, request = null } = finding
  return ['finding', at, null, label, exchange, stream, kind, row, came, sentence, foundAt, request]
}
