import { compare, strip, subtract } from '../decimal/arithmetic.ts'
import { type Decimal, decimalOf, toText } from '../decimal/decimal.ts'
import { isoInstant } from '../time/instant.ts'
import type { Objection, SeenCharge } from './evidence.ts'
import { explainCharge } from './explain.ts'
import type { ChargeName, Finding } from './finding.ts'
import { findingId } from './finding-id.ts'
import { dueByRow } from './judge.ts'
import type { RoundingRule } from './rounding-rule.ts'

/** The natural key of a charge, by which it is found again. */
export function nameOf({ account, series, at, txId, history }: SeenCharge): ChargeName {
  const { asset, instId, marginMode, loanType } = series
  return Object.freeze({ account, asset, instId, marginMode, loanType, at, ...(history === 'margin-charges' ? { txId } : {}) })
}

/** Charged less due, at the end of the interval that is nearest; 0 within it. */
export function differenceOf(charged: Decimal, due: Objection['due']): Decimal | undefined {
  if (due === undefined) return undefined
  if (compare(charged, due.high) > 0) return subtract(charged, due.high)
  return compare(charged, due.low) < 0 ? subtract(charged, due.low) : decimalOf(0n)
}

/** A charge that something contradicts. */
export function contradicted(charge: SeenCharge, objection: Objection, standing: readonly RoundingRule[]): Finding {
  const { verdict, due, sentence, steps } = objection
  return finding(charge, verdict, due, sentence, [...explainCharge(charge, standing), ...steps])
}

/** A charge that follows from no rate and no rounding that its row allows. */
export function unexplained(charge: SeenCharge, standing: readonly RoundingRule[]): Finding {
  const due = dueByRow(charge, standing[0]?.scale)
  const { asset, instId } = charge.series
  const expected = due === undefined ? '' : compare(due.low, due.high) === 0 ? shown(due.low) : `${shown(due.low)} to ${shown(due.high)}`
  const sentence =
    `${asset}${instId === '' ? '' : ` on ${instId}`} at ${isoInstant(charge.at)}: ${shown(chargedOf(charge))} was charged on ` +
    `${shown(principalOf(charge))} at ${shown(rateOf(charge))}, which makes ${expected}`
  return finding(charge, 'unexplained', due, sentence, explainCharge(charge, standing))
}

function finding(
  charge: SeenCharge,
  verdict: Finding['verdict'],
  due: Objection['due'],
  sentence: string,
  steps: Finding['steps'],
): Finding {
  const name = nameOf(charge)
  const charged = chargedOf(charge)
  return Object.freeze({
    id: findingId(name, verdict),
    verdict,
    charge: name,
    charged,
    due,
    difference: differenceOf(charged, due),
    sentence,
    steps: Object.freeze(steps),
  })
}

export function chargedOf({ interestMantissa, interestScale }: SeenCharge): Decimal {
  return decimalOf(interestMantissa, interestScale)
}

export function principalOf({ principalMantissa, principalScale }: SeenCharge): Decimal {
  return decimalOf(principalMantissa, principalScale)
}

export function rateOf({ rateMantissa, rateScale }: SeenCharge): Decimal {
  return decimalOf(rateMantissa, rateScale)
}

function shown(value: Decimal): string {
  return toText(strip(value))
}
