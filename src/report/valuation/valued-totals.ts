import type { Book } from '../../book/book-interface.ts'
import type { BookAccount, Charge } from '../../book/record.ts'
import { fail } from '../../errors/overdraft-error.ts'
import type { Interval } from '../../time/interval.ts'
import { type Grouping, type GroupTotal, groupKey, periodBy } from '../interest-totals.ts'
import { type PricedGroup, pricedGroups } from './charge-values.ts'
import { type PriceLine, priceInForce, readPriceLine } from './price-line.ts'
import { type Valued, valuedParts, valuedTogether } from './valued.ts'

export interface ValuationQuestion {
  readonly accounts: readonly BookAccount[]
  readonly asset?: string | undefined
  readonly within?: Interval | undefined
  readonly by: Grouping
  /** Such as `USD`. */
  readonly currency: string
  /** How old a price may be that a charge is valued at. */
  readonly ageMsMax: number
}

export interface TotalValues {
  /** What a total is worth. */
  of(total: GroupTotal): Valued
  /** What all of them are worth together. */
  readonly together: Valued
}

/**
 * What totals are worth: every charge at the newest price at or before its instant, the sums exact. A total of which any
 * charge has no price has no value, and says what is missing.
 *
 * @throws `report.currency-unknown`
 */
export async function valueTotals(book: Book, question: ValuationQuestion): Promise<TotalValues> {
  const { currency, by } = question
  const byGroup = new Map<string, PricedGroup[]>()
  for (const group of await pricedGroups(book, { ...question, by: periodBy(by) })) {
    const key = groupKey(group, by)
    const before = byGroup.get(key)
    if (before === undefined) byGroup.set(key, [group])
    else before.push(group)
  }
  const values = new Map([...byGroup].map(([key, parts]) => [key, valuedParts(currency, parts)] as const))
  const none = valuedParts(currency, [])
  const together = valuedTogether(currency, [...values.values()])
  if (together.prices === 0) await assertPriced(book, currency)
  return { of: (total) => values.get(groupKey(total, by)) ?? none, together }
}

/** Values single charges; remembers the prices it has read. */
export function chargeValuer(
  book: Book,
  { currency, ageMsMax, within }: { readonly currency: string; readonly ageMsMax: number; readonly within?: Interval | undefined },
): (charge: Pick<Charge, 'asset' | 'at' | 'interest'>) => Promise<Valued> {
  const lines = new Map<string, PriceLine>()
  return async ({ asset, at, interest }) => {
    const line = lines.get(asset) ?? (await readPriceLine(book, { asset, currency, within, ageMsMax }))
    lines.set(asset, line)
    return valuedParts(currency, [{ asset, charges: 1, amount: interest, ...priceInForce(line, at) }])
  }
}

/** A currency that no price is known in is a slip of the pen; an asset may always be asked for in itself. */
async function assertPriced(book: Book, currency: string): Promise<void> {
  if ((await book.prices({ currency })).length > 0) return
  const known = [...new Set((await book.prices({})).map((price) => price.currency))].sort()
  const assets = new Set((await book.totals({ by: 'all' })).map(({ asset }) => asset))
  if (!assets.has(currency)) fail('report.currency-unknown', { currency, known })
}
