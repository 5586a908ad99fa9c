import type { ChargeLiabilities } from '../../book/book-interface.ts'
import { multiply, rescale } from '../../decimal/arithmetic.ts'
import { decimalOf } from '../../decimal/decimal.ts'
import { isoInstant } from '../../time/instant.ts'
import type { Objection, SeenCharge } from '../evidence.ts'
import { rateOf } from './interest-due.ts'
import { amountOf, unitsFrom, unitsOf, unitsText } from './units.ts'

const restsOn = 'document 002; facts B3, B4'

/** A newer row tells the whole liability and what of it is free: interest is charged on the rest, on nothing where there is none. */
export function otherPart(charge: SeenCharge, { total, interestFree }: ChargeLiabilities): Objection | undefined {
  const rest = unitsOf(total) - unitsOf(interestFree)
  const due = rest > 0n ? rest : 0n
  const charged = unitsFrom(charge.principalMantissa, charge.principalScale)
  if (charged === due) return undefined
  const [shownTotal, shownFree] = [unitsText(unitsOf(total)), unitsText(unitsOf(interestFree))]
  // The hourly rate is cut at 16 decimals: one unit of it more bounds the interest from above (facts B3.1).
  const product = multiply(amountOf(due), rateOf(charge))
  const above = multiply(amountOf(due), decimalOf(rateOf(charge).mantissa + 1n, charge.rateScale))
  return Object.freeze({
    verdict: due === 0n ? 'not-due' : 'wrong-principal',
    due: { low: rescale(product, 16, 'down'), high: rescale(above, 16, 'up') },
    sentence: `${charge.series.asset} at ${isoInstant(charge.at)}: interest was charged on ${unitsText(charged)}, but the row itself tells ${shownTotal} owed and ${shownFree} of it free`,
    steps: [
      {
        what: 'what interest was to be charged on',
        how: `${shownTotal} − ${shownFree}, the row's own liabilities`,
        result: unitsText(due),
        restsOn,
      },
    ],
  })
}
