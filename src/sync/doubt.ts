import type { Stream } from '../book/record.ts'
import type { Interval } from '../time/interval.ts'

/** What a witness says against a history that was proven. */
export interface Doubt {
  readonly stream: Stream
  /** What is no longer proven; `undefined` where every row is there, but not alike. */
  readonly span: Interval | undefined
  readonly at: number
  readonly row: string
  readonly came: string
  readonly sentence: string
}
