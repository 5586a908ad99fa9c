import { decimal } from '../../../src/decimal/decimal.ts'
import { systemClock } from '../../../src/time/system-clock.ts'
import type { AccountAccess, KeyAccess } from '../../../src/venue/account-access.ts'
import type { Command, KeyKind } from '../../../src/venue/engine/command.ts'
import { createVenue, listenVenue, type Venue, type VenueOptions } from '../../../src/venue/index.ts'

/** A venue that listens on a free loopback port. */
export interface VenueOnAPort {
  readonly venue: Venue
  readonly url: string
  close(): Promise<void>
}

export async function venueOnAPort(options: VenueOptions = {}): Promise<VenueOnAPort> {
  const venue = await createVenue(options)
  const listening = await listenVenue(venue, { port: 0 })
  return {
    venue,
    url: listening.url,
    close: async () => {
      await listening.close()
      await venue.close()
    },
  }
}

/** The first account of that exchange in the venue's scenario. */
export function firstAccount(venue: Venue, exchange: 'binance' | 'okx'): AccountAccess {
  const access = venue.accounts.find((candidate) => candidate.exchange === exchange)
  if (access === undefined) throw new Error(`the scenario has no ${exchange} account`)
  return access
}

export function keyOf(access: AccountAccess, signing: KeyKind): KeyAccess {
  const key = access.keys.find((candidate) => candidate.signing === signing && candidate.permissions.includes('trade'))
  if (key === undefined) throw new Error(`account ${access.label} has no ${signing} key that may trade`)
  return key
}

/** Keys of the two accounts of a small venue: as long as real ones, and worth nothing. */
export const smallBinanceKey: KeyAccess = {
  apiKey: 'SmallBinance'.padEnd(64, '0'),
  signing: 'hmac',
  secret: 'SmallBinanceSecret'.padEnd(64, '0'),
  permissions: ['read', 'trade'],
}
export const readOnlyBinanceKey: KeyAccess = {
  apiKey: 'ReadOnlyBinance'.padEnd(64, '0'),
  signing: 'hmac',
  secret: 'ReadOnlyBinanceSecret'.padEnd(64, '0'),
  permissions: ['read'],
}
export const smallOkxKey: KeyAccess & { readonly passphrase: string } = {
  apiKey: '00000000-0000-4000-8000-000000000001',
  signing: 'hmac',
  secret: 'A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0A0',
  passphrase: 'Small-Passphrase-1',
  permissions: ['read', 'trade'],
}

/**
 * A venue with one Binance and one OKX account and no history. `aheadMs` sets its clock against the clients', who all
 * take theirs from the machine: above zero their timestamps come late, below zero they come early.
 */
export async function smallVenue(options: VenueOptions & { readonly aheadMs?: number } = {}): Promise<VenueOnAPort> {
  const { aheadMs = 0, ...rest } = options
  const clock = { now: () => systemClock.now() + aheadMs, wait: systemClock.wait }
  const port = await venueOnAPort({ clock, scenario: 'empty', ...rest })
  for (const command of smallAccounts) port.venue.engine.apply(command)
  return port
}

const smallAccounts: readonly Command[] = [
  { kind: 'open-account', account: 'small-binance', exchange: 'binance', vip: 0 },
  { kind: 'add-key', account: 'small-binance', key: asVerifier(smallBinanceKey) },
  { kind: 'add-key', account: 'small-binance', key: asVerifier(readOnlyBinanceKey) },
  { kind: 'deposit', account: 'small-binance', asset: 'USDT', amount: decimal('1000') },
  { kind: 'book', account: 'small-binance', wallet: 'um', asset: 'USDT', amount: decimal('-120.5'), reason: 'profit-or-loss' },
  { kind: 'open-account', account: 'small-okx', exchange: 'okx', vip: 0 },
  { kind: 'add-key', account: 'small-okx', key: asVerifier(smallOkxKey) },
  { kind: 'deposit', account: 'small-okx', asset: 'USDT', amount: decimal('1000') },
]

function asVerifier(access: KeyAccess) {
  const { secret, ...key } = access
  return { ...key, verifier: secret }
}

/** Everything there is of one Binance account, as the venue itself knows it. */
export function binanceTruth(venue: Venue, account: string) {
  const [truth] = venue.truth(account).accounts
  if (truth?.exchange !== 'binance') throw new Error(`${account} is no Binance account`)
  return truth
}

/** Everything there is of one OKX account, as the venue itself knows it. */
export function okxTruth(venue: Venue, account: string) {
  const [truth] = venue.truth(account).accounts
  if (truth?.exchange !== 'okx') throw new Error(`${account} is no OKX account`)
  return truth
}
