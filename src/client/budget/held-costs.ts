interface Release {
  readonly at: number
  readonly cost: number
}

/** The costs that count against a limit at this moment: those in flight, and those whose reply is not yet old enough. */
export class HeldCosts {
  #inFlight = 0
  #settled = 0
  /** Ascending by `at`. */
  #releases: Release[] = []

  get total(): number {
    return this.#inFlight + this.#settled
  }

  get inFlight(): number {
    return this.#inFlight
  }

  /** When the next settled cost is given back; `undefined` while none is settled. */
  get nextReleaseAt(): number | undefined {
    return this.#releases[0]?.at
  }

  hold(cost: number): void {
    this.#inFlight += cost
  }

  giveBack(cost: number): void {
    this.#inFlight -= cost
  }

  releaseAt(cost: number, at: number): void {
    this.#inFlight -= cost
    this.#settled += cost
    const later = this.#releases.findLastIndex((release) => release.at <= at) + 1
    this.#releases.splice(later, 0, { at, cost })
  }

  releaseDue(now: number): void {
    const kept = this.#releases.findIndex((release) => release.at > now)
    const due = this.#releases.splice(0, kept === -1 ? this.#releases.length : kept)
    for (const { cost } of due) this.#settled -= cost
  }
}
