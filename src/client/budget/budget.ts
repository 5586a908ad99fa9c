import { type OverdraftError, overdraftError } from '../../errors/overdraft-error.ts'
import { type Clock, steadyNow } from '../../time/clock.ts'
import { minuteMs } from '../../time/units.ts'
import { HeldCosts } from './held-costs.ts'
import type { Lease, LeaseEnd } from './lease.ts'
import { UsageReadings } from './usage-readings.ts'

export interface BudgetOptions {
  readonly clock: Clock
  /** What the exchange allows within `perMs`. */
  readonly limit: number
  readonly perMs: number
  /** How many requests may wait; default 10,000. */
  readonly waitingMax?: number
}

export interface AcquireOptions {
  readonly signal?: AbortSignal | undefined
  /** Served before everything else. */
  readonly urgent?: boolean | undefined
  /** Lower is served first; 0 unless said otherwise. */
  readonly urgency?: number | undefined
}

interface Waiter {
  readonly cost: number
  readonly urgency: number
  readonly since: number
  readonly grant: (lease: Lease) => void
  readonly refuse: (reason: unknown) => void
}

/** A request given up may still lie in a network buffer: it counts as if it arrived this much later. */
const unansweredSlackMs = minuteMs
/** Clocks read whole milliseconds: a reply received "at" r came before r + 1. */
const clockStepMs = 1
const waitingMaxDefault = 10_000

/**
 * A pool of request cost that never lets a request out which the exchange's limit would reject.
 *
 * A cost is held from before its request is sent until `perMs` after its reply came back. The exchange counts a
 * request at some instant between the two, so of any requests that it counts within one window of `perMs`, fixed at
 * any phase or sliding, all are held when the last of them is sent: their sum stays within the limit.
 *
 * Room is granted by urgency, and within one urgency in the order it was asked for. One budget is shared by all clients that
 * the exchange counts together.
 *
 * @example const lease = await budget.acquire(50); try { … } finally { lease.end('answered') }
 */
export class Budget {
  readonly #clock: Clock
  readonly #limit: number
  readonly #perMs: number
  readonly #waitingMax: number
  readonly #held = new HeldCosts()
  readonly #readings: UsageReadings
  readonly #waiters: Waiter[] = []
  /** Those whose replies told the exchange's count. */
  readonly #read = new WeakSet<Lease>()
  #pausedUntil = 0
  #refusal: { readonly until: number; readonly error: OverdraftError } | undefined
  #alarm: { readonly at: number; readonly controller: AbortController } | undefined

  constructor(options: BudgetOptions) {
    this.#clock = options.clock
    this.#limit = options.limit
    this.#perMs = options.perMs
    this.#readings = new UsageReadings(options.perMs)
    this.#waitingMax = options.waitingMax ?? waitingMaxDefault
  }

  /** What is held at this moment: never more than the limit. */
  get held(): number {
    this.#held.releaseDue(this.#now())
    return this.#held.total
  }

  get waiting(): number {
    return this.#waiters.length
  }

