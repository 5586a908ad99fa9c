import type { Movement } from '../book/record.ts'
import { add, isNegative, isZero, negate, sum } from '../decimal/arithmetic.ts'
import { type Decimal, decimal, zero } from '../decimal/decimal.ts'
import { detailPart } from './witness-histories.ts'

/** What the bills of one currency say stands now. */
export interface BilledState {
  /** After the last bill that tells; `undefined` before the first. */
  readonly cash: Decimal | undefined
  /** Debts and holdings of isolated positions, by instrument; a debt is below zero. */
  readonly positions: ReadonlyMap<string, Decimal>
  /**
   * Whether bills tell all of the debt. They do not where coins were borrowed or repaid in spot mode, which is not what cash
   * lacks, nor where a bill came without the fields that say what it changed.
   */
  readonly isTold: boolean
}

export const nothingBilled: BilledState = Object.freeze({ cash: undefined, positions: new Map(), isTold: true })

/** The state after one more bill (facts B5). */
export function afterBill(state: BilledState, bill: Movement): BilledState {
  const cash = bill.balanceAfter ?? state.cash
  const isOfPosition = detailPart(bill, 'posBalChg') !== ''
  if (!isOfPosition)
    return { ...state, cash, isTold: state.isTold && !isLoan(bill) && bill.balanceAfter !== undefined && !isZero(bill.amount) }
  const left = detailPart(bill, 'posBal')
  const position = left === '' ? zero : decimal(left)
  return { ...state, cash, positions: new Map(state.positions).set(detailPart(bill, 'instId'), position) }
}

/** What is owed by that: what cash lacks, as `crossLiab` shows it, and the debts of isolated positions (facts B5). */
export function owedByBills({ cash = zero, positions }: BilledState): Decimal {
  return sum([cash, ...positions.values()].map((value) => (isNegative(value) ? negate(value) : zero)))
}

/** Bill types 16, borrowed, and 22, repaid (facts B5). */
function isLoan({ kind }: Movement): boolean {
  return kind.startsWith('16/') || kind.startsWith('22/')
}

/** What is owed beyond what bills tell of. */
export function beyondBills(owed: Decimal, state: BilledState): Decimal {
  return add(owed, negate(owedByBills(state)))
}
