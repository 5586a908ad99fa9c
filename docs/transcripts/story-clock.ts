import { type Clock, steadyNow, type WaitOptions } from '../../src/time/clock.ts'
import { systemClock } from '../../src/time/system-clock.ts'

interface Waiter {
  readonly due: number
  readonly wake: () => void
}

/** So long nothing may have been asked, answered or waited for, by the machine's time, before the story goes on. */
const idleMs = 120

/**
 * The time of the story, on which only waiting takes time: it leaps to what is waited for when nothing else is under way,
 * so that the story takes the same minutes on every machine and the documents' transcripts come out the same.
 */
export class StoryClock implements Clock {
  #now: number
  #waiters: readonly Waiter[] = []
  #underWay = 0
  #stirredAt = steadyNow(systemClock)

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

  wait(ms: number, signal?: AbortSignal, { background = false }: WaitOptions = {}): Promise<void> {
    this.#stir()
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      const stop = () => {
        this.#waiters = this.#waiters.filter((other) => other !== waiter)
        reject(signal?.reason)
      }
      const wake = () => {
        signal?.removeEventListener('abort', stop)
        resolve()
      }
      const waiter: Waiter = { due: background ? Number.POSITIVE_INFINITY : this.#now + Math.max(ms, 0), wake }
      this.#waiters = [...this.#waiters, waiter]
      signal?.addEventListener('abort', stop, { once: true })
    })
  }

  /** Does work in which the story's time stands still. */
  async holding<Result>(work: () => Promise<Result>): Promise<Result> {
    this.#underWay += 1
    try {
      return await work()
    } finally {
      this.#underWay -= 1
      this.#stir()
    }
  }

  /** Does work in which the story's time leaps over what is waited for. */
  async during<Result>(work: Promise<Result>): Promise<Result> {
    let isDone = false
    const end = () => {
      isDone = true
    }
    work.then(end, end)
    while (!isDone) {
      await systemClock.wait(10)
      if (this.#underWay === 0 && steadyNow(systemClock) - this.#stirredAt >= idleMs) this.#leap()
    }
    return work
  }

  #leap(): void {
    const due = Math.min(...this.#waiters.map((waiter) => waiter.due))
    if (due === Number.POSITIVE_INFINITY) return
    const woken = this.#waiters.filter((waiter) => waiter.due === due)
    this.#waiters = this.#waiters.filter((waiter) => waiter.due !== due)
    this.#now = Math.max(this.#now, due)
    this.#stir()
    for (const { wake } of woken) wake()
  }

  #stir(): void {
    this.#stirredAt = steadyNow(systemClock)
  }
}
