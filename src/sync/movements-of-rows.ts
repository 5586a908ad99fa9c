import type { MarginCharge, Movement, PublishedRate } from '../book/record.ts'
import type { BillRow } from '../client/walk/walk-bills.ts'
import type { IncomeRow } from '../client/walk/walk-income.ts'
import type { MarginInterestRow } from '../client/walk/walk-margin-interest.ts'
import type { MarginLoanRow, MarginRepayRow } from '../client/walk/walk-margin-loans.ts'
import type { RateRow } from '../client/walk/walk-rates.ts'
import { absolute, isZero, negate } from '../decimal/arithmetic.ts'
import { type Decimal, toText } from '../decimal/decimal.ts'

/** A row of Binance's margin interest history, whichever kind it is of. */
export function marginChargeOf(account: string, row: MarginInterestRow, receivedAt: number): MarginCharge {
  return {
    account,
    at: row.interestAccuredTime,
    txId: row.txId.toString(),
    asset: row.asset,
    rawAsset: row.rawAsset ?? '',
    type: row.type,
    principal: row.principal,
    rate: row.interestRate,
    interest: row.interest,
    receivedAt,
  }
}

/** A line of a futures wallet's income. `tranId` is unique within one type of income (facts A6). */
export function movementOfIncome(wallet: 'um' | 'cm'): (account: string, row: IncomeRow, receivedAt: number) => Movement {
  return (account, row, receivedAt) => ({
    account,
    at: row.time,
    stream: `${wallet}-income`,
    id: [row.incomeType, row.tranId.toString(), row.tradeId].filter((part) => part !== '').join(':'),
    asset: row.asset,
    wallet,
    kind: row.incomeType,
    amount: row.income,
    detail: detailOf({ symbol: row.symbol, tradeId: row.tradeId, info: row.info === row.incomeType ? '' : row.info }),
    receivedAt,
  })
}

/** Loans and repayments that came to nothing, or have not yet, moved nothing (facts A6). */
export function isConfirmed({ status }: MarginLoanRow | MarginRepayRow): boolean {
  return status === 'CONFIRMED'
}

/** A margin loan that was paid out. */
export function movementOfLoan(account: string, row: MarginLoanRow, receivedAt: number): Movement {
  return {
    account,
    at: row.timestamp,
    stream: 'margin-loans',
    id: row.txId.toString(),
    asset: row.asset,
    wallet: 'margin',
    kind: 'LOAN',
    amount: row.principal,
    detail: detailOf({ status: row.status }),
    receivedAt,
  }
}

/** A repayment of margin loans; what of it paid interest is told beside. */
export function movementOfRepayment(account: string, row: MarginRepayRow, receivedAt: number): Movement {
  return {
    account,
    at: row.timestamp,
    stream: 'margin-repayments',
    id: row.txId.toString(),
    asset: row.asset,
    wallet: 'margin',
    kind: 'REPAY',
    amount: negate(row.amount),
    interest: row.interest,
    detail: detailOf({ principal: toText(row.principal), status: row.status }),
    receivedAt,
  }
}

/** What of a bill is kept, whether a call or a file told it. */
export type KeptBill = Pick<
  BillRow,
  | 'ts'
  | 'billId'
  | 'ccy'
  | 'type'
  | 'subType'
  | 'balChg'
  | 'bal'
  | 'interest'
  | 'instType'
  | 'instId'
  | 'mgnMode'
  | 'ordId'
  | 'from'
  | 'to'
  | 'posBalChg'
  | 'posBal'
  | 'notes'
>

/** An OKX bill: what it did to the cash of its currency, and to an isolated position where it is of one. */
export function movementOfBill(account: string, row: KeptBill, receivedAt: number): Movement {
  const interest = interestOfBill(row)
  return {
    account,
    at: row.ts,
    stream: 'bills',
    id: row.billId.toString(),
    asset: row.ccy,
    wallet: 'cash',
    kind: `${row.type}/${row.subType}`,
    amount: row.balChg,
    balanceAfter: row.bal,
    ...(interest === undefined ? {} : { interest: absolute(interest) }),
    detail: detailOf({
      instType: row.instType,
      instId: row.instId,
      mgnMode: row.mgnMode,
      ordId: row.ordId,
      from: row.from,
      to: row.to,
      posBalChg: unlessZero(row.posBalChg),
      posBal: unlessZero(row.posBal),
      notes: row.notes,
    }),
    receivedAt,
  }
}

/** Bill type 7, interest deduction (facts B5). */
const interestDeduction = '7'

/** Bills of 2021 and 2022 have no field for it (facts B5): what a deduction changed is what it took. */
function interestOfBill({ interest, type, posBalChg, balChg }: BillRow): Decimal | undefined {
  if (isSome(interest)) return interest
  if (type !== interestDeduction) return undefined
  return [posBalChg, balChg].find(isSome)
}

function isSome(value: Decimal | null | undefined): value is Decimal {
  return value !== undefined && value !== null && !isZero(value)
}

/** A daily rate from an instant on. */
export function rateOfRow(account: string, row: RateRow, receivedAt: number): PublishedRate {
  return {
    account,
    asset: row.asset,
    at: row.timestamp,
    source: 'margin-interest-rate-history',
    rate: row.dailyInterestRate,
    per: 'day',
    vipLevel: row.vipLevel,
    receivedAt,
  }
}

function unlessZero(value: Decimal | null): string {
  return value === null || isZero(value) ? '' : toText(value)
}

/** Names and values, without what is empty: `mgnMode=isolated instId=BTC-USDT`. */
function detailOf(parts: Readonly<Record<string, string | undefined>>): string {
  return Object.entries(parts)
    .flatMap(([name, value]) => (value === undefined || value === '' ? [] : [`${name}=${value}`]))
    .join(' ')
}
