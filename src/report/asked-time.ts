import { type Interval, interval } from '../time/interval.ts'

/** The beginning of a span asked for without one: the year 1, whose days still sort as text. */
export const openStart = -62_135_596_800_000
/** The end of a span asked for without one: midnight before the last day of the year 9999. */
export const openEnd = 253_402_214_400_000

/** All time: everything that is wanted, as of the last sync. */
export const allTime: Interval = interval(openStart, openEnd)

export function isOpenStart({ from }: Interval): boolean {
  return from <= openStart
}

export function isOpenEnd({ to }: Interval): boolean {
  return to >= openEnd
}
