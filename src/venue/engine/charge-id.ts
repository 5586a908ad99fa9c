import { recordId } from './movement-log.ts'

/*
 * The ids of the charges of one instant lie below those of its movements: two per holding, then one for each loan of
 * that instant. Up to 200,000 holdings of an exchange and 100,000 loans in one millisecond have ids of their own.
 */
const firstOnBorrow = 400_000

export function negativeBalanceChargeId(at: number, holding: number): bigint {
  return recordId(at, 2 * holding)
}

export function periodicLoanChargeId(at: number, holding: number): bigint {
  return recordId(at, 2 * holding + 1)
}

/** `ordinal` counts the loans of the instant from 1: a loan comes after what the full hour charged. */
export function onBorrowChargeId(at: number, ordinal: number): bigint {
  return recordId(at, firstOnBorrow + ordinal - 1)
}
