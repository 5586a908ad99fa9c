import { truthText } from '../../../src/venue/http/admin/truth-text.ts'
import type { VenueTruth } from '../../../src/venue/index.ts'
import type { FuzzWorld } from './world.ts'

/** What a call of one account can never touch: the other accounts, the market, anybody's keys. */
export function beyondReach(world: FuzzWorld, apiKey: string | undefined): string {
  const { venue } = world
  const owner = apiKey === undefined ? undefined : venue.engine.accountOfKey(apiKey)?.account.account
  const { accounts, assets, rates }: VenueTruth = venue.truth()
  const others = accounts.filter(({ account }) => account !== owner)
  const keys = accounts.map(({ account }) => venue.engine.keysOf(account).map(({ apiKey }) => apiKey))
  return truthText({ others, assets, rates, keys })
}

const beginnings = new WeakMap<FuzzWorld, Map<string, string>>()

/** The same as it was in the beginning. */
export function beyondReachAtFirst(world: FuzzWorld, apiKey: string | undefined): string {
  const known = beginnings.get(world) ?? new Map<string, string>()
  beginnings.set(world, known)
  const text = known.get(apiKey ?? '') ?? beyondReach(world, apiKey)
  known.set(apiKey ?? '', text)
  return text
}
