import { add, compare, divide, maximum, minimum, multiply, subtract, sum } from '../decimal/arithmetic.ts'
import { type Decimal, decimalOf, zero } from '../decimal/decimal.ts'

/** One asset of a Binance account as the risk of the whole sees it. Amounts are in the asset, `index` in USD. */
export interface MarginAsset {
  /** Cross margin less loan and its interest, plus futures wallets, plus unrealised profit; signed. */
  readonly amount: Decimal
  /** Borrowed and unpaid interest together; zero or more. */
  readonly loan: Decimal
  readonly index: Decimal
  /** Share of a positive amount that counts, 0 to 1. */
  readonly collateralRate: Decimal
  /** Share of the loan that is its maintenance margin. */
  readonly maintenanceRate: Decimal
  /** What the futures wallets require in this asset, and what open orders would lose at once. */
  readonly futuresInitial: Decimal
  readonly futuresMaintenance: Decimal
  readonly openLoss: Decimal
}

/** An account as a whole, in USD, exact. */
export interface MarginTotals {
  /** Collateral rates applied. */
  readonly equity: Decimal
  /** Without collateral rates. */
  readonly actualEquity: Decimal
  readonly openLoss: Decimal
  /** `equity` less `openLoss`. */
  readonly adjustedEquity: Decimal
  readonly maintenanceMargin: Decimal
  /** What the futures require initially, without the loans. */
  readonly futuresInitial: Decimal
  /** Value of all loans with their interest. */
  readonly loans: Decimal
}

/**
 * Equity and maintenance margin (facts A4.7). A negative amount counts in full: the collateral rate never softens a debt.
 *
 * @example
 * // 1 BTC at 50000 counting 95 %, and 10000 USDT owed: equity 37500
 */
export function marginTotals(assets: readonly MarginAsset[]): MarginTotals {
  const usd = (pick: (asset: MarginAsset) => Decimal) => sum(assets.map((asset) => multiply(pick(asset), asset.index)))
  const equity = sum(assets.map(equityOf))
  const openLoss = usd((asset) => asset.openLoss)
  const loanMaintenance = usd((asset) => multiply(asset.loan, asset.maintenanceRate))
  return {
    equity,
    actualEquity: usd((asset) => asset.amount),
    openLoss,
    adjustedEquity: subtract(equity, openLoss),
    maintenanceMargin: add(
      loanMaintenance,
      usd((asset) => asset.futuresMaintenance),
    ),
    futuresInitial: usd((asset) => asset.futuresInitial),
    loans: usd((asset) => asset.loan),
  }
}

function equityOf({ amount, index, collateralRate }: MarginAsset): Decimal {
  const value = multiply(amount, index)
  return minimum(multiply(value, collateralRate), value)
}

/** Adjusted equity over maintenance margin, cut at `scale` decimals; undefined while there is no maintenance margin. */
export function uniMmrOf({ adjustedEquity, maintenanceMargin }: MarginTotals, scale: number): Decimal | undefined {
  return maintenanceMargin.mantissa === 0n ? undefined : divide(adjustedEquity, maintenanceMargin, scale, 'down')
}

const withdrawalFactor = decimalOf(12n, 1)

/**
 * What may leave the account, in USD: `max(equity - 1.2 x maintenance margin, 0)` (facts A4.7). The equity is the
 * adjusted one, so that uniMMR stands at 120 % or more afterwards, open orders included.
 */
export function maxWithdrawValue({ adjustedEquity, maintenanceMargin }: MarginTotals): Decimal {
  return maximum(subtract(adjustedEquity, multiply(maintenanceMargin, withdrawalFactor)), zero)
}

/**
 * How much of one asset may leave while equity falls by no more than `value` USD, cut at `scale` decimals; undefined
 * when any amount may: an asset of no value, or one that does not count as collateral while it stays positive.
 */
export function maxWithdrawAmount(value: Decimal, { amount, index, collateralRate }: MarginAsset, scale: number): Decimal | undefined {
  if (index.mantissa === 0n) return undefined
  const positive = maximum(amount, zero)
  const costOfPositive = multiply(multiply(positive, index), collateralRate)
  if (compare(costOfPositive, value) > 0) return divide(value, multiply(index, collateralRate), scale, 'down')
  // Beyond what there is, the rest would be a debt, which counts in full.
  return add(positive, divide(subtract(value, costOfPositive), index, scale, 'down'))
}

/**
 * The value of what may still be borrowed with leverage L: `(L-1) x max(maxWithdraw - loans / (L-1), 0)` (facts A4.7),
 * which is `max((L-1) x maxWithdraw - loans, 0)`.
 */
export function virtualMaxLoan(totals: MarginTotals, leverage: number): Decimal {
  const secured = multiply(maxWithdrawValue(totals), decimalOf(BigInt(leverage - 1)))
  return maximum(subtract(secured, totals.loans), zero)
}

/** Initial margin of everything, in USD, rounded up at `scale` decimals: a loan locks its value over `L-1`. */
export function initialMarginOf({ futuresInitial, loans }: MarginTotals, leverage: number, scale: number): Decimal {
  return divide(add(multiply(futuresInitial, decimalOf(BigInt(leverage - 1))), loans), decimalOf(BigInt(leverage - 1)), scale, 'up')
}
