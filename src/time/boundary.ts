import { dayMs, hourMs } from './units.ts'

/** A repeating instant of accrual: every `everyMs`, shifted by `offsetMs` from the epoch. */
export interface Cadence {
  readonly everyMs: number
  readonly offsetMs: number
}

export const everyHour: Cadence = Object.freeze({ everyMs: hourMs, offsetMs: 0 })
export const everyDayAtMidnightUtc: Cadence = Object.freeze({ everyMs: dayMs, offsetMs: 0 })

/** The last boundary at or before `instant`. */
export function boundaryAtOrBefore(instant: number, cadence: Cadence): number {
  const { everyMs, offsetMs } = cadence
  return Math.floor((instant - offsetMs) / everyMs) * everyMs + offsetMs
}

/** The first boundary strictly after `instant`. */
export function nextBoundary(instant: number, cadence: Cadence): number {
  return boundaryAtOrBefore(instant, cadence) + cadence.everyMs
}

/** Every boundary in `(after, until]`, in order: those a clock crosses when it moves from one to the other. */
export function* boundariesCrossed(after: number, until: number, cadence: Cadence): Generator<number> {
  for (let next = nextBoundary(after, cadence); next <= until; next += cadence.everyMs) yield next
}
