/** What one currency of a cross account holds and owes; integers at the scale of the ledger, debts below zero. */
export interface OkxCrossBalances {
  readonly cash: bigint
  readonly unrealised: bigint
  /** Borrowed in spot mode: the coins are in cash. */
  readonly spotBorrowed: bigint
}

/** A cross liability in one currency, integers at the scale of the ledger, all zero or positive. */
export interface OkxLiability {
  /** Coins: a negative cash balance, and what was borrowed in spot mode. */
  readonly borrowed: bigint
  /** From unrealised losses that cash does not cover: `uplLiab`. */
  readonly unrealised: bigint
  /** Both together: `totalLiab`. */
  readonly total: bigint
  /** What the quota is held against: what lies beyond it costs interest or, with auto-borrow off, is repaid by force. */
  readonly sharingQuota: bigint
  /** What of it the quota frees of interest: `interestFreeLiab`. */
  readonly interestFree: bigint
  /** What interest is computed on: `liab`. */
  readonly charged: bigint
}

/**
 * With auto-borrow on, a negative balance accrues from zero and the quota frees liabilities from unrealised losses
 * only; with it off, both share the quota (facts B4). What was borrowed in spot mode accrues from zero either way: the
 * quota never frees borrowed coins.
 */
export function okxCrossLiability(
  { cash, unrealised, spotBorrowed }: OkxCrossBalances,
  freeQuota: bigint,
  autoBorrow: boolean,
): OkxLiability {
  const overdrawn = cash < 0n ? -cash : 0n
  const uncovered = -unrealised - (cash > 0n ? cash : 0n)
  const fromLosses = uncovered > 0n ? uncovered : 0n
  const borrowed = overdrawn - spotBorrowed
  const sharingQuota = autoBorrow ? fromLosses : fromLosses + overdrawn
  const interestFree = sharingQuota < freeQuota ? sharingQuota : freeQuota
  const total = borrowed + fromLosses
  return { borrowed, unrealised: fromLosses, total, sharingQuota, interestFree, charged: total - interestFree }
}
