import type { Clock, WaitOptions } from '../../src/time/clock.ts'

interface Waiter {
  readonly due: number
  readonly wake: () => void
}

/** Turns of the event loop in which nothing happened before time may pass: what is under way in-process needs fewer. */
const idleTurns = 12

/**
 * The real time of one world: it stands still while anything is being done, and leaps to the next instant somebody waits for
 * when nothing is. Minutes of waiting for budgets, bans and deadlines cost nothing, and the same seed plays the same.
 */
export class DrivenClock implements Clock {
  #now: number
  #waiters: Waiter[] = []
  #activity = 0

  constructor(now: number) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  steady(): number {
    return this.#now
  }

  /** Something is being done: time stands still a while longer. */
  stir(): void {
    this.#activity += 1
  }

  wait(ms: number, signal?: AbortSignal, { background = false }: WaitOptions = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      // Nobody leaps for what happens by itself; it is looked at again whenever somebody asks.
      const due = background ? Number.POSITIVE_INFINITY : this.#now + Math.max(ms, 0)
      const waiter: Waiter = {
        due,
        wake: () => {
          signal?.removeEventListener('abort', stop)
          resolve()
        },
      }
      const stop = () => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter)
        reject(signal?.reason)
      }
      this.#waiters.push(waiter)
      signal?.addEventListener('abort', stop, { once: true })
      this.stir()
    })
  }

  /** Time passes, with nobody doing anything. */
  pass(ms: number): void {
    this.#now += ms
  }

  /** Does the work, letting time pass whenever nothing else happens. */
  async during<Result>(work: Promise<Result>): Promise<Result> {
    let isDone = false
    const end = () => {
      isDone = true
    }
    work.then(end, end)
    for (let idle = 0, seen = this.#activity; !isDone; idle = seen === this.#activity ? idle + 1 : 0) {
      seen = this.#activity
      await new Promise((resume) => setImmediate(resume))
      if (idle >= idleTurns && !isDone) this.#leap()
    }
    return work
  }

  #leap(): void {
    const next = this.#waiters.reduce<Waiter | undefined>(
      (first, waiter) => (first === undefined || waiter.due < first.due ? waiter : first),
      undefined,
    )
    if (next === undefined || next.due === Number.POSITIVE_INFINITY) return
    this.#waiters = this.#waiters.filter((waiter) => waiter !== next)
    this.#now = Math.max(this.#now, next.due)
    this.stir()
    next.wake()
  }
}
