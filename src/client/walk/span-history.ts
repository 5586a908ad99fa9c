import type { Retention } from '../../histories/history.ts'
import type { Clock } from '../../time/clock.ts'
import type { Interval } from '../../time/interval.ts'

/** What one request for a span of a history brought. */
export interface SpanReply<Row> {
  readonly rows: readonly Row[]
  /** How many rows the reply says its span has, where it says so. */
  readonly total?: number | undefined
  readonly request: string
}

/** A part of a span that was told apart otherwise: everything in it was shown. */
export interface SplitReply {
  readonly proven: Interval
  readonly request: string
}

/** One instant whose rows no filter tells apart. */
export interface SplitDoubt {
  readonly came: string
  readonly request: string
}

/** Takes the rows of every reply as it comes, so that a request which fails loses none that came before it. */
export type Show<Row> = (rows: readonly Row[]) => void

/** A history of an exchange as a walk asks for it, span by span. */
export interface SpanHistory<Row> {
  /** The endpoint's name, for what is said of it. */
  readonly endpoint: string
  readonly order: 'newest-first' | 'oldest-first'
  /** The longest span one request may ask for. */
  readonly windowMaxMs: number
  /** The most rows one reply brings; infinite where only `total` tells that some were left out. */
  readonly pageSize: number
  /** Whether a request has a lower bound; without one, a smaller span brings no smaller page. */
  readonly isBounded: boolean
  /** No row is older than the exchange; epoch ms. */
  readonly openedAt: number
  /** How far back the exchange keeps rows by the shortest that any source states, and by the longest. */
  readonly retention?: Retention | undefined
  /** Before it the exchange does not know the endpoint, so that the history is empty up to now; epoch ms. */
  readonly since?: number | undefined
  /** Instants at which windows end, however long they may be. */
  readonly cuts?: readonly number[] | undefined
  instantOf(row: Row): number
  /** Whether a row belongs to what a request for a span asks for; by default if its instant lies within what the bounds say. */
  answers?(row: Row, span: Interval): boolean
  /** One request, or several that only together answer for the span. */
  ask(span: Interval): Promise<readonly SpanReply<Row>[]>
  /**
   * For a span at whose open end one instant fills a page by itself: shows the rows of a part of it that begins at that end,
   * told apart by filters or pages; a doubt where they cannot be.
   */
  split(span: Interval, tied: readonly Row[], show: Show<Row>): Promise<SplitReply | SplitDoubt>
}

/** The part of every client that a walk uses. */
export interface WalkClient {
  readonly clock: Clock
  serverNow(): number
}
