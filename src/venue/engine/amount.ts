import type { Exchange } from '../../contracts/contract.ts'
import { compare, strip } from '../../decimal/arithmetic.ts'
import { type Decimal, decimalOf, powerOfTen, toText } from '../../decimal/decimal.ts'
import { fail } from '../../errors/overdraft-error.ts'
import { ledgerScale } from '../../rules/ledger-scale.ts'

/** No single amount, price or threshold is larger. */
export const largestAmount = decimalOf(powerOfTen(20))
const finestMarketValue = 30

/** An amount as an integer at the scale of the exchange's ledger. @throws `venue.amount-too-fine`, `venue.amount-too-large` */
export function signedAmount(amount: Decimal, exchange: Exchange, field = 'amount'): bigint {
  const scale = ledgerScale(exchange)
  const stripped = bounded(amount, field, scale)
  return stripped.mantissa * powerOfTen(scale - stripped.scale)
}

/** As `signedAmount`, above zero. @throws `venue.amount-not-positive` */
export function positiveAmount(amount: Decimal, exchange: Exchange, field = 'amount'): bigint {
  if (amount.mantissa <= 0n) fail('venue.amount-not-positive', { field, amount: toText(amount) })
  return signedAmount(amount, exchange, field)
}

/** As `signedAmount`, zero or more. @throws `venue.amount-negative` */
export function unsignedAmount(amount: Decimal, exchange: Exchange, field = 'amount'): bigint {
  if (amount.mantissa < 0n) fail('venue.amount-negative', { field, amount: toText(amount) })
  return signedAmount(amount, exchange, field)
}

/** A price or rate as it was written, zero or more. @throws `venue.amount-negative`, `venue.amount-too-fine` */
export function marketValue(value: Decimal, field: string): Decimal {
  if (value.mantissa < 0n) fail('venue.amount-negative', { field, amount: toText(value) })
  return bounded(value, field, finestMarketValue)
}

/** A ledger integer as a decimal. */
export function amountOf(mantissa: bigint, exchange: Exchange): Decimal {
  return decimalOf(mantissa, ledgerScale(exchange))
}

export function textOf(mantissa: bigint, exchange: Exchange): string {
  return toText(strip(amountOf(mantissa, exchange)))
}

function bounded(value: Decimal, field: string, decimals: number): Decimal {
  const stripped = strip(value)
  if (stripped.scale > decimals) fail('venue.amount-too-fine', { field, amount: toText(value), decimals })
  const magnitude = stripped.mantissa < 0n ? decimalOf(-stripped.mantissa, stripped.scale) : stripped
  if (compare(magnitude, largestAmount) > 0) fail('venue.amount-too-large', { field, amount: toText(value), limit: toText(largestAmount) })
  return stripped
}
