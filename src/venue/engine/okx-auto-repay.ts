import type { Holding } from './account.ts'
import type { Effect } from './effect.ts'
import { assertBalanced, transfer } from './ledger.ts'

/**
 * With auto-repay on, cash that comes in repays what was borrowed in spot mode (facts B5), with a movement of its own
 * after the one that brought it; never more than came in, nor what is then below zero.
 */
export function followedByAutoRepay(effect: Effect): Effect {
  if (effect.kind !== 'post') return effect
  for (const leg of effect.legs) {
    if (leg.kind !== 'account' || leg.wallet !== 'cash' || leg.delta <= 0n || !leg.holding.account.autoRepay) continue
    const repaid = repaidBy(leg.holding, leg.delta)
    if (repaid <= 0n) continue
    const legs = transfer(leg.holding, 'cash', 'spot-borrowed', repaid)
    assertBalanced(legs)
    return { ...effect, afterwards: { legs, cause: 'auto-repay' } }
  }
  return effect
}

function repaidBy({ balances }: Holding, incoming: bigint): bigint {
  const available = balances.cash + incoming
  const owed = -balances['spot-borrowed']
  return [incoming, available, owed].reduce((least, amount) => (amount < least ? amount : least))
}
