import { isZero } from '../../decimal/arithmetic.ts'
import type { Decimal } from '../../decimal/decimal.ts'
import type { Owing } from '../../forecast/owed.ts'
import type { Debt } from '../../rules/debt.ts'
import { exportedAmount, shownAmount } from '../output/amounts.ts'
import type { Column } from '../output/sheet.ts'

/** The words for what is owed, the same on every face. */
export const owedWords = Object.freeze({ principal: 'PRINCIPAL', unpaidInterest: 'UNPAID INTEREST', owed: 'OWED' })

/** What is owed, as status, forecast and what-if show it. Exact: no face rounds it. */
export function owedColumns<Row extends Pick<Owing, 'debt' | 'loan' | 'negativeBalance'>>(rows: readonly Row[]): readonly Column<Row>[] {
  return [
    debtColumn('principal'),
    debtColumn('unpaidInterest'),
    debtColumn('owed'),
    // Few accounts have one.
    amountColumn('marginLoan', rows.some(({ loan }) => !isZero(loan)) ? 'LOAN' : undefined, ({ loan }) => loan),
    amountColumn('negativeBalance', undefined, ({ negativeBalance }) => negativeBalance),
  ]
}

/** The same as an object. */
export function owedObject({ debt, loan, negativeBalance }: Pick<Owing, 'debt' | 'loan' | 'negativeBalance'>): object {
  const { principal, unpaidInterest, owed } = debt
  const amounts = { principal, unpaidInterest, owed, marginLoan: loan, negativeBalance }
  return Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, exportedAmount(amount)]))
}

function debtColumn<Row extends { readonly debt: Debt }>(part: keyof Debt): Column<Row> {
  return amountColumn(part, owedWords[part], ({ debt }) => debt[part])
}

function amountColumn<Row>(field: string, header: string | undefined, pick: (row: Row) => Decimal): Column<Row> {
  const named = header === undefined ? {} : { header }
  return { field, ...named, align: 'decimal', value: (row) => exportedAmount(pick(row)), shown: (row) => shownAmount(pick(row)) }
}
