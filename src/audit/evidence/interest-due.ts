import { multiply, rescale } from '../../decimal/arithmetic.ts'
import { type Decimal, decimalOf } from '../../decimal/decimal.ts'
import { divideRounded } from '../../decimal/rounding.ts'
import { ledgerScale } from '../../rules/ledger-scale.ts'
import type { Objection, SeenCharge } from '../evidence.ts'
import { amountOf } from './units.ts'

/** What was due on a principal between two, at a rate between two, however it is rounded; both ends included. */
export function dueBetween(
  exchange: SeenCharge['exchange'],
  principal: { readonly low: bigint; readonly high: bigint },
  rate: { readonly low: Decimal; readonly high: Decimal },
  periods: 1n | 24n = 1n,
): NonNullable<Objection['due']> {
  const scale = ledgerScale(exchange)
  return Object.freeze({
    low: interestOf(principal.low, rate.low, periods, scale, 'down'),
    high: interestOf(principal.high, rate.high, periods, scale, 'up'),
  })
}

function interestOf(principal: bigint, rate: Decimal, periods: bigint, scale: number, rounding: 'up' | 'down'): Decimal {
  const product = multiply(amountOf(principal), rate)
  const fine = decimalOf(divideRounded(product.mantissa * 10n ** 6n, periods, rounding), product.scale + 6)
  return rescale(fine, scale, rounding)
}

/** The rate of a charge as it was printed. */
export function rateOf({ rateMantissa, rateScale }: Pick<SeenCharge, 'rateMantissa' | 'rateScale'>): Decimal {
  return decimalOf(rateMantissa, rateScale)
}
