import { dayMs } from '../time/units.ts'
import type { HistoryEntry } from './history.ts'

/** From where on a history is wanted when nothing else is said, epoch ms; not where retention alone says it. */
export function beginsAt({ begins, beginsBeforeAddedMs }: HistoryEntry, addedAt: number): number | undefined {
  return begins ?? (beginsBeforeAddedMs === undefined ? undefined : addedAt - beginsBeforeAddedMs)
}

/**
 * Where the history begins that is asked about when nobody says since when, epoch ms. A history that the exchange keeps for a
 * while begins at the first whole day that the first sync could reach, whenever on the day after adding the account it ran.
 */
export function wantedFrom(history: HistoryEntry, addedAt: number): number {
  const { retention } = history
  if (retention === undefined) return beginsAt(history, addedAt) ?? addedAt
  return Math.ceil((addedAt - retention.shortestMs) / dayMs + 1) * dayMs
}

/** How far back a sync may ask at `now`: further back no source says that there is an answer. Epoch ms. */
export function answeredFrom({ retention }: HistoryEntry, now: number): number {
  return retention === undefined ? 0 : now - retention.longestMs
}

/** Older rows are lost: neither the endpoint nor another documented way has them any more. Epoch ms. */
export function reachableFrom({ retention, otherWay }: HistoryEntry, now: number): number {
  if (retention === undefined) return Number.NEGATIVE_INFINITY
  const byFile = Math.min(otherWay?.since ?? now, now - (otherWay?.reachMs ?? 0))
  return Math.min(now - retention.longestMs, byFile)
}
