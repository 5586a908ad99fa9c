import { decimalOf, powerOfTen } from '../decimal/decimal.ts'
import { divideRounded } from '../decimal/rounding.ts'
import { ledgerScale } from '../rules/ledger-scale.ts'
import { kindOf, type Method } from './charge-kind.ts'
import type { Objection, SeenCharge } from './evidence.ts'
import { dailyRateScale, hiddenSpan, isWithinHidden, plausibleDailyRate, printedRateScale, recompute } from './recompute.ts'
import { candidatesOfFit, candidatesOfScale } from './rounding-fit.ts'
import { candidateOf, type RoundingRule } from './rounding-rule.ts'
import type { Verdict } from './verdict.ts'

/** What a row's own figures say of it. `not-judged` where they do not tell what interest is to be computed on. */
export type RowVerdict = Extract<Verdict, 'exact' | 'within-rounding' | 'hidden-digits' | 'unexplained'> | 'not-judged'

/** Rounding as the facts state it, for who has no data to learn it from (facts A5, B3.1). */
export function documentedRounding(exchange: SeenCharge['exchange']): readonly RoundingRule[] {
  return [{ scale: ledgerScale(exchange), rounding: 'up' }]
}

/**
 * One charge by its own principal and rate.
 *
 * @param standing the rules that are learned for its kind; all of them must fit
 */
export function judgeCharge(charge: SeenCharge, standing: readonly RoundingRule[] = documentedRounding(charge.exchange)): RowVerdict {
  const kind = kindOf(charge)
  if (kind === undefined) return 'not-judged'
  const { fit } = recompute(charge, kind.method, dailyRateOf(charge, kind.method))
  const fitting = candidatesOfFit[fit] ?? 0n
  const all = standing.reduce((set, rule) => set | (1n << BigInt(candidateOf(rule))), 0n)
  if (all !== 0n && (fitting & all) === all) return 'exact'
  const near = standing.reduce((set, { scale }) => set | candidatesOfScale(scale), 0n)
  if ((fitting & near) !== 0n) return 'within-rounding'
  return isWithinHidden(charge, kind.method) ? 'hidden-digits' : 'unexplained'
}

/** The whole daily rate behind a cut hourly one, at `dailyRateScale`; `undefined` where none is plausible or needed. */
export function dailyRateOf({ rateMantissa, rateScale }: SeenCharge, method: Method): bigint | undefined {
  return method === 'printed-hour' ? plausibleDailyRate(rateMantissa, rateScale) : undefined
}

/** What was due by the row's own principal and rate, whatever direction is rounded in: both ends included. */
export function dueByRow(charge: SeenCharge, scale: number = ledgerScale(charge.exchange)): Objection['due'] {
  const kind = kindOf(charge)
  if (kind === undefined) return undefined
  const daily = dailyRateOf(charge, kind.method)
  if (kind.method === 'printed-hour' && daily === undefined) {
    const { low, high } = hiddenSpan(charge)
    return Object.freeze({ low: decimalOf(low, printedRateScale), high: decimalOf(high, printedRateScale) })
  }
  const [rate, rateScale] = daily === undefined ? [charge.rateMantissa, charge.rateScale] : [daily, dailyRateScale]
  const productScale = charge.principalScale + rateScale
  const numerator = charge.principalMantissa * rate * powerOfTen(Math.max(0, scale - productScale))
  const divisor = powerOfTen(Math.max(0, productScale - scale)) * (kind.method === 'day' ? 1n : 24n)
  return Object.freeze({
    low: decimalOf(divideRounded(numerator, divisor, 'down'), scale),
    high: decimalOf(divideRounded(numerator, divisor, 'up'), scale),
  })
}
