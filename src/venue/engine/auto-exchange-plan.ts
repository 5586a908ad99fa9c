import { compare } from '../../decimal/arithmetic.ts'
import { powerOfTen, zero } from '../../decimal/decimal.ts'
import { divideRounded } from '../../decimal/rounding.ts'
import { accountLeg, houseLeg, type Leg, transfer } from './ledger.ts'
import { repaymentLegs } from './repayment.ts'
import { type Holding, type State, totalOf } from './state.ts'

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
  const target = (maximum * 4n) / 5n
  let needed = -totalOf(holding) - target
  for (const sold of saleOrder(state, holding)) {
    if (needed <= 0n) break
    const sale = saleOf(state, sold, holding, needed)
    if (sale === undefined) continue
    legs.push(...soldLegs(sold, sale.sold), ...boughtLegs(holding, sale.bought, legs))
    needed -= sale.bought
  }
  return legs
}

/** Other assets of the account with something to sell, highest collateral rate first, then by name. */
function saleOrder(state: State, negative: Holding): Holding[] {
  const rateOf = ({ asset }: Holding) => state.market.collateralRates.get(asset) ?? zero
  return [...negative.account.holdings.values()]
    .filter((other) => other !== negative && sellable(other) > 0n)
    .sort((left, right) => compare(rateOf(right), rateOf(left)) || (left.asset < right.asset ? -1 : 1))
}

/** What is free in cross margin or positive in a futures wallet, but never so much that the total went below zero. */
function sellable(holding: Holding): bigint {
  const { 'cross-free': free, um, cm } = holding.balances
  const positive = free + (um > 0n ? um : 0n) + (cm > 0n ? cm : 0n)
  const total = totalOf(holding)
  return total < positive ? total : positive
}

/** How much is sold (rounded up) for `needed`, or what everything sellable brings (rounded down). */
function saleOf(state: State, sold: Holding, bought: Holding, needed: bigint): { sold: bigint; bought: bigint } | undefined {
  const soldPrice = state.market.prices.get(sold.asset)
  const boughtPrice = state.market.prices.get(bought.asset)
  if (soldPrice === undefined || boughtPrice === undefined) return undefined
  const numerator = soldPrice.mantissa * powerOfTen(boughtPrice.scale)
  const denominator = boughtPrice.mantissa * powerOfTen(soldPrice.scale)
  if (numerator === 0n || denominator === 0n) return undefined
  const available = sellable(sold)
  const required = divideRounded(needed * denominator, numerator, 'up')
  if (required <= available) return { sold: required, bought: needed }
  const brought = (available * numerator) / denominator
  return brought > 0n ? { sold: available, bought: brought } : undefined
}

function soldLegs(holding: Holding, amount: bigint): Leg[] {
  const legs: Leg[] = [houseLeg(holding, 'conversion', amount)]
  let left = amount
  for (const wallet of ['cross-free', 'um', 'cm'] as const) {
    const balance = holding.balances[wallet]
    const taken = balance <= 0n ? 0n : balance < left ? balance : left
    if (taken > 0n) legs.push(accountLeg(holding, wallet, -taken))
    left -= taken
  }
  return legs
}

/** What was bought goes to the negative wallets, UM first; `before` are the legs this run has made so far. */
function boughtLegs(holding: Holding, amount: bigint, before: readonly Leg[]): Leg[] {
  const legs: Leg[] = [houseLeg(holding, 'conversion', -amount)]
  let left = amount
  for (const wallet of ['um', 'cm'] as const) {
    const balance = before.reduce(
      (sum, leg) => (leg.kind === 'account' && leg.holding === holding && leg.wallet === wallet ? sum + leg.delta : sum),
      holding.balances[wallet],
    )
    const covered = balance >= 0n ? 0n : -balance < left ? -balance : left
    if (covered > 0n) legs.push(accountLeg(holding, wallet, covered))
    left -= covered
  }
  if (left > 0n) legs.push(accountLeg(holding, 'cross-free', left))
  return legs
}
