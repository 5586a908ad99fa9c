import { autoExchangeCheckEveryMs, autoExchangeFrom } from '../rules/auto-exchange.ts'
import { nextAutoRepay } from '../rules/auto-repay.ts'
import { nextBinanceCharge } from '../rules/binance-charge-instant.ts'
import { boundaryAtOrBefore, everyHour, nextBoundary } from '../time/boundary.ts'
import { autoExchange, awaitsExchange, repaidFromMargin } from './play-auto-exchange.ts'
import { marginLoanCharge, negativeBalanceCharge, owing } from './play-binance-charges.ts'
import type { PlayedAutoRepay, PlayedEvent } from './play-event.ts'
import { amountOfUnits, type BinanceHolding, type BinancePlayState, totalOf, withHolding } from './play-state.ts'

const never = Number.POSITIVE_INFINITY
/** The exchange looks about every ten minutes (facts A4.5); at which minutes is not known. */
const exchangeChecks = Object.freeze({ everyMs: autoExchangeCheckEveryMs, offsetMs: 0 })

/** The first instant strictly after `after` at which the exchange itself would do something with the account. */
export function nextOnBinance(state: BinancePlayState, after: number): number {
  const holdings = [...state.holdings.values()]
  const owes = holdings.some((holding) => totalOf(holding) < 0n || holding.um < 0n)
  return Math.min(
    owes ? nextBinanceCharge(after) : never,
    holdings.some(({ borrowed }) => borrowed > 0n) ? nextBoundary(after, everyHour) : never,
    state.autoRepay && holdings.some(isRepayable) ? nextAutoRepay(after) : never,
    holdings.some((holding) => awaitsExchange(state, holding))
      ? nextBoundary(Math.max(after, autoExchangeFrom - 1, state.exchangesFrom), exchangeChecks)
      : never,
  )
}

/** What the exchange does at an instant: charges first, then Auto Repay, then auto-exchange. */
export function playBinance(
  before: BinancePlayState,
  at: number,
): { readonly state: BinancePlayState; readonly events: readonly PlayedEvent[] } {
  const charged = charge(before, at)
  const repaid = autoRepay(charged.state, at)
  if (boundaryAtOrBefore(at, exchangeChecks) !== at || at <= repaid.state.exchangesFrom || at < autoExchangeFrom) {
    return { state: repaid.state, events: [...charged.events, ...repaid.events] }
  }
  const exchanged = autoExchange(repaid.state, at)
  return { state: exchanged.state, events: [...charged.events, ...repaid.events, ...exchanged.events] }
}

function charge(before: BinancePlayState, at: number): { readonly state: BinancePlayState; readonly events: readonly PlayedEvent[] } {
  const isDaily = nextBinanceCharge(at - 1) === at
  const isHourly = boundaryAtOrBefore(at, everyHour) === at
  const events: PlayedEvent[] = []
  let { holdings } = before
  for (const holding of before.holdings.values()) {
    const charges = [
      isDaily ? negativeBalanceCharge(holding, at) : undefined,
      isHourly ? marginLoanCharge(holding, holding.borrowed, at) : undefined,
    ].flatMap((played) => played ?? [])
    if (charges.length === 0) continue
    events.push(...charges)
    holdings = withHolding(holdings, charges.reduce(owing, holding))
  }
  return { state: { ...before, holdings }, events }
}

/** What is free in cross margin repays the negative futures wallets of the same asset (facts A4.4). */
function autoRepay(
  before: BinancePlayState,
  at: number,
): { readonly state: BinancePlayState; readonly events: readonly PlayedAutoRepay[] } {
  if (!before.autoRepay || nextAutoRepay(at - 1) !== at) return { state: before, events: [] }
  const events: PlayedAutoRepay[] = []
  let { holdings } = before
  for (const holding of before.holdings.values()) {
    if (!isRepayable(holding)) continue
    const after = repaidFromMargin(holding, 0n)
    holdings = withHolding(holdings, after)
    events.push(Object.freeze({ kind: 'auto-repay', at, asset: holding.asset, moved: amountOfUnits(holding.free - after.free, 'binance') }))
  }
  return { state: { ...before, holdings }, events }
}

function isRepayable({ free, um, cm }: BinanceHolding): boolean {
  return free > 0n && (um < 0n || cm < 0n)
}
