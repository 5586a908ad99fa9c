import { compare } from '../decimal/arithmetic.ts'
import { decimal, toText, zero } from '../decimal/decimal.ts'
import { binanceRegimes } from '../rules/binance-regime.ts'
import { isoInstant } from '../time/instant.ts'
import type { Objection, SeenCharge } from './evidence.ts'
import { principalOf } from './finding-of.ts'

const limited = binanceRegimes.findIndex(({ name }) => name === 'usdt-beyond-200000')
const limitedFrom = binanceRegimes[limited]?.from ?? Number.POSITIVE_INFINITY
const limitedTo = binanceRegimes[limited + 1]?.from ?? Number.POSITIVE_INFINITY
const limit = decimal('200000')

/** Whether the regime at that instant leaves anything free by what the row alone tells. */
export function isLimitedRegime(at: number): boolean {
  return limitedFrom <= at && at < limitedTo
}

/**
 * What the regime in force never charges: between 2023-02-27 and 2025-05-17 anything but USDT, and USDT up to 200,000
 * (facts A4.1).
 */
export function regimeObjection(charge: SeenCharge): Objection | undefined {
  if (charge.exchange !== 'binance' || !isLimitedRegime(charge.at)) return undefined
  if (charge.history === 'margin-charges' && charge.type !== 'PORTFOLIO') return undefined
  const principal = principalOf(charge)
  const { asset } = charge.series
  if (asset === 'USDT' && compare(principal, limit) > 0) return undefined
  const rule = `from ${isoInstant(limitedFrom)} to ${isoInstant(limitedTo)} only USDT beyond ${toText(limit)} in the UM wallet was charged`
  return Object.freeze({
    verdict: 'not-due',
    due: { low: zero, high: zero },
    sentence: `${asset} at ${isoInstant(charge.at)}: ${toText(principal)} was charged interest on, but ${rule}`,
    steps: [{ what: 'regime in force', how: rule, result: 'nothing was due', restsOn: 'facts A4.1' }],
  })
}
