import { autoExchangeTarget, type Sale, saleFor, sellableOf, soldFrom } from '../../rules/auto-exchange.ts'
import { futuresRepayment } from '../../rules/futures-repayment.ts'
import type { Holding } from './account.ts'
import { accountLeg, houseLeg, type Leg, transfer } from './ledger.ts'
import { repaymentLegs } from './repayment.ts'
import { saleOrder } from './sale-order.ts'
import { type State, totalOf } from './state.ts'

/**
 * The movements by which auto-exchange brings one negative asset back to 80 % of its maximum (facts A4.5): free what is
 * locked, repay the negative futures wallets from cross margin, then sell other assets, highest collateral rate first,
 * at index price without a fee. Empty when nothing can be done. Amounts are integers at the scale of the ledger.
 */
export function autoExchangeLegs(state: State, holding: Holding): Leg[] {
  const maximum = state.market.thresholds(holding.asset, holding.account.vip)?.maximum
  if (maximum === undefined) return []
  const legs: Leg[] = []
  const locked = holding.balances['cross-locked']
  if (locked > 0n) legs.push(...transfer(holding, 'cross-locked', 'cross-free', locked))
  legs.push(...repaymentLegs(holding, holding.balances['cross-free'] + locked))
  let needed = -totalOf(holding) - autoExchangeTarget(maximum)
  const others = [...holding.account.holdings.values()].filter((other) => other !== holding && sellable(other) > 0n)
  for (const sold of saleOrder(state, others)) {
    if (needed <= 0n) break
    const sale = saleOf(state, sold, holding, needed)
    if (sale === undefined) continue
    legs.push(...soldLegs(sold, sale.sold), ...boughtLegs(holding, sale.bought, legs))
    needed -= sale.bought
  }
  return legs
}

function sellable({ balances }: Holding): bigint {
  return sellableOf({ free: balances['cross-free'], locked: balances['cross-locked'], um: balances.um, cm: balances.cm })
}

/** An asset without a price cannot be sold or bought. */
function saleOf(state: State, sold: Holding, bought: Holding, needed: bigint): Sale | undefined {
  const soldPrice = state.market.prices.get(sold.asset)
  const boughtPrice = state.market.prices.get(bought.asset)
  if (soldPrice === undefined || boughtPrice === undefined) return undefined
  return saleFor(needed, sellable(sold), soldPrice, boughtPrice)
}

function soldLegs(holding: Holding, amount: bigint): Leg[] {
  const { 'cross-free': free, um, cm } = holding.balances
  const taken = soldFrom({ free, um, cm }, amount)
  const legs: Leg[] = [houseLeg(holding, 'conversion', amount)]
  for (const [wallet, sold] of [
    ['cross-free', taken.free],
    ['um', taken.um],
    ['cm', taken.cm],
  ] as const) {
    if (sold > 0n) legs.push(accountLeg(holding, wallet, -sold))
  }
  return legs
}

/** What was bought goes to the negative wallets as a repayment does, the rest to cross margin; `before` are the run's legs so far. */
function boughtLegs(holding: Holding, amount: bigint, before: readonly Leg[]): Leg[] {
  const after = (wallet: 'um' | 'cm'): bigint =>
    before.reduce(
      (sum, leg) => (leg.kind === 'account' && leg.holding === holding && leg.wallet === wallet ? sum + leg.delta : sum),
      holding.balances[wallet],
    )
  const covered = futuresRepayment({ um: after('um'), cm: after('cm') }, amount)
  const shares = { um: covered.um, cm: covered.cm, 'cross-free': amount - covered.um - covered.cm }
  const legs: Leg[] = [houseLeg(holding, 'conversion', -amount)]
  for (const wallet of ['um', 'cm', 'cross-free'] as const) if (shares[wallet] > 0n) legs.push(accountLeg(holding, wallet, shares[wallet]))
  return legs
}
