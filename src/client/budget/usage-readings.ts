/** What the exchange said it had counted, on the reply to one of our requests. */
export interface UsageReading {
  readonly used: number
  /** When room was granted to the request, and when its reply came. */
  readonly grantedAt: number
  readonly receivedAt: number
  /** The end of the exchange's window the reading speaks of. */
  readonly until: number
}

interface Window {
  readonly most: number
  readonly receivedAt: number
  readonly until: number
}

/** A request of ours that ended without a reading: counted already, or still to be. */
interface Unread {
  readonly cost: number
  readonly endedAt: number
  readonly isAnswered: boolean
  readonly until: number
}

/**
 * The exchange's own count as the truth: it also holds what others behind the same IP address used.
 *
 * Within a window a count only grows, so the highest reading holds every request of ours whose own reading was lower,
 * whichever reply came first. What it may not hold is what is still in flight, and what ended without a reading.
 */
export class UsageReadings {
  readonly #perMs: number
  #windows: readonly Window[] = []
  #unread: readonly Unread[] = []

  constructor(perMs: number) {
    this.#perMs = perMs
  }

  add({ used, grantedAt, receivedAt, until }: UsageReading): void {
    // A request granted after the reply to another arrived later at the exchange: it knows at least as much.
    const standing = this.#windows.filter((window) => window.receivedAt > grantedAt && window.until > receivedAt)
    const isSame = (window: Window) => Math.abs(window.until - until) < this.#perMs / 2
    const same = standing.filter(isSame)
    const merged: Window = {
      most: Math.max(used, ...same.map(({ most }) => most)),
      receivedAt,
      until: Math.max(until, ...same.map((window) => window.until)),
    }
    this.#windows = [...standing.filter((window) => !isSame(window)), merged]
    this.#unread = this.#unread.filter(({ isAnswered, endedAt }) => !isAnswered || endedAt > grantedAt)
  }

  /** Takes that a request ended and said nothing of the count; it counts by `until` at the latest. */
  addUnread(unread: Unread): void {
    this.#unread = [...this.#unread, unread]
  }

  dropEnded(now: number): void {
    if (this.#windows.some(({ until }) => until <= now)) this.#windows = this.#windows.filter(({ until }) => until > now)
    if (this.#unread.some(({ until }) => until <= now)) this.#unread = this.#unread.filter(({ until }) => until > now)
  }

  /** The largest count the exchange may have reached in its present window once everything in flight has arrived. */
  used(inFlight: number): number {
    if (this.#windows.length === 0) return 0
    const most = Math.max(...this.#windows.map((window) => window.most))
    return this.#unread.reduce((sum, { cost }) => sum + cost, most + inFlight)
  }

  get nextEndAt(): number | undefined {
    const ends = [...this.#windows, ...this.#unread].map(({ until }) => until)
    return ends.length === 0 ? undefined : Math.min(...ends)
  }
}
