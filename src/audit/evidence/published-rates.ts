import type { Book } from '../../book/book-interface.ts'
import type { PublishedRate, Stream } from '../../book/record.ts'
import { ProvenSpans } from './proven-spans.ts'
import { RowCursor } from './row-cursor.ts'

/** The rates of one asset since the last one that is no longer needed, and where their history is proven. */
interface RatesOfAsset {
  readonly proven: ProvenSpans
  rates: PublishedRate[]
  /** Where the rate is that was asked for last, and that rate alone as an answer. */
  place: number
  answer: readonly [PublishedRate] | undefined
}

/** Binance's published daily rates, in step with the charges. Only changes of a rate are rows. */
export class PublishedRates {
  readonly #book: Pick<Book, 'proven'>
  readonly #account: string
  readonly #rows: RowCursor<PublishedRate>
  readonly #byAsset = new Map<string, RatesOfAsset>()

  constructor(book: Pick<Book, 'proven' | 'rates'>, account: string) {
    this.#book = book
    this.#account = account
    this.#rows = new RowCursor((within) => book.rates({ account, within, order: 'oldest-first' }))
  }

  get isEmpty(): boolean {
    return this.#byAsset.size === 0
  }

  async advance(to: number): Promise<void> {
    for (const known of this.#byAsset.values()) {
      known.place -= Math.max(known.rates.length - 2, 0)
      known.rates = known.rates.slice(-2)
    }
    for await (const row of this.#rows.until(to)) {
      if (row.source !== 'margin-interest-rate-history') continue
      const known = this.#byAsset.get(row.asset) ?? (await this.#open(row.asset))
      known.rates.push(row)
    }
  }

  /**
   * The rates that can have been in force at an instant: one, or two where it changed at that very instant; none where the
   * history is not proven from the change on.
   */
  inForce(asset: string, at: number): readonly PublishedRate[] {
    const known = this.#byAsset.get(asset)
    if (known === undefined) return none
    const place = placeOf(known, at)
    const rate = known.rates[place]
    if (rate === undefined || !known.proven.coversBetween(rate.at, at)) return none
    if (rate.at < at) {
      if (known.answer?.[0] !== rate) known.answer = [rate]
      return known.answer
    }
    const before = known.rates[place - 1]
    return before !== undefined && known.proven.coversBetween(before.at, at) ? [rate, before] : none
  }

  async #open(asset: string): Promise<RatesOfAsset> {
    const stream: Stream = `rates:${asset}`
    const proven = new ProvenSpans(await this.#book.proven(this.#account, stream))
    const opened = { proven, rates: [], place: -1, answer: undefined }
    this.#byAsset.set(asset, opened)
    return opened
  }
}

/** The last rate that is not after an instant; instants mostly ascend, so that this costs a comparison or two. −1 where there is none. */
function placeOf(known: RatesOfAsset, at: number): number {
  const { rates } = known
  let place = Math.max(Math.min(known.place, rates.length - 1), -1)
  while (place >= 0 && (rates[place]?.at ?? 0) > at) place--
  while (place + 1 < rates.length && (rates[place + 1]?.at ?? 0) <= at) place++
  known.place = place
  return place
}

const none: readonly PublishedRate[] = Object.freeze([])
