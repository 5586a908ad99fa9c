import { powerOfTen } from '../decimal/decimal.ts'
import { divideRounded } from '../decimal/rounding.ts'
import type { Method } from './charge-kind.ts'
import type { SeenCharge } from './evidence.ts'
import { type Fit, fitOf, noFit, type Units, unitsOf } from './rounding-fit.ts'
import { scaleMax } from './rounding-rule.ts'

/** OKX cuts the hourly rate at so many decimals (facts B3.1), and strips zeros afterwards. */
export const printedRateScale = 16
/** A daily rate is taken for the one behind a cut hourly rate only where it has no more decimals than this. */
export const dailyRateScale = 12
const hoursPerDay = 24n
/** Multiples of this are daily rates of at most `dailyRateScale` decimals, at `printedRateScale`. */
const coarse = powerOfTen(printedRateScale - dailyRateScale)

/** The row's figures alone. */
export type Figures = Pick<
  SeenCharge,
  'principalMantissa' | 'principalScale' | 'rateMantissa' | 'rateScale' | 'interestMantissa' | 'interestScale'
>

/**
 * The daily rate of few decimals whose 24th, cut at 16 decimals, prints as this hourly rate: mantissa at `dailyRateScale`;
 * `undefined` where there is none. There is at most one: those of few decimals lie further apart than one cut hides.
 *
 * @example plausibleDailyRate(40833333333n, 16) // 98000000n: 0.000098 a day
 */
export function plausibleDailyRate(rateMantissa: bigint, rateScale: number): bigint | undefined {
  if (rateScale > printedRateScale || rateMantissa < 0n) return undefined
  const low = rateMantissa * powerOfTen(printedRateScale - rateScale) * hoursPerDay
  const beyond = low % coarse
  if (beyond === 0n) return low / coarse
  return coarse - beyond < hoursPerDay ? low / coarse + 1n : undefined
}

const unitTables = new Map<number, Units>()

/** Units for a numerator at `exponent` over `periods`; few are ever needed. */
export function unitsFor(exponent: number, periods: 1n | 24n): Units {
  const key = exponent * 2 + (periods === 1n ? 0 : 1)
  const known = unitTables.get(key)
  if (known !== undefined) return known
  const units = unitsOf(exponent, periods)
  unitTables.set(key, units)
  return units
}

/** Which rules round `principal × rate / periods` to what was charged. */
export function fitOfProduct(figures: Figures, rateMantissa: bigint, rateScale: number, periods: 1n | 24n): Fit {
  const { principalMantissa, principalScale, interestMantissa, interestScale } = figures
  const productScale = principalScale + rateScale
  const exponent = Math.max(productScale, interestScale, scaleMax + 1)
  const units = unitsFor(exponent, periods)
  let product = principalMantissa * rateMantissa
  if (productScale < exponent) product *= powerOfTen(exponent - productScale)
  let mantissa = interestMantissa
  let decimals = interestScale
  while (decimals > 0 && mantissa % 10n === 0n) {
    mantissa /= 10n
    decimals--
  }
  // What is below zero is rounded as what is above: toward or away from zero.
  if (mantissa < 0n) {
    mantissa = -mantissa
    product = -product
  }
  const unit = decimals <= scaleMax ? (units.one[decimals] as bigint) : periods * powerOfTen(exponent - decimals)
  return fitOf(product, mantissa * unit, units, decimals, (mantissa & 1n) === 1n)
}

/** What the rules make of a row's own principal and rate. */
export interface Recomputed {
  readonly fit: Fit
  /** Which rate led there. */
  readonly by: 'daily-rate' | 'printed-rate'
  /** Whether that rate is known to its last digit: only then can a row teach how is rounded. */
  readonly isCertain: boolean
}

/** @param daily the plausible daily rate of a cut one, worked out before */
export function recompute(figures: Figures, method: Method, daily: bigint | undefined): Recomputed {
  const { rateMantissa, rateScale } = figures
  if (method === 'day') return { fit: fitOfProduct(figures, rateMantissa, rateScale, 1n), by: 'printed-rate', isCertain: true }
  if (method === 'hour-of-day') {
    return { fit: fitOfProduct(figures, rateMantissa, rateScale, hoursPerDay), by: 'daily-rate', isCertain: true }
  }
  if (daily !== undefined) {
    const fit = fitOfProduct(figures, daily, dailyRateScale, hoursPerDay)
    if (fit !== noFit) return { fit, by: 'daily-rate', isCertain: true }
  }
  return { fit: fitOfProduct(figures, rateMantissa, rateScale, 1n), by: 'printed-rate', isCertain: daily !== undefined }
}

/** Interest at `printedRateScale` decimals for every rate that is shown as the printed one: both ends included. */
export function hiddenSpan(figures: Figures): { readonly low: bigint; readonly high: bigint } {
  const { principalMantissa, principalScale, rateMantissa, rateScale } = figures
  const rate = rateMantissa * powerOfTen(Math.max(0, printedRateScale - rateScale))
  const scale = Math.max(rateScale, printedRateScale)
  const divisor = powerOfTen(principalScale + scale - printedRateScale)
  const low = principalMantissa * rate
  return {
    low: divideRounded(low, divisor, 'down'),
    high: divideRounded(low + principalMantissa * powerOfTen(scale - printedRateScale), divisor, 'up'),
  }
}

/** Whether what was charged is right for some rate that is shown as the printed one, however it was rounded. */
export function isWithinHidden(figures: Figures, method: Method): boolean {
  if (method !== 'printed-hour' || figures.interestScale > printedRateScale) return false
  const { low, high } = hiddenSpan(figures)
  const charged = figures.interestMantissa * powerOfTen(printedRateScale - figures.interestScale)
  return low <= charged && charged <= high
}
