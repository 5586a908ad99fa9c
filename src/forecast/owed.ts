import type { Decimal } from '../decimal/decimal.ts'
import { zero } from '../decimal/decimal.ts'
import { type Debt, debtOf } from '../rules/debt.ts'
import { amountOfUnits, type BinanceHolding, type OkxHolding, type PlayState, totalOf } from './play-state.ts'

/** What is owed in an asset, and beside it the loans, which are told apart. */
export interface Owing {
  readonly debt: Debt
  /** Principal of the margin loan on Binance, of VIP loans on OKX; zero where there is none, or none is known. */
  readonly loan: Decimal
  /**
   * What charges and thresholds look at, a magnitude: on Binance the negative balance over all wallets, in which cross margin
   * makes up for what futures wallets lack; on OKX the liability (facts A4.2, B4).
   */
  readonly negativeBalance: Decimal
}

/** What of an asset is owed in a state. */
export function owingIn(state: PlayState, asset: string): Owing {
  const holding = state.holdings.get(asset)
  if (holding === undefined) return nothingOwing
  return 'um' in holding ? owingOnBinance(holding) : owingOnOkx(holding)
}

const nothing = Object.freeze({ owed: zero, um: zero, cm: zero, interest: zero })
const nothingOwing: Owing = Object.freeze({ debt: debtOf('okx', nothing), loan: zero, negativeBalance: zero })

function owingOnBinance(holding: BinanceHolding): Owing {
  const amount = (units: bigint) => amountOfUnits(units, 'binance')
  const total = totalOf(holding)
  return Object.freeze({
    debt: debtOf('binance', { owed: zero, um: amount(holding.um), cm: amount(holding.cm), interest: amount(holding.interest) }),
    loan: amount(holding.borrowed),
    negativeBalance: amount(total < 0n ? -total : 0n),
  })
}

function owingOnOkx(holding: OkxHolding): Owing {
  const amount = (units: bigint) => amountOfUnits(units, 'okx')
  const liability = amount(liabilityOf(holding))
  return Object.freeze({
    debt: debtOf('okx', { owed: liability, um: zero, cm: zero, interest: amount(holding.interest) }),
    loan: amount(positionsOf(holding, 'vip')),
    negativeBalance: liability,
  })
}

/** What `liab` is: coins overdrawn or borrowed by hand, and isolated debts. Losses not realised are no part of it (facts B5). */
function liabilityOf(holding: OkxHolding): bigint {
  const { cash, spotBorrowed } = holding
  return (cash < 0n ? -cash : 0n) - spotBorrowed + positionsOf(holding, 'isolated')
}

function positionsOf({ positions }: OkxHolding, kind: 'isolated' | 'vip'): bigint {
  return positions.reduce((sum, position) => (position.kind === kind ? sum + position.liability : sum), 0n)
}
