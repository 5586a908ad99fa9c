import type { Interval } from '../../time/interval.ts'

/** Proven spans of one stream, asked in the order of time, so that each question costs a comparison or two. */
export class ProvenSpans {
  readonly #spans: readonly Interval[]
  #place = 0

  /** @param spans ascending, disjoint */
  constructor(spans: readonly Interval[]) {
    this.#spans = spans
  }

  get isEmpty(): boolean {
    return this.#spans.length === 0
  }

  covers(instant: number): boolean {
    const span = this.#at(instant)
    return span !== undefined && span.from <= instant
  }

  /** Whether everything after `from` and up to `to`, both instants told apart by the millisecond, is proven. */
  coversBetween(from: number, to: number): boolean {
    const span = this.#at(to)
    return span !== undefined && span.from <= from + 1
  }

  /** The span that ends after the instant; questions that go back in time are answered too, only not as fast. */
  #at(instant: number): Interval | undefined {
    while (this.#place > 0 && (this.#spans[this.#place - 1]?.to ?? 0) > instant) this.#place--
    while (this.#place < this.#spans.length && (this.#spans[this.#place]?.to ?? 0) <= instant) this.#place++
    return this.#spans[this.#place]
  }
}
