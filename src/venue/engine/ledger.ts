import type { Exchange } from '../../contracts/contract.ts'
import { fail } from '../../errors/overdraft-error.ts'
import type { Holding } from './account.ts'
import type { Wallet } from './command.ts'
import type { House, State } from './state.ts'

/** One side of a movement; what is owed is a negative balance. */
export type Leg =
  | { readonly kind: 'account'; readonly holding: Holding; readonly wallet: Wallet; readonly delta: bigint }
  | { readonly kind: 'house'; readonly exchange: Exchange; readonly house: House; readonly asset: string; readonly delta: bigint }

export function accountLeg(holding: Holding, wallet: Wallet, delta: bigint): Leg {
  return { kind: 'account', holding, wallet, delta }
}

export function houseLeg(holding: Holding, house: House, delta: bigint): Leg {
  return { kind: 'house', exchange: holding.account.exchange, house, asset: holding.asset, delta }
}

/** From one wallet to another of the same holding. */
export function transfer(holding: Holding, from: Wallet, to: Wallet, amount: bigint): Leg[] {
  return [accountLeg(holding, from, -amount), accountLeg(holding, to, amount)]
}

/** @throws `venue.unbalanced` when the legs of an asset do not sum to zero */
export function assertBalanced(legs: readonly Leg[]): void {
  const sums = new Map<string, bigint>()
  for (const leg of legs) {
    const asset = leg.kind === 'house' ? leg.asset : leg.holding.asset
    sums.set(asset, (sums.get(asset) ?? 0n) + leg.delta)
  }
  refuseDifferences(sums)
}

/** The trial balance: all wallets of all accounts and the house together are zero per exchange and asset. */
export function assertTrialBalance(state: State): void {
  const sums = new Map<string, bigint>()
  const count = (key: string, amount: bigint) => sums.set(key, (sums.get(key) ?? 0n) + amount)
  for (const exchange of ['binance', 'okx'] as const) {
    for (const { asset, balances } of state.holdings[exchange]) {
      for (const amount of Object.values(balances)) count(`${exchange} ${asset}`, amount)
    }
  }
  for (const [key, amount] of state.house) {
    const [exchange = '', , asset = ''] = key.split(' ')
    count(`${exchange} ${asset}`, amount)
  }
  refuseDifferences(sums)
}

function refuseDifferences(sums: ReadonlyMap<string, bigint>): void {
  for (const [asset, difference] of sums) {
    if (difference !== 0n) fail('venue.unbalanced', { asset, difference: difference.toString() })
  }
}
