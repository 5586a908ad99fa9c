import type { BalanceSnapshot, Charge, ExchangeRun } from '../book/record.ts'
import { compare, subtract } from '../decimal/arithmetic.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { boundaryAtOrBefore, everyDayAtMidnightUtc } from '../time/boundary.ts'
import { contains, type Interval } from '../time/interval.ts'

/**
 * What of a debt is free of interest, so far as the data prove it. `at-least`: the whole debt was left uncharged, so the
 * threshold is that or more. `learntAt` is the charge that showed it.
 */
export type FreePart =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'exact' | 'at-least'; readonly amount: Decimal; readonly learntAt: number }

export interface MaximumThreshold {
  readonly amount: Decimal
  /** The auto-exchange run that showed it. */
  readonly learntAt: number
}

const unknown: FreePart = Object.freeze({ kind: 'unknown' })

/**
 * Binance charges the part of a debt beyond a threshold it does not publish (facts A4.2). It is known exactly when the
 * balance has not changed since the last charge, as the principal is then what is owed less the threshold.
 */
export function binanceFreePart(balance: BalanceSnapshot, last: Charge | undefined, proven: readonly Interval[]): FreePart {
  const boundary = boundaryAtOrBefore(balance.takenAt, everyDayAtMidnightUtc)
  // An instant of 0 means that the exchange does not say when the balance changed (facts A3.1): it proves nothing.
  const unchangedSince = (instant: number) => balance.updatedAt > 0 && balance.updatedAt <= instant && instant <= balance.takenAt
  if (last !== undefined && last.at >= boundary && unchangedSince(last.at)) {
    return compare(last.principal, balance.owed) <= 0
      ? { kind: 'exact', amount: subtract(balance.owed, last.principal), learntAt: last.at }
      : unknown
  }
  const isUncharged = (last === undefined || last.at < boundary) && proven.some((span) => contains(span, boundary))
  return isUncharged && unchangedSince(boundary) ? { kind: 'at-least', amount: balance.owed, learntAt: boundary } : unknown
}

/** The threshold beyond which the exchange exchanges: what its newest record of that asset says. */
export function maximumThresholdOf(asset: string, runs: Iterable<ExchangeRun>): MaximumThreshold | undefined {
  let newest: MaximumThreshold | undefined
  for (const run of runs) {
    const detail = run.details.find((line) => line.asset === asset)
    if (detail === undefined || (newest !== undefined && newest.learntAt >= run.from)) continue
    newest = { amount: detail.maximumThreshold, learntAt: run.from }
  }
  return newest
}
