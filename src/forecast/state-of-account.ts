import type { PlayFacts } from './play-facts.ts'
import type { PlayState } from './play-state.ts'
import { stateOfBinance } from './state-of-binance.ts'
import { stateOfOkx } from './state-of-okx.ts'

/** Where a play begins: the account at the instant of its newest balances. */
export function stateOfAccount(facts: PlayFacts, now: number): PlayState {
  return facts.account.exchange === 'binance' ? stateOfBinance(facts, now) : stateOfOkx(facts)
}
