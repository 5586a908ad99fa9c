import { divide, isNegative, multiply, subtract } from '../decimal/arithmetic.ts'
import { type Decimal, decimalOf, zero } from '../decimal/decimal.ts'
import { ledgerScale } from './ledger-scale.ts'

/** What a currency's equity counts for as margin, in USD: at its collateral rate when positive, in full when owed (`disEq`, facts B5). */
export function okxDiscountedValue(equity: Decimal, price: Decimal, collateralRate: Decimal): Decimal {
  const value = multiply(equity, price)
  return isNegative(value) ? value : multiply(value, collateralRate)
}

/**
 * How much more of a currency the margin secures: what of the adjusted equity the coins already borrowed leave, at the
 * leverage. No document states the formula; USD in, coins out, rounded down.
 */
export function okxSecuredLoan(adjustedEquity: Decimal, notionalBorrowed: Decimal, leverage: number, price: Decimal): Decimal {
  const scale = ledgerScale('okx')
  const room = subtract(multiply(adjustedEquity, decimalOf(BigInt(leverage))), notionalBorrowed)
  return isNegative(room) ? zero : divide(room, price, scale, 'down')
}
