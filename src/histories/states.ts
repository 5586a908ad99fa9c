import { type Exchange, openedAt } from '../rules/exchange.ts'
import { type Interval, interval } from '../time/interval.ts'
import { difference, type IntervalSet, intersection, intervalSet, union } from '../time/interval-set.ts'
import type { HistoryEntry } from './history.ts'
import { reachableFrom } from './wanted.ts'

/**
 * What is known of each instant of a history. Disjoint, each ascending, together the whole of what was asked: an instant is
 * proven, unproven (a sync or a file may still bring it), lost (nothing documented brings it any more) or not yet (its rows
 * may not be shown so soon).
 */
export interface HistoryStates {
  readonly proven: IntervalSet
  readonly unproven: IntervalSet
  readonly lost: IntervalSet
  readonly notYet: IntervalSet
}

export interface StatesQuestion {
  readonly exchange: Exchange
  readonly history: HistoryEntry
  /** What is proven of the history, at any time. */
  readonly held: Iterable<Interval>
  readonly asked: Interval
  /** Epoch ms, by the exchange's clock. */
  readonly now: number
}

/** The one place that says in which state an instant is. */
export function statesOver({ exchange, history, held, asked, now }: StatesQuestion): HistoryStates {
  const whole = intervalSet([asked])
  // Nothing can have happened before there was an exchange.
  const known = union(held, before(openedAt[exchange], asked))
  const open = difference(whole, known)
  const notYet = intersection(open, from(now - history.settleMs, asked))
  const past = difference(open, notYet)
  const lost = intersection(past, before(reachableFrom(history, now), asked))
  return Object.freeze({ proven: intersection(known, whole), unproven: difference(past, lost), lost, notYet })
}

function before(instant: number, asked: Interval): IntervalSet {
  return asked.from < instant ? intervalSet([interval(asked.from, Math.min(instant, asked.to))]) : []
}

function from(instant: number, asked: Interval): IntervalSet {
  return instant < asked.to ? intervalSet([interval(Math.max(instant, asked.from), asked.to)]) : []
}
