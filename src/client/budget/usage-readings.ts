/** What the exchange said it had counted, on the reply to one of our requests. */
export interface UsageReading {
  readonly used: number
  /** When room was granted to the request, and when its reply came. */
  readonly grantedAt: number
  readonly receivedAt: number
  /** Costs of ours in flight when it was granted: counted already, or still to be. */
  readonly alongside: number
  /** All that had ever been granted, this request included. */
  readonly grantedTotal: number
  /** The end of the exchange's window the reading speaks of. */
  readonly until: number
}

/**
 * The exchange's own count as the truth: it also holds what others behind the same IP address used. Within its
 * window a reading bounds what may still be sent by what was used plus whatever of ours it may not have counted yet.
 */
export class UsageReadings {
  #readings: UsageReading[] = []

  add(reading: UsageReading): void {
    // A request granted after the reply to another arrived later at the exchange: it knows at least as much.
    this.#readings = this.#readings.filter((other) => other.receivedAt > reading.grantedAt && other.until > reading.receivedAt)
    this.#readings.push(reading)
  }

  dropEnded(now: number): void {
    if (this.#readings.some((reading) => reading.until <= now)) {
      this.#readings = this.#readings.filter((reading) => reading.until > now)
    }
  }

  /** The largest count the exchange may have reached in its present window once everything granted has arrived. */
  used(grantedTotal: number): number {
    return this.#readings.reduce((most, reading) => {
      return Math.max(most, reading.used + reading.alongside + grantedTotal - reading.grantedTotal)
    }, 0)
  }

  get nextEndAt(): number | undefined {
    return this.#readings.reduce<number | undefined>((soonest, { until }) => Math.min(soonest ?? until, until), undefined)
  }
}
