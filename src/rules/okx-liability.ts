/** A cross liability in one currency, integers at the scale of the ledger, all zero or positive. */
export interface OkxLiability {
  /** From a negative cash balance; accrues from zero. */
  readonly borrowed: bigint
  /** From unrealised losses that cash does not cover: `uplLiab`. */
  readonly unrealised: bigint
  /** Both together: `totalLiab`. */
  readonly total: bigint
  /** What of the unrealised part the quota frees of interest: `interestFreeLiab`. */
  readonly interestFree: bigint
  /** What interest is computed on: `liab`. */
  readonly charged: bigint
}

/** The quota frees liabilities from unrealised losses only, never borrowed coins (facts B4). */
export function okxCrossLiability(cash: bigint, unrealised: bigint, freeQuota: bigint): OkxLiability {
  const borrowed = cash < 0n ? -cash : 0n
  const uncovered = -unrealised - (cash > 0n ? cash : 0n)
  const fromLosses = uncovered > 0n ? uncovered : 0n
  const total = borrowed + fromLosses
  const interestFree = fromLosses < freeQuota ? fromLosses : freeQuota
  return { borrowed, unrealised: fromLosses, total, interestFree, charged: total - interestFree }
}
