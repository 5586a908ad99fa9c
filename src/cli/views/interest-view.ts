import type { Charge } from '../../book/record.ts'
import type { AnswerGap } from '../../report/answer-coverage.ts'
import type { Grouping, GroupTotal } from '../../report/interest-totals.ts'
import { exportedAmount, exportedInstant, shownAmount, shownInstant, shownPercent } from '../output/amounts.ts'
import type { Column } from '../output/sheet.ts'

/** A line of an export: a charge, or a span in which charges may be missing. */
export type InterestLine =
  | { readonly record: 'charge'; readonly charge: Charge; readonly exchange: 'binance' | 'okx' }
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
  { field: 'until', value: (line) => (line.record === 'charge' ? null : exportedInstant(line.gap.span.to)) },
  {
    field: 'account',
    header: 'ACCOUNT',
    isKey: true,
    value: (line) => (line.record === 'charge' ? line.charge.account : line.gap.account),
  },
  { field: 'asset', header: 'ASSET', isKey: true, value: ofCharge((charge) => charge.asset) },
  { field: 'marginMode', value: ofCharge((charge) => charge.marginMode) },
  { field: 'instId', value: ofCharge((charge) => charge.instId) },
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

function decimalColumn(field: string, header: string, pick: (charge: Charge) => Charge['interest']): Column<InterestLine> {
  return {
    field,
    header,
    align: 'decimal',
    value: ofCharge((charge) => exportedAmount(pick(charge))),
    shown: (line) => ofCharge((charge) => shownAmount(pick(charge)))(line) ?? '',
  }
}

/** A total, and whether nothing of it can be missing. */
export interface TotalLine {
  readonly total: GroupTotal
  readonly isComplete: boolean
}

/** The columns of totals grouped by `by`. */
export function totalColumns(by: Grouping): readonly Column<TotalLine>[] {
  const period: Column<TotalLine> = { field: by, header: by.toUpperCase(), value: ({ total }) => total.period }
  const account: Column<TotalLine> = { field: 'account', header: 'ACCOUNT', value: ({ total }) => total.account }
  return [
    ...(by === 'day' || by === 'month' ? [period] : []),
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
  ]
}
