import { isZero, subtract, sum } from '../decimal/arithmetic.ts'
import type { Decimal } from '../decimal/decimal.ts'
import { zero } from '../decimal/decimal.ts'
import type { AccountForecast } from './account-forecast.ts'
import { type HorizonName, horizonMs, horizons } from './expected.ts'
import { type Owing, owingIn } from './owed.ts'
import { chargesBetween, type Played, play } from './play.ts'
import type { PlayedAction, PlayedAutoExchange, PlayedCharge } from './play-event.ts'
import { stateWithKnownRates } from './state-with-rates.ts'
import type { WhatIfAction } from './what-if-action.ts'

/** One charge as it would come without and with the actions; `undefined` interest where no rate is known, zero where none is charged. */
export interface ChargeDifference {
  readonly account: string
  readonly at: number
  readonly asset: string
  readonly position: string
  readonly without: Decimal | undefined
  readonly with: Decimal | undefined
  /** Positive where less is charged. */
  readonly avoided: Decimal | undefined
  readonly certainty: PlayedCharge['certainty']
}

/** What becomes of one asset. */
export interface AssetDifference {
  readonly account: string
  readonly asset: string
  /** What is owed right after the last action, and at the end of the 30 days: without and with the actions. */
  readonly owedAfter: { readonly without: Owing; readonly with: Owing }
  readonly owedAtEnd: { readonly without: Owing; readonly with: Owing }
  readonly avoided: Readonly<Record<HorizonName, Decimal | undefined>>
  /** The first auto-exchange without and with the actions. */
  readonly exchangeWithout: PlayedAutoExchange | undefined
  readonly exchangeWith: PlayedAutoExchange | undefined
}

/** One account played both ways. */
export interface WhatIf {
  readonly account: string
  readonly done: readonly PlayedAction[]
  readonly without: Played
  readonly with: Played
  /** Charges that differ, oldest first. */
  readonly charges: readonly ChargeDifference[]
  readonly assets: readonly AssetDifference[]
}

/**
 * Plays an account with and without what the user would do.
 * @throws `forecast.nothing-owed`, `forecast.not-there` for an action that could not be done
 */
export function whatIf(forecast: AccountForecast, actions: readonly WhatIfAction[], now: number): WhatIf {
  const { facts, balancesAt = now } = forecast
  const { label } = forecast.account
  const start = { state: stateWithKnownRates(forecast.start, facts), from: balancesAt, until: now + horizonMs }
  const without = play(start)
  const played = play({ ...start, actions })
  // The exchange's clock may be ahead of ours: what is done now is done to the balances as they were told.
  const last = Math.max(now, balancesAt, ...actions.map(({ at }) => at))
  const then = { without: play({ ...start, until: last }).state, with: play({ ...start, until: last, actions }).state }
  const charges = differences(label, chargesBetween(without, now, start.until), chargesBetween(played, now - 1, start.until))
  const assets = [...new Set([...actions.map(({ asset }) => asset), ...charges.map(({ asset }) => asset)])].sort()
  return Object.freeze({
    account: label,
    done: played.events.filter((event): event is PlayedAction => event.kind === 'action'),
    without,
    with: played,
    charges,
    assets: assets.map((asset) =>
      Object.freeze({
        account: label,
        asset,
        owedAfter: { without: owingIn(then.without, asset), with: owingIn(then.with, asset) },
        owedAtEnd: { without: owingIn(without.state, asset), with: owingIn(played.state, asset) },
        avoided: avoidedWithin(
          charges.filter((charge) => charge.asset === asset),
          now,
        ),
        exchangeWithout: firstExchange(without, asset, now),
        exchangeWith: firstExchange(played, asset, now),
      }),
    ),
  })
}

function avoidedWithin(charges: readonly ChargeDifference[], now: number): AssetDifference['avoided'] {
  const within = (ms: number) => {
    const due = charges.filter(({ at }) => at <= now + ms)
    return due.some(({ avoided }) => avoided === undefined) ? undefined : sum(due.flatMap(({ avoided }) => avoided ?? []))
  }
  return Object.freeze(Object.fromEntries(horizons.map(({ name, ms }) => [name, within(ms)])) as Record<HorizonName, Decimal | undefined>)
}

function differences(account: string, before: readonly PlayedCharge[], after: readonly PlayedCharge[]): readonly ChargeDifference[] {
  const pairs = new Map<string, { without?: PlayedCharge; with?: PlayedCharge }>()
  // An action may lead to a charge of its own at the instant of another: the hour that borrowing begins.
  const place = (charge: PlayedCharge, side: 'without' | 'with') => {
    for (let copy = 0; ; copy++) {
      const key = `${charge.at} ${charge.asset} ${charge.position} ${copy}`
      const pair = pairs.get(key) ?? {}
      if (pair[side] !== undefined) continue
      pairs.set(key, { ...pair, [side]: charge })
      return
    }
  }
  for (const charge of before) place(charge, 'without')
  for (const charge of after) place(charge, 'with')
  return [...pairs.values()]
    .flatMap((pair) => differenceOf(account, pair) ?? [])
    .sort((left, right) => left.at - right.at || (left.asset < right.asset ? -1 : 1))
}

function differenceOf(account: string, pair: { without?: PlayedCharge; with?: PlayedCharge }): ChargeDifference | undefined {
  const charge = pair.without ?? pair.with
  if (charge === undefined) return undefined
  const interestOf = (each: PlayedCharge | undefined) => (each === undefined ? zero : each.interest)
  const without = interestOf(pair.without)
  const with_ = interestOf(pair.with)
  const avoided = without === undefined || with_ === undefined ? undefined : subtract(without, with_)
  if (avoided !== undefined && isZero(avoided)) return undefined
  const { at, asset, position } = charge
  return Object.freeze({ account, at, asset, position, without, with: with_, avoided, certainty: (pair.with ?? charge).certainty })
}

function firstExchange({ events }: Played, asset: string, now: number): PlayedAutoExchange | undefined {
  return events.find((event): event is PlayedAutoExchange => event.kind === 'auto-exchange' && event.asset === asset && event.at > now)
}