  /**
   * Waits for room; the lease must be ended whatever comes of the request.
   * @throws `client.queue-full`, `client.cost-over-limit`, `client.banned`, or the signal's reason
   */
  acquire(cost: number, options: AcquireOptions = {}): Promise<Lease> {
    const { signal } = options
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason)
      if (cost > this.#limit) return reject(overdraftError('client.cost-over-limit', { cost, limit: this.#limit }))
      if (this.#waiters.length >= this.#waitingMax) return reject(overdraftError('client.queue-full', { waiting: this.#waiters.length }))
      const abandon = () => {
        this.#waiters.splice(this.#waiters.indexOf(waiter), 1)
        reject(signal?.reason)
        this.#serve()
      }
      const waiter: Waiter = {
        cost,
        urgency: options.urgent === true ? Number.NEGATIVE_INFINITY : (options.urgency ?? 0),
        since: this.#now(),
        grant: (lease) => {
          signal?.removeEventListener('abort', abandon)
          resolve(lease)
        },
        refuse: (reason) => {
          signal?.removeEventListener('abort', abandon)
          reject(reason)
        },
      }
      signal?.addEventListener('abort', abandon, { once: true })
      this.#enqueue(waiter)
      this.#serve()
    })
  }

  /** Lets nothing out before `until`, by the clock: the exchange said that its limit is reached. */
  pauseUntil(until: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#steady(until))
    this.#serve()
  }

  /**
   * Refuses everything before `until`, by the clock, those who wait included: every call would lengthen a ban, and
   * nobody waits for hours without being told. The latest end stands.
   */
  refuseUntil(until: number, error: OverdraftError): void {
    const end = this.#steady(until)
    if (this.#refusal === undefined || this.#refusal.until < end) this.#refusal = { until: end, error }
    this.#serve()
  }

  /**
   * Takes the exchange's own count from the reply to a leased request, which has not been ended yet.
   * @param windowEndsInMs how long after now the window that was counted ends at the latest
   */
  observeUsed(lease: Lease, used: number, windowEndsInMs: number): void {
    const now = this.#now()
    const until = now + Math.min(windowEndsInMs, this.#perMs) + clockStepMs
    this.#readings.add({ used, grantedAt: lease.grantedAt, receivedAt: now, until })
    this.#read.add(lease)
  }

  /** Even time: a clock that is set must neither free what is held nor hold it for hours. */
  #now(): number {
    return steadyNow(this.#clock)
  }

  #steady(instant: number): number {
    return this.#now() + (instant - this.#clock.now())
  }

  #enqueue(waiter: Waiter): void {
    const place = this.#waiters.findLastIndex((other) => other.urgency <= waiter.urgency) + 1
    this.#waiters.splice(place, 0, waiter)
  }

  #serve(): void {
    const now = this.#now()
    this.#held.releaseDue(now)
    this.#readings.dropEnded(now)
    if (this.#refusal !== undefined && this.#refusal.until <= now) this.#refusal = undefined
    if (this.#refusal !== undefined) {
      for (const waiter of this.#waiters.splice(0)) waiter.refuse(this.#refusal.error)
    }
    for (let first = this.#waiters[0]; first !== undefined && this.#fits(first.cost, now); first = this.#waiters[0]) {
      this.#waiters.shift()
      first.grant(this.#lease(first, now))
    }
    this.#setAlarm(now)
  }

  #fits(cost: number, now: number): boolean {
    if (now < this.#pausedUntil) return false
    return this.#held.total + cost <= this.#limit && this.#readings.used(this.#held.inFlight) + cost <= this.#limit
  }

  #lease({ cost, since }: Waiter, now: number): Lease {
    this.#held.hold(cost)
    let ended = false
    const end = (how: LeaseEnd) => {
      if (ended) return
      ended = true
      this.#release(cost, how, this.#read.has(lease))
    }
    const lease: Lease = Object.freeze({ cost, grantedAt: now, waitedMs: now - since, end })
    return lease
  }

  #release(cost: number, how: LeaseEnd, isRead: boolean): void {
    if (how === 'never-sent') this.#held.giveBack(cost)
    else {
      const endedAt = this.#now()
      const until = endedAt + this.#perMs + (how === 'unanswered' ? unansweredSlackMs : 0) + clockStepMs
      this.#held.releaseAt(cost, until)
      if (!isRead) this.#readings.addUnread({ cost, endedAt, isAnswered: how === 'answered', until })
    }
    this.#serve()
  }

  /** One alarm at the next instant at which something may fit; replies in flight serve by themselves. */
  #setAlarm(now: number): void {
    const changes = [this.#pausedUntil, this.#held.nextReleaseAt, this.#readings.nextEndAt]
    const at = this.#waiters.length === 0 ? undefined : soonestAfter(now, changes)
    if (at === this.#alarm?.at) return
    this.#alarm?.controller.abort()
    this.#alarm = undefined
    if (at === undefined) return
    const controller = new AbortController()
    const alarm = { at, controller }
    this.#alarm = alarm
    const ring = () => {
      if (this.#alarm !== alarm) return
      this.#alarm = undefined
      this.#serve()
    }
    this.#clock.wait(at - now, controller.signal).then(ring, () => {})
  }
}

function soonestAfter(now: number, instants: readonly (number | undefined)[]): number | undefined {
  const coming = instants.filter((instant) => instant !== undefined && instant > now) as number[]
  return coming.length === 0 ? undefined : Math.min(...coming)
}
