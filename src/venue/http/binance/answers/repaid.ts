import { add } from '../../../../decimal/arithmetic.ts'
import { type Decimal, zero } from '../../../../decimal/decimal.ts'
import type { Wallet } from '../../../engine/command.ts'
import type { Movement } from '../../../engine/record.ts'

/** What a movement repaid of a margin debt, in parts and in all. */
export function repaidBy(movement: Movement): { readonly amount: Decimal; readonly principal: Decimal; readonly interest: Decimal } {
  const principal = changeOf(movement, 'cross-borrowed')
  const interest = changeOf(movement, 'cross-interest')
  return { amount: add(principal, interest), principal, interest }
}

/** What a movement did to one wallet, signed. */
export function changeOf({ changes }: Movement, wallet: Wallet): Decimal {
  return changes.find((change) => change.wallet === wallet)?.delta ?? zero
}
