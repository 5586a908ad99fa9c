import { isNegative, isZero, subtract } from '../../decimal/arithmetic.ts'
import { type Decimal, zero } from '../../decimal/decimal.ts'
import type { AnswerGap } from '../../report/answer-coverage.ts'
import type { AssetStatement } from '../../report/statement/read-statement.ts'
import { debtOfPots } from '../../rules/debt.ts'
import type { BoundStanding, ChangeKind } from '../../rules/reconcile.ts'
import { exportedAmount, exportedInstant, shownAmount, shownInstant } from '../output/amounts.ts'
import { printable } from '../output/printable.ts'
import { type Column, sheetObjects } from '../output/sheet.ts'
import type { Style } from '../output/style.ts'
import { printTable } from '../output/table.ts'
import { owedWords } from './owed-columns.ts'

/** One line of a statement as it is shown. */
export interface StatementLine {
  readonly record: 'line' | AnswerGap['kind']
  readonly account: string
  readonly asset: string
  readonly line: string
  readonly at: number | undefined
  readonly until?: number | undefined
  readonly count: number | undefined
  /** What is owed, or what changed it; the sum of the two parts. */
  readonly amount: Decimal | undefined
  readonly principal?: Decimal | undefined
  readonly unpaidInterest?: Decimal | undefined
  /** Of an opening or closing: the balance it rests on. */
  readonly seenAt?: number | undefined
  readonly note: string
}

const names: Readonly<Record<ChangeKind, string>> = {
  charge: 'charges',
  'loan-charge': 'charges on margin loans',
  repayment: 'repayments',
  'auto-exchange': 'auto-exchanges',
  other: 'other movements',
}
const always: readonly ChangeKind[] = ['charge', 'repayment', 'auto-exchange', 'other']

export const statementColumns: readonly Column<StatementLine>[] = [
  { field: 'record', value: ({ record }) => record },
  { field: 'account', value: ({ account }) => account },
  { field: 'asset', value: ({ asset }) => asset },
  { field: 'line', header: 'LINE', isKey: true, value: ({ line }) => line },
  { field: 'at', value: ({ at }) => exportedInstant(at) },
  { field: 'until', value: ({ until }) => exportedInstant(until) },
  { field: 'count', header: 'COUNT', align: 'right', value: ({ count }) => count ?? null },
  amountColumn('principal', owedWords.principal, ({ principal }) => principal),
  amountColumn('unpaidInterest', owedWords.unpaidInterest, ({ unpaidInterest }) => unpaidInterest),
  amountColumn('amount', owedWords.owed, ({ amount }) => amount),
  { field: 'seenAt', value: ({ seenAt }) => exportedInstant(seenAt) },
  { field: 'note', header: 'NOTE', value: ({ note }) => note },
]

function amountColumn(field: string, header: string, pick: (line: StatementLine) => Decimal | undefined): Column<StatementLine> {
  return { field, header, align: 'decimal', value: (line) => exportedAmount(pick(line)), shown: (line) => shownAmount(pick(line)) }
}

/** The lines of one asset, in the order in which they add up. */
export function statementLines({ account, asset, within, lines, reconciled }: AssetStatement): readonly StatementLine[] {
  const common = { record: 'line' as const, account, asset, at: undefined, count: undefined, note: '' }
  const kinds = lines.map(({ kind }) => kind)
  const moved = [...new Set([...always, ...kinds])].map((kind) => {
    const found = lines.find((line) => line.kind === kind)
    return { ...common, line: names[kind], count: found?.count ?? 0, ...parted(found?.amount ?? zero, found?.unpaidInterest ?? zero) }
  })
  const own = { ...common, line: 'own balance', ...parted(reconciled?.ownBalance, zero), note: ownNote(reconciled?.ownBalance) }
  const unpaid = reconciled?.unexplainedByPot.get('interest') ?? zero
  const unexplained = { ...common, line: 'unexplained', ...parted(reconciled?.unexplained, unpaid), note: unexplainedNote(reconciled) }
  return [
    { ...common, line: 'opening debt', at: within.from, ...standing(reconciled?.opening) },
    ...moved,
    own,
    unexplained,
    { ...common, line: 'closing debt', at: within.to, ...standing(reconciled?.closing) },
  ]
}

type Amounts = Pick<StatementLine, 'amount' | 'principal' | 'unpaidInterest'>

/** An amount by what of it is unpaid interest. */
function parted(amount: Decimal | undefined, unpaidInterest: Decimal): Amounts {
  if (amount === undefined) return { amount, principal: undefined, unpaidInterest: undefined }
  return { amount, principal: subtract(amount, unpaidInterest), unpaidInterest }
}

/** What was owed at a bound, and how that is known. */
function standing(bound: BoundStanding | undefined): Amounts & Pick<StatementLine, 'seenAt' | 'note'> {
  if (bound === undefined) return { ...parted(undefined, zero), ...standingNote(bound) }
  const { owed: amount, ...parts } = debtOfPots(bound.levels)
  return { amount, ...parts, ...standingNote(bound) }
}

function standingNote(standing: BoundStanding | undefined): Pick<StatementLine, 'seenAt' | 'note'> {
  if (standing === undefined) return { seenAt: undefined, note: 'no balance of it was ever read' }
  const { at, seenAt, isRolled } = standing
  const seen = `the balance of ${shownInstant(seenAt)} UTC`
  const way = seenAt < at ? 'rolled forward from' : 'rolled back from'
  return { seenAt, note: isRolled ? `${way} ${seen}` : `as ${seen}` }
}

function ownNote(own: Decimal | undefined): string {
  if (own === undefined || isZero(own)) return ''
  return isNegative(own) ? 'paid of it from what was held' : 'came in and was kept'
}

function unexplainedNote(reconciled: AssetStatement['reconciled']): string {
  if (reconciled === undefined) return ''
  if (!reconciled.isChecked) return 'both ends rest on one balance, so nothing was held against it'
  return [...reconciled.unexplainedByPot].map(([pot, amount]) => `${pot} ${shownAmount(amount)}`).join(', ')
}

/** One table for each asset. */
export function statementText(statements: readonly AssetStatement[], style: Style): string {
  if (statements.length === 0) return 'Nothing was owed and nothing moved.\n'
  const tables = statements.map((statement) => {
    const rows = statementLines(statement)
    return `${style.bold(`${printable(statement.account)} ${printable(statement.asset)}`)}\n${printTable({ columns: statementColumns, rows }, style)}`
  })
  return tables.join('\n')
}

/** The same as JSON carries it. */
export function statementDocument(statements: readonly AssetStatement[]): readonly object[] {
  return statements.map((statement) => ({
    account: statement.account,
    asset: statement.asset,
    checked: statement.reconciled?.isChecked ?? false,
    lines: sheetObjects({ columns: statementColumns, rows: statementLines(statement) }).map(
      ({ record: _record, account: _account, asset: _asset, until: _until, ...line }) => line,
    ),
  }))
}
