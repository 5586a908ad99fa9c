import { isNegative } from '../../../../decimal/arithmetic.ts'
import type { OkxBill } from '../../../engine/record.ts'

type Kind = OkxBill['kind']

const fundingAccount = '6'
const tradingAccount = '18'
const trade = 2

/**
 * How OKX numbers what changed a balance: interest, loans and forced repayment as facts B5 and B4.1 give them. The others
 * the facts do not name: money from outside is a transfer (1), funding 8, a result or a fee a trade (2).
 */
const kindsByType: ReadonlyMap<number, readonly Kind[]> = new Map<number, readonly Kind[]>([
  [1, ['deposit', 'withdrawal']],
  [trade, ['profit-or-loss', 'fee']],
  [4, ['forced-repayment']],
  [7, ['interest']],
  [8, ['funding']],
  [16, ['borrow']],
  [22, ['repay-loan', 'auto-repay']],
])

const typeByKind: ReadonlyMap<Kind, number> = new Map(
  [...kindsByType].flatMap(([type, kinds]) => kinds.map((kind) => [kind, type] as const)),
)

/** What bills of this type are in the engine's words; none for a type the venue never has. */
export function kindsOfType(type: number): readonly Kind[] {
  return kindsByType.get(type) ?? []
}

export function billTypeOf({ kind }: OkxBill): number {
  return typeByKind.get(kind) ?? trade
}

/**
 * The subtype: of interest 9, for VIP loans 14; 114 and 115 what was bought and sold by force; 306, 308 and 309 manual
 * borrowing, manual and automatic repaying (facts B5); debts of isolated positions count as borrowed and repaid by hand.
 * Not in the facts: 11 and 12 for money in and out, 173 and 174 for funding paid and received, 5 for a result, 1 for a fee.
 */
export function billSubTypeOf({ kind, order, balanceChange }: OkxBill): number {
  const paid = isNegative(balanceChange)
  switch (kind) {
    case 'interest':
      return order === '' ? 9 : 14
    case 'forced-repayment':
      return paid ? 115 : 114
    case 'borrow':
      return 306
    case 'repay-loan':
      return 308
    case 'auto-repay':
      return 309
    case 'deposit':
    case 'withdrawal':
      return paid ? 12 : 11
    case 'funding':
      return paid ? 173 : 174
    case 'fee':
      return 1
    default:
      return 5
  }
}

/** Where transferred money came from and went to; empty for everything else. */
export function transferOf({ kind }: OkxBill): { readonly from: string; readonly to: string } {
  if (kind === 'deposit') return { from: fundingAccount, to: tradingAccount }
  return kind === 'withdrawal' ? { from: tradingAccount, to: fundingAccount } : { from: '', to: '' }
}
