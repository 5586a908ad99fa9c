import type { Interval } from '../../time/interval.ts'
import type { StrayRow } from './stray-rows.ts'

/** Why a span of a history could not be proven, although it was asked for more than once. */
export interface PageDoubt {
  /**
   * `total`: a reply counted other rows than it brought; `order`: a full page came in no order, so that what it left out is
   * unknown; `tie`: more rows share one instant than a page holds, and no filter tells them apart; `outside`: a reply brought
   * rows that were not asked for, so that what it left out is unknown.
   */
  readonly kind: 'total' | 'order' | 'tie' | 'outside'
  /** What is not proven. */
  readonly span: Interval
  /** What the reply said, with its figures. */
  readonly came: string
  /** Endpoint and parameters, without secrets. */
  readonly request: string
}

/** One step of a walk: rows newest first, and the interval in which there are no others. */
export interface HistoryPage<Row> {
  readonly rows: readonly Row[]
  /** Half-open: every row in it is in `rows`. Disjoint from that of every other page of the walk; empty where nothing is proven. */
  readonly proven: Interval
  /**
   * Rows outside of it that were asked for and shown as well, and that another page need not show again: an exchange may have
   * kept them back when their own span was proven.
   */
  readonly besides?: readonly Row[] | undefined
  /** Rows that were shown and cannot be: they were not asked for, or are of a time in which there were none. Not among the others. */
  readonly strays?: readonly StrayRow<Row>[] | undefined
  /** Endpoint and parameters, without secrets. */
  readonly request: string
  /** The exchange's time when it was asked, epoch ms: rows that it showed only later are not among these. */
  readonly askedAt: number
  /** When the reply came, by the client's clock, epoch ms. */
  readonly receivedAt: number
  /** Only where the page leaves a span unproven. */
  readonly doubt?: PageDoubt | undefined
}

/** What every walk takes. */
export interface WalkOptions {
  /** Which part of the history; rows outside it are told only beside the others. */
  readonly within: Interval
  readonly signal?: AbortSignal | undefined
  /** Rows asked for at once; default the most the exchange gives. */
  readonly pageSize?: number | undefined
}
