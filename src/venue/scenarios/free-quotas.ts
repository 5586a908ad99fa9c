import { okxFreeQuotaDefaults } from '../../rules/okx-free-quota.ts'
import type { Reader } from './readers.ts'
import { scalarText } from './readers.ts'
import type { ByAsset, Series } from './scenario-data.ts'

const none = Object.freeze([])

/** The one word for the quotas that OKX's help centre listed (facts B4), as far as the scenario has a price for the currency. */
const word = 'documented'

/** Free quotas by asset, or the word for the documented ones. */
export function freeQuotasReader(known: ReadonlySet<string>, byAsset: Reader<ByAsset<Series>>): Reader<ByAsset<Series>> {
  return (spot) => {
    if (scalarText(spot) !== word) return byAsset(spot)
    const listed = Object.entries(okxFreeQuotaDefaults).filter(([asset]) => known.has(asset))
    return { value: Object.freeze(Object.fromEntries(listed.map(([asset, start]) => [asset, Object.freeze({ start, changes: none })]))) }
  }
}
