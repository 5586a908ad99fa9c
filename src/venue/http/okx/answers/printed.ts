import { divide } from '../../../../decimal/arithmetic.ts'
import { type Decimal, decimalOf } from '../../../../decimal/decimal.ts'
import { atPrintedScale, okxRule, roundedToPrintedScale } from '../../../../decimal/printing.ts'

const hoursPerDay = decimalOf(24n)

/** An amount of the ledger as OKX prints it; never rounded. */
export function printed(value: Decimal): Decimal {
  return atPrintedScale(value, okxRule)
}

/** A computed figure, such as a value in USD, cut where OKX prints no further; empty while it is not known. */
export function printedFigure(value: Decimal | undefined): Decimal | null {
  return value === undefined ? null : roundedToPrintedScale(value, okxRule, 'down')
}

/** The hourly rate as it is shown: cut at 16 decimals, not rounded (facts B3.1). */
export function hourlyRate(rateDaily: Decimal): Decimal {
  return printed(divide(rateDaily, hoursPerDay, okxRule.decimalsMax, 'down'))
}
