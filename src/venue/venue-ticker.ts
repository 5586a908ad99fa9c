import type { Clock } from '../time/clock.ts'
import type { VenueClock } from './venue-clock.ts'

interface Options {
  readonly real: Clock
  readonly clock: Pick<VenueClock, 'catchUp' | 'realMsUntilDue'>
  /** Told once of each fault that keeps it from firing, until it fires again. */
  readonly onFault: (error: unknown) => void
}

/** However fast the clock runs, it fires at most this often, several boundaries at a time. */
const shortestPauseMs = 20
/** Between two slices of what is left, so that requests come through. */
const breathMs = 1
const pauseAfterFaultMs = 1_000

/**
 * Fires what is due on a running clock when it is due, although nobody asks. It waits for the next boundary, not for
 * every moment, and never keeps the process alive.
 */
export class VenueTicker {
  readonly #options: Options
  #round = new AbortController()
  #isLooking = false
  #isStopped = false
  #isFaulty = false
  #firedAt = Number.NEGATIVE_INFINITY

  constructor(options: Options) {
    this.#options = options
    void this.#run()
  }

  /** Something changed: what is due next may be due sooner. Looks once the code that runs now is done. */
  look(): void {
    if (this.#isLooking) return
    this.#isLooking = true
    queueMicrotask(() => {
      this.#isLooking = false
      this.#round.abort()
    })
  }

  stop(): void {
    this.#isStopped = true
    this.#round.abort()
  }

  async #run(): Promise<void> {
    let isCaughtUp = true
    while (!this.#isStopped) {
      this.#round = new AbortController()
      const { signal } = this.#round
      await this.#pause(isCaughtUp, signal)
      if (this.#isStopped) return
      // Woken to look again, not because anything is due.
      if (!signal.aborted) isCaughtUp = this.#fire()
    }
  }

  #fire(): boolean {
    try {
      const isCaughtUp = this.#options.clock.catchUp()
      this.#firedAt = this.#options.real.now()
      this.#isFaulty = false
      return isCaughtUp
    } catch (error) {
      this.#fault(error)
      return true
    }
  }

  /** An engine that could not be made anew after a fault says so of every question. */
  #untilDueMs(): number {
    try {
      return this.#options.clock.realMsUntilDue()
    } catch (error) {
      this.#fault(error)
      return 0
    }
  }

  #fault(error: unknown): void {
    if (!this.#isFaulty) this.#options.onFault(error)
    this.#isFaulty = true
  }

  async #pause(isCaughtUp: boolean, signal: AbortSignal): Promise<void> {
    const { real } = this.#options
    const untilDueMs = this.#untilDueMs()
    const sinceFiredMs = Math.max(real.now() - this.#firedAt, 0)
    const ms = this.#isFaulty ? pauseAfterFaultMs : isCaughtUp ? Math.max(untilDueMs, shortestPauseMs - sinceFiredMs) : breathMs
    const aborted = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
    if (untilDueMs === Number.POSITIVE_INFINITY) return aborted
    if (ms <= 0) return
    await Promise.race([aborted, real.wait(ms, signal, { background: true }).catch(() => undefined)])
  }
}
