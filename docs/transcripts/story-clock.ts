import type { Clock, WaitOptions } from '../../src/time/clock.ts'

interface Waiter {
  readonly due: number
  readonly wake: () => void
}

/** Turns of the event loop in which nobody began to wait: what goes on within the process between two requests needs fewer. */
const idleTurns = 25

/**
 * The time of the story, on which only waiting takes time: it leaps to what is waited for when nothing else is under way,
 * so that the story takes the same minutes on every machine and the documents' transcripts come out the same. How long a
 * request takes on this machine tells nothing: as long as its deadline is waited for, it is under way.
 */
export class StoryClock implements Clock {
  #now: number
  #waiters: readonly Waiter[] = []
  #underWay = 0
  #stirred = 0

  constructor(now: number) {
    this.#now = now
  }

  now(): number {
    return this.#now
  }

  /** The story goes on at this instant, with nobody doing anything. */
  moveTo(instant: number): void {
    this.#now = instant
  }

  wait(ms: number, signal?: AbortSignal, { background = false, limitsWork = false }: WaitOptions = {}): Promise<void> {
    this.#stirred += 1
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      if (limitsWork) this.#underWay += 1
      const stop = () => {
        if (limitsWork) this.#underWay -= 1
        this.#stirred += 1
        this.#waiters = this.#waiters.filter((other) => other !== waiter)
        reject(signal?.reason)
      }
      const wake = () => {
        signal?.removeEventListener('abort', stop)
        resolve()
      }
      const isNeverDue = background || limitsWork
      const waiter: Waiter = { due: isNeverDue ? Number.POSITIVE_INFINITY : this.#now + Math.max(ms, 0), wake }
      this.#waiters = [...this.#waiters, waiter]
      signal?.addEventListener('abort', stop, { once: true })
    })
  }

  /** Does work in which the story's time leaps over what is waited for. */
  async during<Result>(work: Promise<Result>): Promise<Result> {
    let isDone = false
    const end = () => {
      isDone = true
    }
    work.then(end, end)
    for (let idle = 0, seen = this.#stirred; !isDone; idle = seen === this.#stirred && this.#underWay === 0 ? idle + 1 : 0) {
      seen = this.#stirred
      await new Promise((resume) => setImmediate(resume))
      if (idle >= idleTurns && !isDone) this.#leap()
    }
    return work
  }

  #leap(): void {
    const due = Math.min(...this.#waiters.map((waiter) => waiter.due))
    if (due === Number.POSITIVE_INFINITY) return
    const woken = this.#waiters.filter((waiter) => waiter.due === due)
    this.#waiters = this.#waiters.filter((waiter) => waiter.due !== due)
    this.#now = Math.max(this.#now, due)
    this.#stirred += 1
    for (const { wake } of woken) wake()
  }
}
