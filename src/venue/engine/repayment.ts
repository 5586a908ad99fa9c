import { accountLeg, type Leg } from './ledger.ts'
import type { Holding } from './state.ts'

/**
 * Moves `min(shortfall, available)` of the same asset from cross margin free to the negative futures wallets, UM first,
 * then CM; never between UM and CM (facts A3.4).
 */
export function repaymentLegs(holding: Holding, available: bigint): Leg[] {
  const legs: Leg[] = []
  let left = available
  for (const wallet of ['um', 'cm'] as const) {
    const shortfall = -holding.balances[wallet]
    if (shortfall <= 0n || left <= 0n) continue
    const moved = shortfall < left ? shortfall : left
    legs.push(accountLeg(holding, 'cross-free', -moved), accountLeg(holding, wallet, moved))
    left -= moved
  }
  return legs
}
