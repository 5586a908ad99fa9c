import type { Book } from '../../book/book-interface.ts'
import type { Price } from '../../book/record.ts'
import { decimalOf } from '../../decimal/decimal.ts'
import { isoInstant } from '../../time/instant.ts'
import type { Interval } from '../../time/interval.ts'
import { dayMs, hourMs } from '../../time/units.ts'

/** How old a price may be that something is valued at. */
export const priceAgeMsDefault = dayMs

/** The prices of one asset in one currency, one for each instant, oldest first. */
export interface PriceLine {
  readonly asset: string
  readonly currency: string
  readonly prices: readonly Price[]
  readonly ageMsMax: number
}

/** The price in force at an instant, and until when it stays in force; or why there is none. */
export interface PriceInForce {
  readonly price: Price | undefined
  /** Why there is none; empty where there is one. */
  readonly reason: string
  /** The same answer holds before this instant. */
  readonly until: number
}

/** What was imported is the user's own word and goes before what was seen at the same instant. */
const ownSource = 'import'

/**
 * The prices by which an asset is valued within a span. An asset in itself is worth one; a stablecoin in its currency is
 * not assumed to be.
 */
export async function readPriceLine(
  book: Book,
  { asset, currency, within, ageMsMax }: { asset: string; currency: string; within: Interval | undefined; ageMsMax: number },
): Promise<PriceLine> {
  if (asset === currency) {
    return {
      asset,
      currency,
      prices: [{ asset, currency, at: 0, source: 'itself', price: decimalOf(1n) }],
      ageMsMax: Number.POSITIVE_INFINITY,
    }
  }
  const needed = within === undefined ? {} : { within: { from: within.from - ageMsMax, to: within.to } }
  return { asset, currency, prices: oneOfEachInstant(await book.prices({ asset, currency, ...needed })), ageMsMax }
}

/** Of several prices of one instant the imported one, else the first by the name of its source. */
function oneOfEachInstant(prices: readonly Price[]): readonly Price[] {
  const kept: Price[] = []
  for (const price of [...prices].sort((left, right) => left.at - right.at || bySource(left, right))) {
    if (kept.at(-1)?.at !== price.at) kept.push(price)
  }
  return kept
}

function bySource(left: Price, right: Price): number {
  if (left.source === right.source) return 0
  if (left.source === ownSource) return -1
  if (right.source === ownSource) return 1
  return left.source < right.source ? -1 : 1
}

/** The newest price at or before an instant, unless it is too old: never one in between, never one from after it. */
export function priceInForce({ asset, currency, prices, ageMsMax }: PriceLine, at: number): PriceInForce {
  const place = firstAfter(prices, at)
  const next = prices[place]?.at ?? Number.POSITIVE_INFINITY
  const price = prices[place - 1]
  if (price === undefined) {
    const reason =
      prices.length === 0
        ? `no price of ${asset} in ${currency} is known`
        : `no price of ${asset} in ${currency} is known before ${isoInstant(next)}`
    return { price, reason, until: next }
  }
  const stale = price.at + ageMsMax + 1
  if (at < stale) return { price, reason: '', until: Math.min(next, stale) }
  const reason = `the newest price of ${asset} in ${currency}, of ${isoInstant(price.at)}, was older than ${ageMsMax / hourMs} h`
  return { price: undefined, reason, until: next }
}

function firstAfter(prices: readonly Price[], at: number): number {
  let low = 0
  let high = prices.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((prices[middle]?.at ?? 0) <= at) low = middle + 1
    else high = middle
  }
  return low
}
