import type { Holding } from './account.ts'
import type { KeptMovement } from './movement-log.ts'
import type { EngineEvent } from './record.ts'

/** What of the market moved; `loans` are terms of loans and lending pools. */
export type MarketMove = 'rates' | 'prices' | 'thresholds' | 'loans'

/**
 * Something that happens by itself as time passes: charges, Auto Repay, auto-exchange, forced repayment. What it has to
 * remember is plain data within the world's memory, never a private field: a snapshot is that memory, and nothing else.
 * What can be worked out from it may be kept in private fields and has to be made anew when the memory was restored.
 */
export interface Process {
  /** The next instant strictly after `now` at which it may act; infinite when it waits for nothing. */
  next(now: number): number
  /** Acts at `at`, when something is due; told of every instant at which it named itself due, others perhaps too. */
  fire(at: number): void
  /** What `fire` does, in pieces of a few milliseconds, where that may be much: then called instead of it. */
  pieces?(at: number): Generator<void>
  /** A balance of this holding changed. */
  touch(holding: Holding): void
  /** A movement was booked, and all of its posting with it; called after `touch`. */
  moved?(movement: KeptMovement): void
  marketMoved(moves: MarketMove): void
  /** Brings balances that it keeps elsewhere up to date; called before anything reads or changes a balance. */
  settle?(): void
  /** What it remembers, as text in a fixed order, for the digest. */
  lines(): Iterable<string>
}

/** Tells those who subscribed; does nothing during a replay. */
export type Tell = (event: EngineEvent) => void
