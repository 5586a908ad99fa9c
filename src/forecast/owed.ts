import type { Decimal } from '../decimal/decimal.ts'
import { amountOfUnits, type BinanceHolding, type OkxHolding, type PlayState, totalOf } from './play-state.ts'

/** Magnitude of the negative balance over all wallets; without margin loans, which are told apart. */
export function owedOnBinance(holding: BinanceHolding): bigint {
  const total = totalOf(holding)
  return total < 0n ? -total : 0n
}

/** What `liab` is: coins overdrawn or borrowed by hand and isolated debts; and VIP loans. Losses not realised are no part of it. */
export function owedOnOkx({ cash, spotBorrowed, positions }: OkxHolding): bigint {
  return positions.reduce((sum, { liability }) => sum + liability, (cash < 0n ? -cash : 0n) - spotBorrowed)
}

/** What of an asset is owed in a state, a margin loan left out. */
export function owedIn(state: PlayState, asset: string): Decimal {
  if (state.exchange === 'okx') {
    const holding = state.holdings.get(asset)
    return amountOfUnits(holding === undefined ? 0n : owedOnOkx(holding), 'okx')
  }
  const holding = state.holdings.get(asset)
  return amountOfUnits(holding === undefined ? 0n : owedOnBinance(holding), 'binance')
}

/** The principal of the margin loan of an asset; zero on OKX. */
export function borrowedIn(state: PlayState, asset: string): Decimal {
  return amountOfUnits(state.exchange === 'binance' ? (state.holdings.get(asset)?.borrowed ?? 0n) : 0n, state.exchange)
}
