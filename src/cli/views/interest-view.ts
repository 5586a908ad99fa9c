import type { Charge } from '../../book/record.ts'
import { type AnswerGap, gapEnd } from '../../report/answer-coverage.ts'
import type { TotalLine as BareTotalLine, Grouping } from '../../report/interest-totals.ts'
import type { Valued } from '../../report/valuation/valued.ts'
import { exportedAmount, exportedInstant, shownAmount, shownInstant, shownPercent } from '../output/amounts.ts'
import type { Column } from '../output/sheet.ts'
import { valuationColumns } from './valuation-view.ts'

/** A line of an export: a charge, or a span in which charges may be missing. */
export type InterestLine =
  | { readonly record: 'charge'; readonly charge: Charge; readonly exchange: 'binance' | 'okx'; readonly valued?: Valued | undefined }
  | { readonly record: 'gap'; readonly gap: AnswerGap }

const ofCharge =
  <Value>(pick: (charge: Charge, exchange: 'binance' | 'okx') => Value) =>
  (line: InterestLine) =>
    line.record === 'charge' ? pick(line.charge, line.exchange) : null

export const interestColumns: readonly Column<InterestLine>[] = [
  { field: 'record', value: (line) => (line.record === 'charge' ? 'charge' : line.gap.kind) },
  {
    field: 'at',
    header: 'CHARGED (UTC)',
    isKey: true,
    value: (line) => exportedInstant(line.record === 'charge' ? line.charge.at : line.gap.span.from),
    shown: (line) => shownInstant(line.record === 'charge' ? line.charge.at : line.gap.span.from),
  },
  { field: 'until', value: (line) => (line.record === 'charge' ? null : exportedInstant(gapEnd(line.gap))) },
  {
    field: 'account',
    header: 'ACCOUNT',
    isKey: true,
    value: (line) => (line.record === 'charge' ? line.charge.account : line.gap.account),
  },
  { field: 'asset', header: 'ASSET', isKey: true, value: ofCharge((charge) => charge.asset) },
  { field: 'marginMode', value: ofCharge((charge) => charge.marginMode) },
  { field: 'instId', value: ofCharge((charge) => charge.instId) },
  { field: 'loanType', value: ofCharge((charge) => charge.loanType) },
  {
    field: 'position',
    header: 'POSITION',
    value: ofCharge((charge) => [charge.marginMode, charge.instId].filter((part) => part !== '').join(' ')),
  },
  decimalColumn('principal', 'PRINCIPAL', (charge) => charge.principal),
  {
    field: 'rate',
    header: 'RATE',
    align: 'decimal',
    value: ofCharge((charge) => exportedAmount(charge.rate)),
    shown: (line) =>
      ofCharge((charge, exchange) => `${shownPercent(charge.rate)} ${exchange === 'binance' ? 'a day' : 'an hour'}`)(line) ?? '',
  },
  { field: 'ratePer', value: ofCharge((_, exchange) => (exchange === 'binance' ? 'day' : 'hour')) },
  decimalColumn('interest', 'INTEREST', (charge) => charge.interest),
  { field: 'totalLiability', value: ofCharge((charge) => exportedAmount(charge.totalLiability)) },
  { field: 'interestFreeLiability', value: ofCharge((charge) => exportedAmount(charge.interestFreeLiability)) },
]

/** The same with what each charge was worth. */
export const valuedInterestColumns: readonly Column<InterestLine>[] = [
  ...interestColumns,
  ...valuationColumns((line: InterestLine) => (line.record === 'charge' ? line.valued : undefined)),
]

function decimalColumn(field: string, header: string, pick: (charge: Charge) => Charge['interest']): Column<InterestLine> {
  return {
    field,
    header,
    align: 'decimal',
    value: ofCharge((charge) => exportedAmount(pick(charge))),
    shown: (line) => ofCharge((charge) => shownAmount(pick(charge)))(line) ?? '',
  }
}

/** A total, and what it is worth where that was asked. */
export interface TotalLine extends BareTotalLine {
  readonly valued?: Valued | undefined
}

/** The columns of totals grouped by `by`, with those of their values where they were valued. */
export function totalColumns(by: Grouping, isValued = false): readonly Column<TotalLine>[] {
  const period: Column<TotalLine> = { field: by, header: by.toUpperCase(), value: ({ total }) => total.period }
  const account: Column<TotalLine> = { field: 'account', header: 'ACCOUNT', value: ({ total }) => total.account }
  return [
    ...(by === 'day' || by === 'month' || by === 'year' ? [period] : []),
    ...(by === 'account' ? [account] : []),
    { field: 'asset', header: 'ASSET', value: ({ total }) => total.asset },
    { field: 'charges', header: 'CHARGES', align: 'right', value: ({ total }) => total.charges },
    {
      field: 'interest',
      header: 'INTEREST',
      align: 'decimal',
      value: ({ total }) => exportedAmount(total.interest),
      shown: ({ total }) => shownAmount(total.interest),
    },
    {
      field: 'complete',
      header: 'COMPLETE',
      value: ({ isComplete }) => isComplete,
      shown: ({ isComplete }) => (isComplete ? 'yes' : 'no'),
    },
    ...(isValued ? valuationColumns(({ valued }: TotalLine) => valued) : []),
  ]
}
