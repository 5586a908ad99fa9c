import { saleFor } from '../../rules/auto-exchange.ts'
import { byOkxSaleOrder } from '../../rules/okx-forced-repayment.ts'
import type { Holding } from './account.ts'
import type { Books } from './books.ts'
import { accountLeg, houseLeg } from './ledger.ts'
import { crossEquity } from './okx-owed.ts'
import { collateralRateOf } from './okx-valuation.ts'
import type { State } from './state.ts'

/** Everything is sold into it, and what is owed is bought with it (facts B4.1). */
const between = 'USDT'

/**
 * Buys up to `needed` of what an account owes with its other assets: each is sold into USDT, and USDT buys what is owed,
 * at index prices without a fee, every leg a movement of its own. Without the three prices nothing is sold.
 * @returns how much was bought; an integer at the scale of the ledger, as `needed`
 */
export function buyBack(books: Books, owed: Holding, needed: bigint, at: number): bigint {
  let bought = 0n
  for (const sold of saleOrder(books.state, owed)) {
    if (bought >= needed) break
    bought += convert(books, sold, owed, needed - bought, at)
  }
  return bought
}

/** What else of the account can be sold, in the order in which it is; what does not count as collateral is left out (facts B4.1). */
function saleOrder(state: State, owed: Holding): Holding[] {
  return [...owed.account.holdings.values()]
    .filter((other) => other !== owed && sellable(other) > 0n)
    .map((holding) => ({ holding, asset: holding.asset, collateralRate: collateralRateOf(state, holding.asset) }))
    .filter(({ collateralRate }) => collateralRate.mantissa > 0n)
    .sort(byOkxSaleOrder(state.behaviour.okxForcedRepaymentOrder))
    .map(({ holding }) => holding)
}

/** Cash that is the account's own: neither borrowed nor needed to cover losses that are not realised yet. */
function sellable({ account, asset, instId, order, balances }: Holding): bigint {
  if (instId !== '' || order !== '') return 0n
  const equity = crossEquity(account, asset)
  return equity < balances.cash ? equity : balances.cash
}

function convert(books: Books, sold: Holding, owed: Holding, needed: bigint, at: number): bigint {
  const { state } = books
  if (sold.asset === between || owed.asset === between) {
    const sale = saleOf(state, sold.asset, owed.asset, needed, sellable(sold))
    if (sale !== undefined) exchange(books, sold, sale.sold, owed, sale.bought, at)
    return sale?.bought ?? 0n
  }
  const purchase = saleOf(state, between, owed.asset, needed, noLimit)
  const sale = purchase && saleOf(state, sold.asset, between, purchase.sold, sellable(sold))
  if (purchase === undefined || sale === undefined) return 0n
  // What the whole asset brings may buy less than is needed.
  const spent = sale.bought < purchase.sold ? saleOf(state, between, owed.asset, needed, sale.bought) : purchase
  if (spent === undefined) return 0n
  const money = state.holding(owed.account, between)
  exchange(books, sold, sale.sold, money, sale.bought, at)
  exchange(books, money, sale.bought, owed, spent.bought, at)
  return spent.bought
}

/** More than any account holds. */
const noLimit = 10n ** 80n

function saleOf(state: State, sold: string, bought: string, needed: bigint, available: bigint) {
  const soldPrice = state.market.prices.get(sold)
  const boughtPrice = state.market.prices.get(bought)
  return soldPrice && boughtPrice && saleFor(needed, available, soldPrice, boughtPrice)
}

function exchange(books: Books, sold: Holding, soldAmount: bigint, bought: Holding, boughtAmount: bigint, at: number): void {
  const legs = [
    accountLeg(sold, 'cash', -soldAmount),
    houseLeg(sold, 'conversion', soldAmount),
    accountLeg(bought, 'cash', boughtAmount),
    houseLeg(bought, 'conversion', -boughtAmount),
  ]
  books.post(legs, at, 'forced-repayment')
}
