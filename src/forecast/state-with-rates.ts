import { noBinanceHolding, noOkxHolding } from './no-holding.ts'
import type { PlayFacts } from './play-facts.ts'
import type { PlayState } from './play-state.ts'
import { currentRate } from './rate-history.ts'

/** The state with an empty holding for each asset of which a rate is known but no balance: it might be borrowed. */
export function stateWithKnownRates(state: PlayState, { rates }: PlayFacts): PlayState {
  const missing = [...rates].filter(([asset]) => !state.holdings.has(asset))
  if (state.exchange === 'okx') {
    const added = missing.map(
      ([asset, history]) => [asset, { ...noOkxHolding(asset), rateDaily: currentRate(history)?.rateDaily }] as const,
    )
    return { ...state, holdings: new Map([...state.holdings, ...added]) }
  }
  const added = missing.map(
    ([asset, history]) => [asset, { ...noBinanceHolding(asset), rateDaily: currentRate(history)?.rateDaily }] as const,
  )
  return { ...state, holdings: new Map([...state.holdings, ...added]) }
}
