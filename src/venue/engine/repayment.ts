import { futuresRepayment } from '../../rules/futures-repayment.ts'
import type { Holding } from './account.ts'
import { accountLeg, type Leg } from './ledger.ts'

/** The movements of a repayment from what is `available` in a wallet to the negative futures wallets. */
export function repaymentLegs(holding: Holding, available: bigint, from: 'cross-free' | 'spot' = 'cross-free'): Leg[] {
  const moved = futuresRepayment(holding.balances, available)
  return (['um', 'cm'] as const).flatMap((wallet) =>
    moved[wallet] === 0n ? [] : [accountLeg(holding, from, -moved[wallet]), accountLeg(holding, wallet, moved[wallet])],
  )
}
