import { absolute } from '../../../../decimal/arithmetic.ts'
import { type Decimal, zero } from '../../../../decimal/decimal.ts'
import type { OkxBill } from '../../../engine/record.ts'
import { billSubTypeOf, billTypeOf, transferOf } from './bill-types.ts'
import { printed } from './printed.ts'

/** The product of a bill: derivatives for results and funding, margin for debts, none for transfers. */
export function productOf({ kind }: OkxBill): 'SWAP' | 'MARGIN' | '' {
  switch (kind) {
    case 'profit-or-loss':
    case 'funding':
    case 'fee':
      return 'SWAP'
    case 'deposit':
    case 'withdrawal':
      return ''
    default:
      return 'MARGIN'
  }
}

/** A bill as OKX prints it; what belongs to orders and fills is empty. */
export function billRowOf(bill: OkxBill) {
  const { kind, balanceChange, positionChange, position, interest, at } = bill
  const { from, to } = transferOf(bill)
  const instType = productOf(bill)
  return {
    bal: printed(bill.balance),
    balChg: printed(balanceChange),
    billId: bill.id,
    ccy: bill.asset,
    clOrdId: '',
    earnAmt: null,
    earnApr: null,
    execType: '',
    fee: printed(kind === 'fee' ? balanceChange : zero),
    ...noFill,
    from,
    instId: bill.instId,
    instType,
    interest: printed(interest),
    mgnMode: instType === '' ? '' : bill.marginMode,
    notes: '',
    ordId: bill.order,
    pnl: printed(kind === 'profit-or-loss' || kind === 'funding' ? balanceChange : zero),
    posBal: printed(position),
    posBalChg: printed(positionChange),
    px: null,
    subType: billSubTypeOf(bill).toString(),
    sz: printed(sizeOf(balanceChange, positionChange)),
    tag: '',
    to,
    tradeId: '',
    ts: at,
    type: billTypeOf(bill).toString(),
  }
}

const noFill = Object.freeze({
  fillFwdPx: null,
  fillIdxPx: null,
  fillMarkPx: null,
  fillMarkVol: null,
  fillPxUsd: null,
  fillPxVol: null,
  fillTime: '',
})

/** In the currency of the bill, always positive. */
function sizeOf(balanceChange: Decimal, positionChange: Decimal): Decimal {
  return absolute(balanceChange.mantissa === 0n ? positionChange : balanceChange)
}
