import { zero } from '../../decimal/decimal.ts'
import { bySaleOrder } from '../../rules/auto-exchange.ts'
import type { Holding } from './account.ts'
import type { State } from './state.ts'

/** Holdings in the order in which they are sold: the highest collateral rate first (facts A4.5). */
export function saleOrder({ market }: State, holdings: readonly Holding[]): Holding[] {
  return holdings
    .map((holding) => ({ holding, asset: holding.asset, collateralRate: market.collateralRates.get(holding.asset) ?? zero }))
    .sort(bySaleOrder)
    .map(({ holding }) => holding)
}
