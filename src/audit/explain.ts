import { multiply, strip } from '../decimal/arithmetic.ts'
import { type Decimal, decimalOf, powerOfTen, toText } from '../decimal/decimal.ts'
import { divideRounded } from '../decimal/rounding.ts'
import { binanceRegimeAt } from '../rules/binance-regime.ts'
import { isoInstant } from '../time/instant.ts'
import { type ChargeKind, kindOf } from './charge-kind.ts'
import type { SeenCharge } from './evidence.ts'
import type { Step } from './finding.ts'
import { dailyRateOf, documentedRounding, judgeCharge, type RowVerdict } from './judge.ts'
import { dailyRateScale, hiddenSpan, printedRateScale } from './recompute.ts'
import { type RoundingRule, rulesShown, ruleText } from './rounding-rule.ts'

const hours = 24n
/** A quotient that does not end is shown with so many decimals. */
const quotientScale = 24

const conclusions: Readonly<Record<RowVerdict, string>> = {
  exact: 'exact: to the last digit',
  'within-rounding': 'within rounding: the other end of the same unit',
  'hidden-digits': 'within what the digits of the rate that are not shown allow',
  unexplained: 'not explained by its own principal and rate',
  'not-judged': 'not judged: the row does not tell what its interest was computed on',
}

/**
 * How a charge follows from its own row, step by step; for people, never in a loop over all charges.
 *
 * @param standing the rounding learned for its kind
 */
export function explainCharge(
  charge: SeenCharge,
  standing: readonly RoundingRule[] = documentedRounding(charge.exchange),
): readonly Step[] {
  const kind = kindOf(charge)
  const documented = documentedRounding(charge.exchange)
  // Where nothing was learned yet, the facts' own rule is what a row can be held against.
  const known = standing.length === 0 ? documented : standing
  const charged = decimalOf(charge.interestMantissa, charge.interestScale)
  const conclusion = step('verdict of the row itself', `${toText(charged)} was charged`, conclusions[judgeCharge(charge, known)])
  if (kind === undefined) return [conclusion]
  const rate = rateSteps(charge, kind)
  // Where next to nothing was learned, their rule shows more than a list of all that might be.
  const rules = known.length > rulesShown ? documented : known
  return [
    ...ruleStep(charge, kind),
    ...rate.steps,
    step(
      'interest before rounding',
      `${shown(principal(charge))} × ${shown(rate.rate)}${rate.periods === 1n ? '' : ' / 24'}`,
      quotient(charge, rate),
    ),
    ...rules.map((rule) => step('rounded', ruleText(rule), rounded(charge, rate, rule))),
    ...hiddenSteps(charge, kind),
    conclusion,
  ]
}

interface RateOfPeriod {
  readonly rate: Decimal
  readonly periods: 1n | 24n
  readonly steps: readonly Step[]
}

function rateSteps(charge: SeenCharge, kind: ChargeKind): RateOfPeriod {
  const printed = decimalOf(charge.rateMantissa, charge.rateScale)
  if (kind.method === 'day') return { rate: printed, periods: 1n, steps: [step('rate for a day', 'as the row shows it', toText(printed))] }
  if (kind.method === 'hour-of-day') {
    return { rate: printed, periods: hours, steps: [step('rate for a day', 'as the row shows it; an hour is a 24th', toText(printed))] }
  }
  const daily = dailyRateOf(charge, kind.method)
  if (daily === undefined) {
    const how = `as the row shows it, cut at ${printedRateScale} decimals; no daily rate of up to ${dailyRateScale} decimals prints so`
    return { rate: printed, periods: 1n, steps: [step('rate for an hour', how, toText(printed), 'facts B3.1')] }
  }
  const rate = strip(decimalOf(daily, dailyRateScale))
  const how = `its 24th, cut at ${printedRateScale} decimals, prints as ${toText(printed)}`
  return { rate, periods: hours, steps: [step('rate for a day', how, toText(rate), 'facts B3.1')] }
}

function ruleStep({ exchange, history, at }: SeenCharge, { name, restsOn }: ChargeKind): readonly Step[] {
  const regime = exchange === 'binance' && history === 'charges' ? `, regime ${binanceRegimeAt(at).name}` : ''
  return [step('rule in force', `${name} at ${isoInstant(at)}${regime}`, 'principal × rate of the period', restsOn)]
}

/** What any rate that is shown as this one would make. */
function hiddenSteps(charge: SeenCharge, { method }: ChargeKind): readonly Step[] {
  if (method !== 'printed-hour') return []
  const { low, high } = hiddenSpan(charge)
  const how = `rates from ${toText(decimalOf(charge.rateMantissa, charge.rateScale))} to one unit of the ${printedRateScale}th decimal more`
  const result = `${toText(decimalOf(low, printedRateScale))} to ${toText(decimalOf(high, printedRateScale))}`
  return [step('what hidden digits of the rate allow', how, result, 'facts B3.1')]
}

function quotient(charge: SeenCharge, { rate, periods }: RateOfPeriod): string {
  const product = multiply(principal(charge), rate)
  if (product.mantissa % periods === 0n) return shown(decimalOf(product.mantissa / periods, product.scale))
  const padded = product.mantissa * powerOfTen(Math.max(0, quotientScale - product.scale))
  const scale = Math.max(quotientScale, product.scale)
  const ends = padded % periods === 0n ? '' : '…'
  return `${toText(decimalOf(padded / periods, scale))}${ends}`
}

function rounded(charge: SeenCharge, { rate, periods }: RateOfPeriod, { scale, rounding }: RoundingRule): string {
  const product = multiply(principal(charge), rate)
  const numerator = product.mantissa * powerOfTen(Math.max(0, scale - product.scale))
  const divisor = powerOfTen(Math.max(0, product.scale - scale)) * periods
  return toText(decimalOf(divideRounded(numerator, divisor, rounding), scale))
}

function principal({ principalMantissa, principalScale }: SeenCharge): Decimal {
  return decimalOf(principalMantissa, principalScale)
}

function shown(value: Decimal): string {
  return toText(strip(value))
}

function step(what: string, how: string, result: string, restsOn = ''): Step {
  return Object.freeze({ what, how, result, restsOn })
}
