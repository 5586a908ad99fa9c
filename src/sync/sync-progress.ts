import type { Stream } from '../book/record.ts'
import type { Interval } from '../time/interval.ts'
import type { SyncOutcome } from './sync-outcome.ts'

/** The newest month of every account and stream comes first, everything older after it. */
export type SyncPhase = 'recent' | 'older'

/** What a sync tells while it runs. That it waits for a budget is told by the client's own events. */
export type SyncProgress =
  | { readonly kind: 'balances'; readonly account: string; readonly assets: number }
  | {
      readonly kind: 'page'
      readonly account: string
      readonly stream: Stream
      readonly phase: SyncPhase
      /** Pages and rows of this stream so far in this sync, this page included. */
      readonly pages: number
      readonly rows: number
      readonly added: number
      /** What this page proved. */
      readonly proven: Interval
      /** Share of the stream's wanted and settled history that is proven by now, 0 to 1. */
      readonly provenFraction: number
    }
  | { readonly kind: 'phase-done'; readonly account: string; readonly phase: SyncPhase }
  | { readonly kind: 'done'; readonly account: string; readonly outcome: SyncOutcome }
