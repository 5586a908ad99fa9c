import { multiply } from '../../decimal/arithmetic.ts'
import { zero } from '../../decimal/decimal.ts'
import { okxDiscountedValue } from '../../rules/okx-equity.ts'
import type { Account, Holding } from './account.ts'
import { amountOf } from './amount.ts'
import { repaymentIndicator } from './okx-indicator.ts'
import { okxMaxLoan } from './okx-limits.ts'
import { crossEquity, crossLiabilityOf, freeQuotaFor } from './okx-owed.ts'
import { collateralRateOf, type OkxValuation, valuationOf } from './okx-valuation.ts'
import type { OkxAccountStatus, OkxBalance } from './record.ts'
import type { State } from './state.ts'

/** The account as a whole, as its currencies stand. */
export function okxStatus(state: State, account: Account): OkxAccountStatus {
  const updatedAt = Math.max(0, ...[...account.holdings.values()].map((holding) => holding.updatedAt))
  return Object.freeze({ ...valuationOf(state, account), borrowFrozen: zero, updatedAt })
}

/** The currencies of an OKX account in the order of first touch, each with its isolated debts and VIP loans. */
export function okxBalances(state: State, account: Account): OkxBalance[] {
  const byAsset = new Map<string, Holding[]>()
  for (const holding of account.holdings.values()) byAsset.set(holding.asset, [...(byAsset.get(holding.asset) ?? []), holding])
  const valuation = valuationOf(state, account)
  return [...byAsset].map(([asset, holdings]) => okxBalance(state, account, asset, holdings, valuation))
}

function okxBalance(state: State, account: Account, asset: string, holdings: readonly Holding[], valuation: OkxValuation): OkxBalance {
  const { cash, 'cash-unrealised': unrealised, 'spot-borrowed': spotBorrowed } = state.holding(account, asset).balances
  const freeQuota = freeQuotaFor(state, account, asset)
  const liability = crossLiabilityOf(state.holding(account, asset), () => freeQuota)
  const equity = crossEquity(account, asset)
  const maxLoan = okxMaxLoan(state, account, asset, valuation)
  return Object.freeze({
    asset,
    cash: amount(cash),
    unrealised: amount(unrealised),
    equity: amount(equity),
    crossLiability: amount(liability.borrowed),
    spotBorrowed: amount(-spotBorrowed),
    ...debtsOf(state, holdings),
    unrealisedLiability: amount(liability.unrealised),
    interestFreeLiability: amount(liability.interestFree),
    freeQuota: amount(freeQuota),
    interest: zero,
    availableBalance: amount(atLeastZero(cash)),
    availableEquity: amount(atLeastZero(equity)),
    borrowFrozen: zero,
    ...worthOf(state, asset, equity),
    maxLoan: maxLoan === undefined ? undefined : amount(maxLoan),
    twap: repaymentIndicator(state, account, asset, liability, freeQuota),
    updatedAt: Math.max(...holdings.map((holding) => holding.updatedAt)),
  })
}

function debtsOf({ market }: State, holdings: readonly Holding[]): Pick<OkxBalance, 'isolated' | 'vipLoans'> {
  const isolated = holdings
    .filter(({ instId }) => instId !== '')
    .map(({ instId, balances }) => Object.freeze({ instId, liability: amount(-balances.isolated) }))
  const vipLoans = holdings
    .filter(({ order }) => order !== '')
    .map(({ order, balances, rate }) =>
      Object.freeze({ order, liability: amount(-balances['vip-borrowed']), rateDaily: market.rates[rate] ?? zero }),
    )
  return { isolated: Object.freeze(isolated), vipLoans: Object.freeze(vipLoans) }
}

function worthOf(state: State, asset: string, equity: bigint): Pick<OkxBalance, 'equityUsd' | 'discountedEquityUsd'> {
  const price = state.market.prices.get(asset)
  if (price === undefined) return { equityUsd: undefined, discountedEquityUsd: undefined }
  return {
    equityUsd: multiply(amount(equity), price),
    discountedEquityUsd: okxDiscountedValue(amount(equity), price, collateralRateOf(state, asset)),
  }
}

function amount(mantissa: bigint) {
  return amountOf(mantissa, 'okx')
}

function atLeastZero(value: bigint): bigint {
  return value > 0n ? value : 0n
}
