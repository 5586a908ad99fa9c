import { isNegative } from '../../../../decimal/arithmetic.ts'
import type { OkxBill } from '../../../engine/record.ts'

/** How OKX numbers what changed a balance. */
export interface BillType {
  readonly type: number
  readonly subType: number
}

const fundingAccount = '6'
const tradingAccount = '18'

/**
 * Type and subtype of a bill: interest, loans and forced repayment as facts B5 and B4.1 give them. The others the facts
 * do not name: money from outside is a transfer (1: 11 in, 12 out), a result a close (2: 5), a fee a trade (2: 1),
 * funding 8 (173 paid, 174 received). VIP loans and isolated debts are borrowed and repaid by hand.
 */
export function billTypeOf({ kind, order, balanceChange }: OkxBill): BillType {
  const paid = isNegative(balanceChange)
  switch (kind) {
    case 'interest':
      return { type: 7, subType: order === '' ? 9 : 14 }
    case 'forced-repayment':
      return { type: 4, subType: paid ? 115 : 114 }
    case 'borrow':
      return { type: 16, subType: 306 }
    case 'repay-loan':
      return { type: 22, subType: 308 }
    case 'auto-repay':
      return { type: 22, subType: 309 }
    case 'deposit':
    case 'withdrawal':
      return { type: 1, subType: paid ? 12 : 11 }
    case 'funding':
      return { type: 8, subType: paid ? 173 : 174 }
    case 'fee':
      return { type: 2, subType: 1 }
    default:
      return { type: 2, subType: 5 }
  }
}

/** Where transferred money came from and went to; empty for everything else. */
export function transferOf({ kind }: OkxBill): { readonly from: string; readonly to: string } {
  if (kind === 'deposit') return { from: fundingAccount, to: tradingAccount }
  return kind === 'withdrawal' ? { from: tradingAccount, to: fundingAccount } : { from: '', to: '' }
}
