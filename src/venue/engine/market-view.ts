import type { Exchange } from '../../contracts/contract.ts'
import { zero } from '../../decimal/decimal.ts'
import type { Market } from './market.ts'
import type { RateChange } from './record.ts'

interface RateQuery {
  readonly exchange: Exchange
  readonly asset: string
  readonly vip: number
  readonly from?: number
  readonly to?: number
}

/** The changes of one level's rate, newest first: its own rates go before those for every level from the first one on. */
export function rateHistory(market: Market, { exchange, asset, vip, from = 0, to = Number.POSITIVE_INFINITY }: RateQuery): RateChange[] {
  const found: RateChange[] = []
  let hasOwn = false
  for (const change of market.rateChanges(exchange, asset)) {
    if (change.vip === vip) hasOwn = true
    if (change.vip !== undefined && change.vip !== vip) continue
    if (change.vip === undefined && hasOwn) continue
    found.push(Object.freeze({ at: change.at, rateDaily: market.rates[change.index] ?? zero }))
  }
  return found.filter(({ at }) => at >= from && at <= to).reverse()
}

/** Every asset that has a price, a collateral rate or a borrow rate, in the order in which they came. */
export function marketAssets(market: Market): string[] {
  const rated = [...market.ratedAssets('binance'), ...market.ratedAssets('okx')]
  return [...new Set([...market.prices.keys(), ...market.collateralRates.keys(), ...rated])]
}
