import type { Interval } from '../../time/interval.ts'

/** One step of a walk: rows newest first, and the interval in which there are no others. */
export interface HistoryPage<Row> {
  readonly rows: readonly Row[]
  /** Half-open: every row in it is in `rows`. Disjoint from that of every other page of the walk. */
  readonly proven: Interval
  /** Endpoint and parameters, without secrets. */
  readonly request: string
  /** The exchange's time when it was asked, epoch ms: rows that it showed only later are not among these. */
  readonly askedAt: number
  /** When the reply came, by the client's clock, epoch ms. */
  readonly receivedAt: number
}

/** What every walk takes. */
export interface WalkOptions {
  /** Which part of the history; rows outside it are not yielded. */
  readonly within: Interval
  readonly signal?: AbortSignal | undefined
  /** Rows asked for at once; default the most the exchange gives. */
  readonly pageSize?: number | undefined
}
