import { zero } from '../decimal/decimal.ts'
import { autoExchangeTarget, bySaleOrder, isBeyondMaximum, saleFor, sellableOf, soldFrom } from '../rules/auto-exchange.ts'
import { futuresRepayment } from '../rules/futures-repayment.ts'
import type { PlayedAutoExchange } from './play-event.ts'
import { amountOfUnits, type BinanceHolding, type BinancePlayState, totalOf, withHolding } from './play-state.ts'

/** Whether an asset is due to be exchanged and something may come of it. */
export function awaitsExchange({ exhausted }: BinancePlayState, holding: BinanceHolding): boolean {
  return isBeyondMaximum(totalOf(holding), holding.maximum) && !exhausted.has(holding.asset)
}

export interface Exchanged {
  readonly state: BinancePlayState
  readonly events: readonly PlayedAutoExchange[]
}

/** Exchanges every asset that is beyond its maximum threshold. */
export function autoExchange(before: BinancePlayState, at: number): Exchanged {
  const events: PlayedAutoExchange[] = []
  let state = before
  for (const { asset } of before.holdings.values()) {
    const holding = state.holdings.get(asset)
    if (holding?.maximum === undefined || !awaitsExchange(state, holding)) continue
    const owedBefore = -totalOf(holding)
    state = exchangeOne(state, holding, holding.maximum)
    const after = state.holdings.get(asset) ?? holding
    if (isBeyondMaximum(totalOf(after), after.maximum)) state = { ...state, exhausted: new Set([...state.exhausted, asset]) }
    if (-totalOf(after) === owedBefore) continue
    events.push(
      Object.freeze({
        kind: 'auto-exchange',
        at,
        asset,
        owedBefore: amountOfUnits(owedBefore, 'binance'),
        owedAfter: amountOfUnits(-totalOf(after), 'binance'),
        maximumThreshold: amountOfUnits(holding.maximum, 'binance'),
      }),
    )
  }
  return { state, events }
}

/**
 * Frees what is locked, repays from cross margin, then buys with other assets what is missing to 80 % of the maximum. The
 * book knows no collateral rates, so that which asset is sold first is by name: the debt after it is the same while all of
 * them together suffice. Without the prices, whatever can be sold is taken to suffice.
 */
function exchangeOne(before: BinancePlayState, holding: BinanceHolding, maximum: bigint): BinancePlayState {
  let bought = repaidFromMargin({ ...holding, free: holding.free + holding.locked, locked: 0n }, 0n)
  let state: BinancePlayState = { ...before, holdings: withHolding(before.holdings, bought) }
  const others = [...before.holdings.values()].filter((other) => other.asset !== holding.asset && sellableOf(other) > 0n)
  const ordered = others.sort((left, right) => bySaleOrder({ ...left, collateralRate: zero }, { ...right, collateralRate: zero }))
  for (const sold of ordered) {
    const needed = -totalOf(bought) - autoExchangeTarget(maximum)
    if (needed <= 0n) break
    const sale = saleOf(sold, bought, needed)
    if (sale === undefined) continue
    bought = repaidFromMargin(bought, sale.bought)
    const taken = soldFrom(sold, sale.sold)
    const left = { ...sold, free: sold.free - taken.free, um: sold.um - taken.um, cm: sold.cm - taken.cm }
    state = { ...state, holdings: withHolding(withHolding(state.holdings, bought), left) }
  }
  return state
}

function saleOf(sold: BinanceHolding, bought: BinanceHolding, needed: bigint) {
  if (sold.price !== undefined && bought.price !== undefined) return saleFor(needed, sellableOf(sold), sold.price, bought.price)
  return { sold: 0n, bought: needed }
}

/** Coins come in, and what is then free repays the negative futures wallets of the asset (facts A4.5). */
export function repaidFromMargin(holding: BinanceHolding, incoming: bigint): BinanceHolding {
  const free = holding.free + incoming
  const moved = futuresRepayment(holding, free)
  return { ...holding, free: free - moved.um - moved.cm, um: holding.um + moved.um, cm: holding.cm + moved.cm }
}
