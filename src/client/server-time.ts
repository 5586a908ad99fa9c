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

/** What a reply said of the exchange's time that all others contradict. */
export interface OddTime {
  /** What it said, epoch ms. */
  readonly stated: number
  /** The exchange's time by all others, epoch ms. */
  readonly expected: number
}

/** Readings that contradict what was known, and agree among themselves. */
interface Rival {
  readonly bounds: OffsetBounds
  readonly readings: readonly OddTime[]
}

/** Clocks drift apart; what was measured is only trusted for so long. */
const trustedForMs = 10 * minuteMs
const leadMaxMs = 500
/** Readings that are no further apart than this agree: a clock that is corrected by less is followed at once. */
const agreeingMs = minuteMs
/** So many readings that agree overthrow what was known; where nothing is known, or the exchange refused it, two establish it. */
const votesToOverthrow = 3
const votesToEstablish = 2
/** The newest of them are kept. */
const oddTimesMax = 20

/**
 * The exchange's time, from what its replies say of it. A reply that states the instant `[from, to)` was written
 * between sending and receiving, which bounds the offset from both sides; several replies narrow it down, so that
 * even the `Date` header's whole seconds end up precise to about a round trip.
 *
 * No reply is believed alone. A first one is where our own clock agrees with it, or a second one does; later ones that
 * contradict what is known have to be several, one after the other, before a clock counts as moved. One wrong `Date` of a
 * cache or a gateway in between changes nothing, and is kept as odd.
 *
 * It is kept beside our clock's even time, so that it stays right when this machine's clock is set. All clients of one
 * exchange host may share one: OKX allows an address ten questions for the time in two seconds, however many accounts ask.
 */
export class ServerTime {
  readonly #clock: Clock
  #bounds: OffsetBounds | undefined
  #rival: Rival | undefined
  #odd: readonly OddTime[] = []
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

  /** Whether the newest reading agrees with what is known. */
  get isAgreed(): boolean {
    return this.#bounds !== undefined && !this.#isDoubted && this.#rival === undefined
  }

  /** What single replies said that all others contradict, oldest first; at most the newest 20. */
  get oddTimes(): readonly OddTime[] {
    return [...this.#odd, ...(this.#rival?.readings ?? [])]
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
    if (this.#isBelievable(fresh)) this.#believe(this.known ? narrowed(this.#bounds, fresh) : fresh)
    else this.#contest(fresh, { stated: from, expected: this.now() })
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

  /** However often it was asked, its replies agree in nothing: what was known stands, or else our own clock. */
  giveUp(): void {
    const ownMs = this.#clock.now() - steadyNow(this.#clock)
    const { lowMs, highMs } = this.#bounds ?? { lowMs: ownMs, highMs: ownMs }
    this.#believe({ lowMs, highMs, measuredAt: steadyNow(this.#clock) })
  }

  /** Whether something else that is known agrees with a reading. */
  #isBelievable(fresh: OffsetBounds): boolean {
    if (this.#bounds !== undefined) return gapMs(this.#bounds, fresh) <= agreeingMs
    const ownMs = this.#clock.now() - steadyNow(this.#clock)
    return gapMs({ lowMs: ownMs, highMs: ownMs }, fresh) <= agreeingMs
  }

  #believe(bounds: OffsetBounds): void {
    this.#odd = [...this.#odd, ...(this.#rival?.readings ?? [])].slice(-oddTimesMax)
    this.#rival = undefined
    this.#bounds = bounds
    this.#isDoubted = false
  }

  /** Takes a reading that contradicts what is known, or stands alone: it counts once others agree with it. */
  #contest(fresh: OffsetBounds, odd: OddTime): void {
    const rival = this.#rival
    const isSeconded = rival !== undefined && gapMs(rival.bounds, fresh) <= agreeingMs
    const readings = isSeconded ? [...rival.readings, odd] : [odd]
    const votes = this.#bounds === undefined || this.#isDoubted ? votesToEstablish : votesToOverthrow
    if (readings.length >= votes) {
      // They were not odd: a clock was moved.
      this.#rival = undefined
      this.#believe(isSeconded ? narrowed(rival.bounds, fresh) : fresh)
      return
    }
    if (rival !== undefined && !isSeconded) this.#odd = [...this.#odd, ...rival.readings].slice(-oddTimesMax)
    this.#rival = { bounds: isSeconded ? narrowed(rival.bounds, fresh) : fresh, readings }
  }
}

function gapMs(one: Pick<OffsetBounds, 'lowMs' | 'highMs'>, other: Pick<OffsetBounds, 'lowMs' | 'highMs'>): number {
  return Math.max(one.lowMs - other.highMs, other.lowMs - one.highMs, 0)
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
