import { decimalOf } from '../decimal/decimal.ts'
import { binanceRegimeAt } from '../rules/binance-regime.ts'
import { interestOn } from '../rules/interest.ts'
import type { Certainty, PlayedCharge } from './play-event.ts'
import { amountOfUnits, type BinanceHolding, type FreeAmount, totalOf } from './play-state.ts'

/** What the charge of an instant would be computed on, by the regime of the day (facts A4.1). */
export function chargedPrincipal(holding: BinanceHolding, at: number): bigint {
  const { asset, um, freePart } = holding
  return binanceRegimeAt(at).principal({ asset, total: totalOf(holding), um, freeThreshold: freePart.amount })
}

/** The daily charge of a negative balance; `undefined` when nothing is charged. */
export function negativeBalanceCharge(holding: BinanceHolding, at: number): PlayedCharge | undefined {
  const principal = chargedPrincipal(holding, at)
  if (principal === 0n) return undefined
  return chargeOn(holding, principal, at, {
    of: 'negative-balance',
    position: '',
    periods: 1n,
    certainty: certaintyOf[holding.freePart.known],
  })
}

/** The hourly charge of a margin loan, and the hour that is charged when it is borrowed (facts A5). */
export function marginLoanCharge(holding: BinanceHolding, principal: bigint, at: number): PlayedCharge | undefined {
  if (principal === 0n) return undefined
  return chargeOn(holding, principal, at, { of: 'margin-loan', position: 'margin-loan', periods: 24n, certainty: 'exact' })
}

const certaintyOf: Readonly<Record<FreeAmount['known'], Certainty>> = Object.freeze({
  exact: 'exact',
  earlier: 'about',
  'at-least': 'at-most',
  unknown: 'at-most',
})

interface Manner {
  readonly of: PlayedCharge['of']
  readonly position: string
  readonly periods: 1n | 24n
  readonly certainty: Certainty
}

function chargeOn({ asset, rateDaily }: BinanceHolding, principal: bigint, at: number, manner: Manner): PlayedCharge {
  const { of, position, periods, certainty } = manner
  const interest = rateDaily === undefined ? undefined : amountOfUnits(interestOn(principal, rateDaily, periods), 'binance')
  return Object.freeze({
    kind: 'charge',
    of,
    at,
    asset,
    position,
    principal: amountOfUnits(principal, 'binance'),
    rateDaily,
    interest,
    certainty,
  })
}

/** The holding with the interest of a charge added to what is unpaid. */
export function owing(holding: BinanceHolding, charge: PlayedCharge | undefined): BinanceHolding {
  const { mantissa } = charge?.interest ?? decimalOf(0n)
  return { ...holding, interest: holding.interest + mantissa }
}
