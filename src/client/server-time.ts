import { type Clock, steadyNow } from '../time/clock.ts'
import { minuteMs } from '../time/units.ts'

/** How far the exchange's clock is ahead of our even time: somewhere in `[lowMs, highMs]`. */
interface OffsetBounds {
  readonly lowMs: number
  readonly highMs: number
  readonly measuredAt: number
}

export interface ServerTimeReading {
  readonly offsetMs: number
  /** The true offset lies within this of `offsetMs`. */
  readonly uncertaintyMs: number
  readonly roundTripMs: number
}

/** Clocks drift apart; what was measured is only trusted for so long. */
const trustedForMs = 10 * minuteMs
const leadMaxMs = 500

/**
 * The exchange's time, from what its replies say of it. A reply that states the instant `[from, to)` was written
 * between sending and receiving, which bounds the offset from both sides; several replies narrow it down, so that
 * even the `Date` header's whole seconds end up precise to about a round trip.
 *
 * It is kept beside our clock's even time, so that it stays right when this machine's clock is set. All clients of one
 * exchange host may share one: OKX allows an address ten questions for the time in two seconds, however many accounts ask.
 */
export class ServerTime {
  readonly #clock: Clock
  #bounds: OffsetBounds | undefined
  #isDoubted = false
  #measuring: Promise<ServerTimeReading> | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /** Whether it has been measured, and not too long ago. */
  get known(): boolean {
    return this.knownSince(trustedForMs)
  }

  /** Whether it has been measured within the last `ms`. */
  knownSince(ms: number): boolean {
    return !this.#isDoubted && this.#bounds !== undefined && steadyNow(this.#clock) - this.#bounds.measuredAt < ms
  }

  /** What is added to our clock, in ms; 0 until it is measured. */
  get offsetMs(): number {
    return this.now() - this.#clock.now()
  }

  get uncertaintyMs(): number {
    return this.#bounds === undefined ? 0 : Math.ceil((this.#bounds.highMs - this.#bounds.lowMs) / 2)
  }

  /** The exchange's time, epoch ms. */
  now(): number {
    return this.#bounds === undefined ? this.#clock.now() : steadyNow(this.#clock) + middleOf(this.#bounds)
  }

  /**
   * The instant to sign with, epoch ms: the estimate, but never so much above the certain lower bound that an
   * exchange could find it ahead of its own clock (Binance allows 1000 ms, facts A1.1).
   */
  signingNow(): number {
    if (this.#bounds === undefined) return this.#clock.now()
    return steadyNow(this.#clock) + Math.min(middleOf(this.#bounds), this.#bounds.lowMs + leadMaxMs)
  }

  /** Takes a reply that says the exchange's time was in `[from, to)` between `sentAt` and `receivedAt` of our even time. */
  observe(stated: { from: number; to: number; sentAt: number; receivedAt: number }): ServerTimeReading {
    const { from, to, sentAt, receivedAt } = stated
    const fresh = { lowMs: from - receivedAt, highMs: to - sentAt, measuredAt: receivedAt }
    this.#bounds = this.known ? narrowed(this.#bounds, fresh) : fresh
    this.#isDoubted = false
    return { offsetMs: this.offsetMs, uncertaintyMs: this.uncertaintyMs, roundTripMs: receivedAt - sentAt }
  }

  /** Runs `measure`, or waits for one that is under way: clients that share this need not ask one by one. */
  measured(measure: () => Promise<ServerTimeReading>): Promise<ServerTimeReading> {
    this.#measuring ??= measure().finally(() => {
      this.#measuring = undefined
    })
    return this.#measuring
  }

  /**
   * The exchange refused a time stamp: it has to be measured anew. Until then what was measured stays the best there is, since
   * others that share this may be about to date a reply.
   */
  doubt(): void {
    this.#isDoubted = true
  }
}

function middleOf({ lowMs, highMs }: OffsetBounds): number {
  return Math.round((lowMs + highMs) / 2)
}

/** Both bounds together; where they contradict each other a clock was moved, and only the fresh one counts. */
function narrowed(known: OffsetBounds | undefined, fresh: OffsetBounds): OffsetBounds {
  if (known === undefined) return fresh
  const lowMs = Math.max(known.lowMs, fresh.lowMs)
  const highMs = Math.min(known.highMs, fresh.highMs)
  return lowMs <= highMs ? { lowMs, highMs, measuredAt: known.measuredAt } : fresh
}
