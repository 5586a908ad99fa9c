import { toText } from '../../../../decimal/decimal.ts'
import type { OkxBill } from '../../../engine/record.ts'
import { billRowOf } from './bill-rows.ts'

/** The columns of the quarterly file, in the document's order (facts B5): without type, from, to and notes. */
export const billsFileColumns = [
  'instType',
  'billId',
  'subType',
  'ts',
  'balChg',
  'posBalChg',
  'bal',
  'posBal',
  'sz',
  'px',
  'ccy',
  'pnl',
  'fee',
  'mgnMode',
  'instId',
  'ordId',
  'execType',
  'interest',
  'tag',
  'fillTime',
  'tradeId',
  'clOrdId',
  'fillIdxPx',
  'fillMarkPx',
  'fillPxVol',
  'fillPxUsd',
  'fillMarkVol',
  'fillFwdPx',
] as const satisfies readonly (keyof ReturnType<typeof billRowOf>)[]

/**
 * Bills, greatest id first as the engine gives them, as the text of OKX's quarterly file: a heading, then a line each.
 *
 * @example okxBillsFile(venue.engine.okxBills({ account: 'okx', from, to: until - 1 }))
 */
export function okxBillsFile(bills: readonly OkxBill[]): string {
  const lines = bills.map((bill) => {
    const row = billRowOf(bill)
    return billsFileColumns.map((column) => textOf(row[column])).join(',')
  })
  return [billsFileColumns.join(','), ...lines, ''].join('\n')
}

function textOf(value: ReturnType<typeof billRowOf>[(typeof billsFileColumns)[number]]): string {
  if (value === null) return ''
  return typeof value === 'object' ? toText(value) : value.toString()
}
