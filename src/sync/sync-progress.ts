import type { Stream } from '../book/record.ts'
import type { Interval } from '../time/interval.ts'
import type { SyncOutcome } from './sync-outcome.ts'
import type { Urgency } from './urgency.ts'

/** The newest month of every account and stream comes first, everything older after it. */
export type SyncPhase = 'recent' | 'older'

export function phaseOf(urgency: Urgency): SyncPhase {
  return urgency === 3 ? 'older' : 'recent'
}

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
  /** Another run syncs the account; this one waits until that has ended, or until its lease has run out, epoch ms. */
  | { readonly kind: 'waiting'; readonly account: string; readonly holder: string; readonly until: number }
  /** Histories that exist, but cannot be asked for: told once, before the first request for a history. */
  | { readonly kind: 'left-out'; readonly account: string; readonly histories: string; readonly reason: string }
  /** How many requests one stream is expected to need from here on. */
  | { readonly kind: 'stream-left'; readonly account: string; readonly stream: Stream; readonly requests: number }
  /** How many requests all accounts need from here on, and how long they take. */
  | { readonly kind: 'left'; readonly requests: number; readonly durationMs: number }
  | { readonly kind: 'phase-done'; readonly account: string; readonly phase: SyncPhase }
  | { readonly kind: 'done'; readonly account: string; readonly outcome: SyncOutcome }
