import { applyAction } from './play-action.ts'
import { nextOnBinance, playBinance } from './play-binance.ts'
import type { PlayedCharge, PlayedEvent } from './play-event.ts'
import { nextOnOkx, playOkx } from './play-okx.ts'
import type { PlayState } from './play-state.ts'
import type { WhatIfAction } from './what-if-action.ts'

export interface Play {
  readonly state: PlayState
  /** The instant of the state: only what comes strictly after it is played. */
  readonly from: number
  /** The last instant that is played. */
  readonly until: number
  /** In the order in which they are done where they fall on one instant. */
  readonly actions?: readonly WhatIfAction[]
}

export interface Played {
  /** In the order in which they happen. */
  readonly events: readonly PlayedEvent[]
  /** The account at `until`. */
  readonly state: PlayState
}

/**
 * Plays an account forward by the rules: charges, Auto Repay, auto-exchange, and what the user would do. Rates, prices and
 * positions stay as they are. At one instant the exchange comes first: who repays at 00:00 has been charged at 00:00.
 *
 * @throws `forecast.nothing-owed`, `forecast.not-there` for an action that could not be done
 */
export function play({ state: start, from, until, actions = [] }: Play): Played {
  const events: PlayedEvent[] = []
  const waiting = actions.filter(({ at }) => at <= until).sort((left, right) => left.at - right.at)
  let state = start
  let now = from
  for (;;) {
    const due = waiting[0] === undefined ? Number.POSITIVE_INFINITY : Math.max(waiting[0].at, now)
    const next = Math.min(nextOf(state, now), due)
    if (next > until) break
    if (next > now) {
      const played = fire(state, next)
      state = played.state
      events.push(...played.events)
      now = next
    }
    while (waiting[0] !== undefined && waiting[0].at <= now) {
      const acted = applyAction(state, waiting[0], now)
      waiting.shift()
      state = acted.state
      events.push(...acted.events)
    }
  }
  return Object.freeze({ events: Object.freeze(events), state })
}

/** The charges of a play after one instant, up to and with another. */
export function chargesBetween({ events }: Played, after: number, until: number): readonly PlayedCharge[] {
  return events.filter((event): event is PlayedCharge => event.kind === 'charge' && event.at > after && event.at <= until)
}

function nextOf(state: PlayState, after: number): number {
  return state.exchange === 'binance' ? nextOnBinance(state, after) : nextOnOkx(state, after)
}

function fire(state: PlayState, at: number): { readonly state: PlayState; readonly events: readonly PlayedEvent[] } {
  return state.exchange === 'binance' ? playBinance(state, at) : playOkx(state, at)
}
