import type { Price } from '../../book/record.ts'
import { add, multiply } from '../../decimal/arithmetic.ts'
import { type Decimal, zero } from '../../decimal/decimal.ts'

/** What an amount is worth in a currency, and by which prices; or why that cannot be said. */
export interface Valued {
  readonly currency: string
  /** `undefined` when any part of the amount could not be valued. */
  readonly value: Decimal | undefined
  /** What the parts that could be valued are worth together. */
  readonly valuedPart: Decimal
  /** The one price that was used, where it was only one. */
  readonly price: Price | undefined
  readonly prices: number
  /** Instants of the oldest and newest price used; `undefined` without one. */
  readonly from: number | undefined
  readonly to: number | undefined
  /** Where the prices used were seen, by name. */
  readonly sources: readonly string[]
  /** What could not be valued, in units of its asset: empty when everything was. */
  readonly unvalued: readonly UnvaluedPart[]
}

export interface UnvaluedPart {
  readonly asset: string
  readonly charges: number
  readonly amount: Decimal
  readonly reason: string
}

/** Charges of one asset that share a price, or the reason for having none. */
export interface PricedPart {
  readonly asset: string
  readonly charges: number
  readonly amount: Decimal
  readonly price: Price | undefined
  readonly reason: string
}

/** Adds parts up, each at its own price; exact. */
export function valuedParts(currency: string, parts: Iterable<PricedPart>): Valued {
  const used = new Map<Price, true>()
  const unvalued = new Map<string, UnvaluedPart>()
  let worth = zero
  for (const { asset, charges, amount, price, reason } of parts) {
    if (price !== undefined) {
      worth = add(worth, multiply(amount, price.price))
      used.set(price, true)
      continue
    }
    const key = `${asset}\n${reason}`
    const before = unvalued.get(key)
    unvalued.set(key, { asset, reason, charges: charges + (before?.charges ?? 0), amount: add(amount, before?.amount ?? zero) })
  }
  return statedBy(currency, worth, [...used.keys()], [...unvalued.values()])
}

/** What several amounts are worth together. */
export function valuedTogether(currency: string, all: readonly Valued[]): Valued {
  const worth = all.reduce((sum, { valuedPart }) => add(sum, valuedPart), zero)
  const unvalued = all.flatMap((one) => one.unvalued)
  const prices = all.reduce((count, one) => count + one.prices, 0)
  const bounds = (pick: (one: Valued) => number | undefined) => all.flatMap((one) => pick(one) ?? [])
  const [froms, tos] = [bounds(({ from }) => from), bounds(({ to }) => to)]
  return Object.freeze({
    currency,
    value: unvalued.length === 0 ? worth : undefined,
    valuedPart: worth,
    price: undefined,
    prices,
    from: froms.length === 0 ? undefined : Math.min(...froms),
    to: tos.length === 0 ? undefined : Math.max(...tos),
    sources: [...new Set(all.flatMap(({ sources }) => sources))].sort(),
    unvalued,
  })
}

function statedBy(currency: string, worth: Decimal, used: readonly Price[], unvalued: readonly UnvaluedPart[]): Valued {
  let [from, to]: [number | undefined, number | undefined] = [undefined, undefined]
  for (const { at } of used) {
    from = Math.min(from ?? at, at)
    to = Math.max(to ?? at, at)
  }
  return Object.freeze({
    currency,
    value: unvalued.length === 0 ? worth : undefined,
    valuedPart: worth,
    price: used.length === 1 ? used[0] : undefined,
    prices: used.length,
    from,
    to,
    sources: [...new Set(used.map(({ source }) => source))].sort(),
    unvalued,
  })
}
