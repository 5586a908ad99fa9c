import type { AssetForecast } from '../../forecast/asset-forecast.ts'
import type { PlayFacts } from '../../forecast/play-facts.ts'
import { printable } from '../output/printable.ts'

/**
 * OKX documents `interest-rate` as hourly (facts B5), and once documented it as daily: what the sync found is said where an
 * amount rests on it, and it is not the documented unit.
 */
export function rateUnitLine(assets: readonly AssetForecast[], { account, rateUnit }: PlayFacts): string {
  const told = assets.filter(({ rate, nextChargeAt }) => rate?.from === 'published' && nextChargeAt !== undefined)
  if (told.length === 0 || account.exchange !== 'okx') return ''
  const rates = `${printable(account.label)}: the published rate of ${told.map(({ asset }) => printable(asset)).join(', ')}`
  switch (rateUnit) {
    case 'doubtful':
      return `${rates} is taken by the hour, as documented; nothing settles it, so amounts may be 24 times too high\n`
    case 'day':
      return `${rates} is by the day, though documented by the hour: limits or charges of the same currencies tell as much\n`
    case 'hour':
    case undefined:
      return ''
  }
}
