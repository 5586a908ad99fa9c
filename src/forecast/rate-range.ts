import { multiply, rescale } from '../decimal/arithmetic.ts'
import { type Decimal, decimalOf, powerOfTen } from '../decimal/decimal.ts'
import { type Cadence, nextBoundary } from '../time/boundary.ts'
import type { RateHistory } from './rate-history.ts'

/** A rate of each period in turn, as integers at one scale; `undefined` where none is known. */
export type RateSeries = readonly (bigint | undefined)[]

/**
 * How the mean rate of some periods to come stood to the rate that was known before them, over all such windows of the
 * rate's own history: 1 is unchanged. Windows overlap. `low` and `high` leave out a twentieth of them at either end.
 */
export interface RateRange {
  readonly windows: number
  readonly low: Decimal
  readonly high: Decimal
  readonly lowest: Decimal
  readonly highest: Decimal
}

/** Fewer windows than these say nothing of a range. */
export const windowsMin = 10
/** Decimals of a ratio. */
const ratioScale = 9
const leftOut = 20

/**
 * The rate of each period between two instants: what was charged at its boundary, else what was published and in force.
 */
export function rateSeries({ charged, published }: RateHistory, cadence: Cadence, from: number, until: number): RateSeries {
  const rates = [...charged, ...published].map(({ rateDaily }) => rateDaily.scale)
  const scale = Math.max(0, ...rates)
  const at = new Map(charged.map((rate) => [rate.at, rate.rateDaily]))
  const series: (bigint | undefined)[] = []
  let next = 0
  let inForce: Decimal | undefined
  for (let boundary = nextBoundary(from, cadence); boundary <= until; boundary += cadence.everyMs) {
    for (let rate = published[next]; rate !== undefined && rate.at <= boundary; rate = published[next]) {
      inForce = rate.rateDaily
      next++
    }
    const rate = at.get(boundary) ?? inForce
    series.push(rate === undefined ? undefined : rescale(rate, scale, 'down').mantissa)
  }
  return series
}

/** @param window the periods meant: `length` of them, the first `distance` after the period whose rate is known */
export function rateRange(
  series: RateSeries,
  { distance, length }: { readonly distance: number; readonly length: number },
): RateRange | undefined {
  const ratios = ratiosOf(series, distance, length)
  if (ratios.length < windowsMin) return undefined
  ratios.sort((left, right) => (left < right ? -1 : left > right ? 1 : 0))
  const last = ratios.length - 1
  const ratioAt = (index: number) => decimalOf(ratios[index] ?? 0n, ratioScale)
  return Object.freeze({
    windows: ratios.length,
    low: ratioAt(Math.floor(last / leftOut)),
    high: ratioAt(last - Math.floor(last / leftOut)),
    lowest: ratioAt(0),
    highest: ratioAt(last),
  })
}

function ratiosOf(series: RateSeries, distance: number, length: number): bigint[] {
  const sums = [0n]
  const known = [0]
  for (const [index, rate] of series.entries()) {
    sums.push((sums[index] ?? 0n) + (rate ?? 0n))
    known.push((known[index] ?? 0) + (rate === undefined ? 0 : 1))
  }
  const ratios: bigint[] = []
  for (let start = 0; start + distance + length <= series.length; start++) {
    const rate = series[start]
    const from = start + distance
    const isWhole = (known[from + length] ?? 0) - (known[from] ?? 0) === length
    // From a rate of zero no ratio leads anywhere.
    if (rate === undefined || rate === 0n || !isWhole) continue
    const sum = (sums[from + length] ?? 0n) - (sums[from] ?? 0n)
    ratios.push((sum * powerOfTen(ratioScale)) / (rate * BigInt(length)))
  }
  return ratios
}

/** An amount at the rates of a range, at its own scale; never narrower than the amount itself. */
export function amountsWithin(amount: Decimal, range: RateRange): { readonly low: Decimal; readonly high: Decimal } {
  const low = rescale(multiply(amount, range.low), amount.scale, 'down')
  const high = rescale(multiply(amount, range.high), amount.scale, 'up')
  return { low: low.mantissa < amount.mantissa ? low : amount, high: high.mantissa > amount.mantissa ? high : amount }
}
