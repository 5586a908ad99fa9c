/**
 * The instants that periods begin at, full hours or days, in their order; only the last stretch is kept. Each has a place,
 * under which columns hold what is known of it: an object for each, which lives as long as a page of charges, would cost more
 * than all else. Asked in the order of time, each question costs a comparison or two.
 */
export class Periods {
  readonly #begins: number[] = []
  #place = 0

  get count(): number {
    return this.#begins.length
  }

  /** The newest, `undefined` where there is none. */
  get last(): number | undefined {
    return this.#begins[this.#begins.length - 1]
  }

  begin(place: number): number {
    return this.#begins[place] as number
  }

  /** A later period than any before it; gives its place. */
  push(begin: number): number {
    return this.#begins.push(begin) - 1
  }

  /** −1 where there is none. */
  placeAt(begin: number): number {
    const place = this.#find(begin)
    return this.#begins[place] === begin ? place : -1
  }

  /** That of the last one before an instant, −1 where there is none. */
  placeBefore(instant: number): number {
    return this.#find(instant) - 1
  }

  /** How many lie before an instant, but for the last `kept` of them. */
  countBefore(instant: number, kept: 0 | 1): number {
    return Math.max(this.#find(instant) - kept, 0)
  }

  /** Forgets the first ones; what columns hold of the others moves down as many places. */
  forget(forgotten: number): void {
    this.#begins.splice(0, forgotten)
    this.#place = Math.max(this.#place - forgotten, 0)
  }

  /** The first place of a period or a later one; questions that go back in time are answered too, only not as fast. */
  #find(instant: number): number {
    const begins = this.#begins
    let place = Math.min(this.#place, begins.length)
    while (place > 0 && (begins[place - 1] as number) >= instant) place--
    while (place < begins.length && (begins[place] as number) < instant) place++
    this.#place = place
    return place
  }
}
