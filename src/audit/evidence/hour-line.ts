/** What is known of full hours, in their order; only the last stretch is kept. Asked in the order of time, each costs a comparison or two. */
export class HourLine<Entry extends { readonly hour: number }> {
  #entries: Entry[] = []
  #place = 0

  get last(): Entry | undefined {
    return this.#entries[this.#entries.length - 1]
  }

  /** Of a later hour than any before it. */
  push(entry: Entry): void {
    this.#entries.push(entry)
  }

  at(hour: number): Entry | undefined {
    const entry = this.#entries[this.#find(hour)]
    return entry?.hour === hour ? entry : undefined
  }

  /** The last one before an hour. */
  before(hour: number): Entry | undefined {
    const place = this.#find(hour)
    return place === 0 ? undefined : this.#entries[place - 1]
  }

  /** Forgets what lies before an hour, but for the last `kept` of it; gives what was forgotten. */
  forget(before: number, kept: 0 | 1): readonly Entry[] {
    const forgotten = Math.max(this.#find(before) - kept, 0)
    this.#place = kept
    return forgotten === 0 ? none : this.#entries.splice(0, forgotten)
  }

  /** The first place of an hour or a later one; questions that go back in time are answered too, only not as fast. */
  #find(hour: number): number {
    const entries = this.#entries
    let place = Math.min(this.#place, entries.length)
    while (place > 0 && (entries[place - 1] as Entry).hour >= hour) place--
    while (place < entries.length && (entries[place] as Entry).hour < hour) place++
    this.#place = place
    return place
  }
}

const none: readonly never[] = Object.freeze([])
