import type { BalanceSnapshot } from '../book/record.ts'
import type { balanceRow } from '../contracts/binance/balance.ts'
import type { okxBalanceDetail } from '../contracts/okx/balance.ts'
import type { ValueOf } from '../contracts/wire-type.ts'
import { absolute, isNegative, isZero, negate } from '../decimal/arithmetic.ts'
import { type Decimal, zero } from '../decimal/decimal.ts'

export type BinanceBalanceRow = ValueOf<typeof balanceRow>
export type OkxBalanceRow = ValueOf<typeof okxBalanceDetail>

/** One asset of a Binance account. */
export function snapshotOfBinance(account: string, row: BinanceBalanceRow, takenAt: number): BalanceSnapshot {
  return {
    account,
    takenAt,
    asset: row.asset,
    total: row.totalWalletBalance,
    owed: owedOnBinance(row),
    free: row.crossMarginFree,
    um: row.umWalletBalance,
    cm: row.cmWalletBalance,
    interest: absolute(row.crossMarginInterest),
    updatedAt: row.updateTime,
  }
}

/** `negativeBalance` where it says something; it was never seen live other than zero (facts A4.2), so the total decides else. */
function owedOnBinance({ negativeBalance, totalWalletBalance }: BinanceBalanceRow): Decimal {
  if (negativeBalance !== undefined && isNegative(negativeBalance)) return negate(negativeBalance)
  return isNegative(totalWalletBalance) ? negate(totalWalletBalance) : zero
}

/**
 * One currency of an OKX account; what does not apply to the account's mode comes empty and counts as nothing. `undefined`
 * where equity or liability did not come at all: that nothing is owed must not follow from a reply that does not say it.
 */
export function snapshotOfOkx(account: string, row: OkxBalanceRow, takenAt: number): BalanceSnapshot | undefined {
  const { eq, liab } = row
  if (eq === undefined || liab === undefined) return undefined
  return {
    account,
    takenAt,
    asset: row.ccy,
    total: eq ?? zero,
    owed: absolute(liab ?? zero),
    free: row.availBal ?? zero,
    um: zero,
    cm: zero,
    interest: absolute(row.interest ?? zero),
    updatedAt: row.uTime,
  }
}

/**
 * Snapshots that say zero, for assets that were there before and are not in the reply: OKX leaves out currencies
 * without balance and equity (facts B5), and a debt that is gone must not be shown as owed for ever.
 */
export function snapshotsOfGone(
  before: readonly BalanceSnapshot[],
  listed: ReadonlySet<string>,
  takenAt: number,
): readonly BalanceSnapshot[] {
  const gone = before.filter((snapshot) => !listed.has(snapshot.asset) && !saysNothing(snapshot))
  return gone.map(({ account, asset }) => ({
    account,
    takenAt,
    asset,
    total: zero,
    owed: zero,
    free: zero,
    um: zero,
    cm: zero,
    interest: zero,
    updatedAt: takenAt,
  }))
}

export function saysNothing({ total, owed, free, um, cm, interest }: BalanceSnapshot): boolean {
  return [total, owed, free, um, cm, interest].every(isZero)
}
