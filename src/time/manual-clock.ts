import { fail } from '../errors/overdraft-error.ts'
import type { Clock } from './clock.ts'

interface Waiter {
  readonly due: number
  readonly wake: () => void
}

/**
 * A clock that moves only when told to, for tests and simulations. Those who wait are woken in order of
 * their instant; after each instant, pending promises run before the clock moves on.
 *
 * @example const clock = new ManualClock(0); await clock.advanceBy(1_000)
 */
export class ManualClock implements Clock {
  #now: number
  #setAheadMs = 0
  #waiters: Waiter[] = []

  constructor(now: number) {
    this.#now = now
  }

  now(): number {
    return this.#now + this.#setAheadMs
  }

  steady(): number {
    return this.#now
  }

  /** Sets the clock ahead or (negative) back, as a machine's clock is set: no time passes, nobody is woken. */
  setBy(ms: number): void {
    this.#setAheadMs += ms
  }

  /** How many are waiting. */
  get waiting(): number {
    return this.#waiters.length
  }

  wait(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      if (ms <= 0) return resolve()
      const stop = () => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter)
        reject(signal?.reason)
      }
      const wake = () => {
        signal?.removeEventListener('abort', stop)
        resolve()
      }
      const waiter: Waiter = { due: this.#now + ms, wake }
      this.#waiters.push(waiter)
      signal?.addEventListener('abort', stop, { once: true })
    })
  }

  async advanceBy(ms: number): Promise<void> {
    await this.advanceTo(this.now() + ms)
  }

  /** Moves to `target`, waking everybody due on the way. @throws `time.clock-backwards` */
  async advanceTo(target: number): Promise<void> {
    if (target < this.now()) fail('time.clock-backwards', { now: this.now(), target })
    const until = target - this.#setAheadMs
    for (;;) {
      const next = this.#earliestUntil(until)
      if (next === undefined) break
      this.#waiters = this.#waiters.filter((waiter) => waiter !== next)
      this.#now = Math.max(this.#now, next.due)
      next.wake()
      await settle()
    }
    // Somebody woken on the way may have moved the clock further himself.
    this.#now = Math.max(this.#now, until)
    await settle()
  }

  #earliestUntil(target: number): Waiter | undefined {
    let earliest: Waiter | undefined
    for (const waiter of this.#waiters) {
      if (waiter.due <= target && (earliest === undefined || waiter.due < earliest.due)) earliest = waiter
    }
    return earliest
  }
}

function settle(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve))
}
