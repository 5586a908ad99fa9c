export interface WaitOptions {
  /** The process need not stay alive for it. */
  readonly background?: boolean
  /** It limits work that is under way and ends before it as a rule; a clock that only waiting moves stands still meanwhile. */
  readonly limitsWork?: boolean
}

/**
 * The only source of time. Instants are integer epoch milliseconds UTC.
 * `wait` resolves once the clock has moved on by `ms`, and rejects with the signal's reason when aborted.
 */
export interface Clock {
  now(): number
  /**
   * Whole ms since some beginning, to measure how long things take: it runs on evenly where `now` jumps because the
   * machine's clock is set. Left out by clocks that are never set.
   */
  steady?(): number
  wait(ms: number, signal?: AbortSignal, options?: WaitOptions): Promise<void>
}

/** The clock's even time, ms; only differences mean something. */
export function steadyNow(clock: Clock): number {
  return clock.steady?.() ?? clock.now()
}
