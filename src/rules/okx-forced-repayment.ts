import { compare } from '../decimal/arithmetic.ts'
import { minuteMs } from '../time/units.ts'
import { bySaleOrder, type Collateral } from './auto-exchange.ts'

/** How often the exchange looks for whom to repay by force; no document says it. */
export const okxForcedRepaymentCheckEveryMs = 10 * minuteMs

/** Whether one step repays all that is beyond the quota, or half of it, as the example of the help centre does. */
export type OkxForcedRepaymentStep = 'whole' | 'half'

/** Which assets are sold first; the sources conflict (facts B4.1). */
export type OkxSaleOrder = 'higher-rate-first' | 'lower-rate-first'

/**
 * How much is bought back in one step of a liability that has passed what is allowed (the free quota
 * of the account). Integers at the scale of the ledger, rounded up.
 */
export function okxForcedAmount(liability: bigint, allowed: bigint, step: OkxForcedRepaymentStep): bigint {
  const beyond = liability - allowed
  if (beyond <= 0n) return 0n
  return step === 'whole' ? beyond : (beyond + 1n) / 2n
}

/**
 * How much is repaid, by the largest borrowers first, once the platform has lent more than its pool: what brings the lent
 * amount down to `toPercent` of the pool. No document says how far it goes; exactly to the pool, the next hour's interest
 * would pass it again. Integers at the scale of the ledger, rounded up.
 *
 * @example okxPlatformAmount(110n, 100n, 95) // 15n
 */
export function okxPlatformAmount(lent: bigint, pool: bigint, toPercent: number): bigint {
  return lent > pool ? lent - (pool * BigInt(toPercent)) / 100n : 0n
}

/** Which of two assets is sold first; the better liquidity of facts B4.1 is not known, so then by name. */
export function byOkxSaleOrder(order: OkxSaleOrder): (left: Collateral, right: Collateral) => number {
  if (order === 'higher-rate-first') return bySaleOrder
  return (left, right) => compare(left.collateralRate, right.collateralRate) || bySaleOrder(left, right)
}

/** From which share of what is allowed, in percent, each level of the indicator begins; beyond all of it the last one stands. */
const levelsFromPercent = [50n, 70n, 80n, 90n] as const

/**
 * The indicator `twap`: 0 to 5, the higher the likelier a forced repayment (facts B4.1). No document gives its steps: 1
 * from 50 % of what is allowed, 2 from 70 %, 3 from 80 %, 4 from 90 %, 5 once it has been passed.
 */
export function okxRepaymentIndicator(liability: bigint, allowed: bigint): number {
  if (liability <= 0n) return 0
  if (liability > allowed) return 5
  return levelsFromPercent.filter((percent) => liability * 100n >= allowed * percent).length
}
