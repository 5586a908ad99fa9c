interface Waiter {
  readonly urgency: number
  readonly let: () => void
}

/**
 * Walks of 200 accounts with two histories each, which OKX limits one by one. More at once would only wait for the book, and
 * each holds a page of rows.
 */
const walksAtOnce = 400

/** How many walks of all accounts may be under way at once: what bounds the memory of a sync. */
export class PageGate {
  readonly #walksMax: number
  #inside = 0
  /** Ascending by urgency; within one in the order of coming. */
  readonly #waiters: Waiter[] = []

  constructor(walksMax = walksAtOnce) {
    this.#walksMax = walksMax
  }

  /** Whether others wait: who has a page behind him makes room, as a walk holds its last page for as long as it waits. */
  get isCrowded(): boolean {
    return this.#waiters.length > 0
  }

  /** Waits for a place, the lower urgency first; what is given leaves it. */
  async enter(urgency: number): Promise<() => void> {
    if (this.#inside < this.#walksMax) this.#inside++
    else {
      await new Promise<void>((resolve) => {
        const place = this.#waiters.findLastIndex((other) => other.urgency <= urgency) + 1
        this.#waiters.splice(place, 0, { urgency, let: resolve })
      })
    }
    return () => this.#leave()
  }

  #leave(): void {
    const next = this.#waiters.shift()
    if (next === undefined) this.#inside--
    else next.let()
  }
}
