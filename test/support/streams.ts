import { decimal } from '../../src/decimal/decimal.ts'
import type { Command } from '../../src/venue/engine/command.ts'
import type { Venue, VenueOptions } from '../../src/venue/index.ts'
import { askBinance, type Kit, venueKit } from './venue-kit.ts'

/** A venue whose clock stands still, and whoever listens to its account `main`. */
export interface StreamKit extends Kit {
  readonly listenKey: string
  /** What was told so far. */
  readonly told: string[]
  /** Why the stream ended, once it did. */
  readonly ended: string[]
  /** A command at the venue's instant. */
  tell(command: Command): void
  /** What was told since it was last asked. */
  news(): readonly string[]
}

export async function streamKit(options: VenueOptions = {}, before: readonly Command[] = []): Promise<StreamKit> {
  const kit = await venueKit(options)
  const { venue } = kit
  venue.clock.freeze()
  const tell = (command: Command): void => void venue.engine.apply(command, { at: venue.clock.now() })
  for (const command of before) tell(command)
  const listenKey = newListenKey(venue)
  const told: string[] = []
  const ended: string[] = []
  venue.openUserStream(listenKey, { event: (text) => told.push(text), ended: (why) => ended.push(why) })
  let seen = 0
  const news = (): readonly string[] => {
    const fresh = told.slice(seen)
    seen = told.length
    return fresh
  }
  return { ...kit, listenKey, told, ended, tell, news }
}

export function newListenKey(venue: Venue): string {
  const { text } = askBinance(venue, '/papi/v1/listenKey', { method: 'POST', timestamp: null, signature: null })
  return (JSON.parse(text) as { readonly listenKey: string }).listenKey
}

export function deposit(asset: string, amount: string): Command {
  return { kind: 'deposit', account: 'main', asset, amount: decimal(amount) }
}

export function book(wallet: 'um' | 'cm', asset: string, amount: string, reason: 'profit-or-loss' | 'funding' | 'fee'): Command {
  return { kind: 'book', account: 'main', wallet, asset, amount: decimal(amount), reason }
}
