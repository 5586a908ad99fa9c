import { maximum, minimum, subtract } from '../decimal/arithmetic.ts'
import { type Decimal, zero } from '../decimal/decimal.ts'
import { type Debt, debtOf } from '../rules/debt.ts'
import { chargeCadence, periodsPerDay } from './charge-cadence.ts'
import { type Expected, expectedOf, type HorizonName, horizons } from './expected.ts'
import { owingIn } from './owed.ts'
import { chargesBetween, type Played } from './play.ts'
import type { PlayedAutoExchange, PlayedCharge } from './play-event.ts'
import type { PlayFacts } from './play-facts.ts'
import { crossLiability } from './play-okx.ts'
import { amountOfUnits, type FreeAmount, type PlayState } from './play-state.ts'
import { type CurrentRate, currentRate, rateHistoryMs } from './rate-history.ts'
import { type RateRange, type RateSeries, rateRange, rateSeries } from './rate-range.ts'
import { type RepaySaving, repaySavings } from './repay-saving.ts'
import type { MaximumThreshold } from './thresholds.ts'

/** What is to come for one asset of an account. */
export interface AssetForecast {
  readonly account: string
  readonly exchange: 'binance' | 'okx'
  readonly asset: string
  /** As the newest balances tell it, not played forward: the same on every face. */
  readonly debt: Debt
  /** Principal of the margin loan, on OKX of VIP loans; zero where there is none, or none is known. */
  readonly loan: Decimal
  /** What charges and thresholds look at (`Owing`), now. */
  readonly negativeBalance: Decimal
  /** Binance: what of the principal free cross margin of the same asset could repay now. */
  readonly coverable: Decimal
  readonly rate: CurrentRate | undefined
  readonly nextChargeAt: number | undefined
  readonly nextCharge: Expected | undefined
  /** What is charged within a day, 7 and 30 days if nothing but the exchange acts. The first is what a day costs, on every face. */
  readonly within: Readonly<Record<HorizonName, Expected>>
  /** Where each range comes from; `undefined` where the rate's history is too short. */
  readonly ranges: Readonly<Record<HorizonName, RateRange | undefined>>
  /** How many periods of the last 90 days have a known rate, and how long a period is. */
  readonly observations: number
  readonly observedEvery: 'hour' | 'day'
  /** What of the debt is free of interest, and how much more may be owed without interest; negative beyond it. */
  readonly freePart: { readonly amount: Decimal; readonly known: FreeAmount['known'] }
  readonly toFree: Decimal | undefined
  readonly maximumThreshold: MaximumThreshold | undefined
  /** How much more may be owed before auto-exchange; negative when it is due. */
  readonly toAutoExchange: Decimal | undefined
  /** The first auto-exchange that is foreseen. */
  readonly autoExchange: PlayedAutoExchange | undefined
  readonly savings: readonly RepaySaving[]
}

export interface AssetQuestion {
  readonly facts: PlayFacts
  readonly start: PlayState
  /** The state of now. */
  readonly present: PlayState
  readonly played: Played
  readonly asset: string
  readonly now: number
}

export function assetForecast(question: AssetQuestion): AssetForecast {
  const { facts, start, present, played, asset, now } = question
  const { account, balancesAt } = facts
  const charges = chargesBetween(played, now, Number.POSITIVE_INFINITY).filter((charge) => charge.asset === asset)
  const [first] = charges
  const series = seriesOf(facts, asset, now)
  const ranges = rangesOf(facts, series, asset, first)
  const owing = owingIn(present, asset)
  const balance = facts.balances.find((each) => each.asset === asset)
  const debt = balance === undefined ? owing.debt : debtOf(account.exchange, balance)
  const freePart = freePartOf(present, asset)
  const maximumThreshold = facts.maximums.get(asset)
  return Object.freeze({
    account: account.label,
    exchange: account.exchange,
    asset,
    debt,
    loan: owing.loan,
    negativeBalance: owing.negativeBalance,
    coverable: account.exchange === 'binance' ? minimum(debt.principal, maximum(balance?.free ?? zero, zero)) : zero,
    rate: currentRate(facts.rates.get(asset)),
    nextChargeAt: first?.at,
    nextCharge: first && expectedOf(chargesAt(charges, first.at), rateRange(series, { distance: lagOf(facts, asset, first), length: 1 })),
    within: byHorizon(({ name, ms }) =>
      expectedOf(
        charges.filter(({ at }) => at <= now + ms),
        ranges[name],
      ),
    ),
    ranges,
    observations: series.filter((each) => each !== undefined).length,
    observedEvery: periodsPerDay(account) === 1 ? 'day' : 'hour',
    freePart,
    toFree: freePart.known === 'unknown' ? undefined : subtract(freePart.amount, sharingFree(present, asset)),
    maximumThreshold,
    toAutoExchange: maximumThreshold === undefined ? undefined : subtract(maximumThreshold.amount, owing.negativeBalance),
    autoExchange: played.events.find(
      (event): event is PlayedAutoExchange => event.kind === 'auto-exchange' && event.asset === asset && event.at > now,
    ),
    savings: repaySavings({ account: account.label, asset, state: start, from: balancesAt ?? now, now }),
  })
}

/** The rates of each period of the last 90 days. */
export function seriesOf({ account, rates }: PlayFacts, asset: string, now: number): RateSeries {
  return rateSeries(rates.get(asset) ?? { charged: [], published: [] }, chargeCadence(account), now - rateHistoryMs, now)
}

/** How many periods after the newest known rate a charge falls; 1 or more. */
export function lagOf({ account, rates }: PlayFacts, asset: string, { at }: PlayedCharge): number {
  const known = currentRate(rates.get(asset))?.at ?? at
  return Math.max(1, Math.ceil((at - known) / chargeCadence(account).everyMs))
}

function rangesOf(facts: PlayFacts, series: RateSeries, asset: string, first: PlayedCharge | undefined) {
  const distance = first === undefined ? 1 : lagOf(facts, asset, first)
  return byHorizon(({ days }) => rateRange(series, { distance, length: days * periodsPerDay(facts.account) }))
}

function byHorizon<Value>(make: (horizon: (typeof horizons)[number]) => Value): Readonly<Record<HorizonName, Value>> {
  return Object.freeze(Object.fromEntries(horizons.map((horizon) => [horizon.name, make(horizon)])) as Record<HorizonName, Value>)
}

function chargesAt(charges: readonly PlayedCharge[], at: number): readonly PlayedCharge[] {
  return charges.filter((charge) => charge.at === at)
}

function freePartOf(state: PlayState, asset: string): AssetForecast['freePart'] {
  const holding = state.exchange === 'binance' ? state.holdings.get(asset)?.freePart : state.holdings.get(asset)?.quota
  const { amount, known } = holding ?? { amount: 0n, known: 'unknown' as const }
  return { amount: amountOfUnits(amount, state.exchange), known }
}

/** What the free part is held against: on Binance all that is owed, on OKX what shares the quota (facts A4.2, B4). */
function sharingFree(state: PlayState, asset: string): Decimal {
  if (state.exchange === 'binance') return owingIn(state, asset).negativeBalance
  const holding = state.holdings.get(asset)
  return amountOfUnits(holding === undefined ? 0n : crossLiability(holding).sharingQuota, 'okx')
}
