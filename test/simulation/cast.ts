import { decimal } from '../../src/decimal/decimal.ts'
import type { Exchange } from '../../src/rules/exchange.ts'
import type { KeyAccess } from '../../src/venue/account-access.ts'
import type { ApiKey, Command, Product } from '../../src/venue/engine/command.ts'
import type { Draws } from './draws.ts'

/** `LONE` has neither price nor rate nor terms at the beginning. */
export const assets = ['USDT', 'USDC', 'BTC', 'ETH', 'BNB', 'LONE'] as const
export const instruments = ['BTC-USDT', 'ETH-USDT', 'BTC-USDT-SWAP'] as const
export const orders = ['1001', '1002', '77'] as const

export interface Player {
  readonly account: string
  readonly exchange: Exchange
  readonly product?: Product
  readonly key: KeyAccess
}

/** Everybody of one run. Most of what happens befalls a few of them, so that these come into deep states. */
export interface Cast {
  readonly binance: readonly [Player, ...Player[]]
  readonly okx: readonly [Player, ...Player[]]
  readonly busy: number
}

/** Half of the players on each exchange, at least one. */
export function castOf(draws: Draws, players: number): Cast {
  const each = Math.max(1, Math.floor(players / 2))
  const others = <Kind>(make: (number: number) => Kind): Kind[] => Array.from({ length: each - 1 }, (_, index) => make(index + 1))
  const onBinance = (number: number) => binancePlayer(draws, number)
  return { binance: [onBinance(0), ...others(onBinance)], okx: [okxPlayer(0), ...others(okxPlayer)], busy: draws.between(2, 12) }
}

export function playerOf(draws: Draws, cast: Cast, exchange: Exchange): Player {
  const players = cast[exchange]
  const player = draws.percent(80) ? players[draws.below(Math.min(cast.busy, players.length))] : draws.pick(players)
  return player ?? players[0]
}

function binancePlayer(draws: Draws, number: number): Player {
  const account = `bin-${number}`
  const product = draws.pick(['pm', 'pm', 'pm', 'pm-pro', 'pm-span'] as const)
  return { account, exchange: 'binance', product, key: { ...keyOf(account), permissions: ['read', 'trade'] } }
}

function okxPlayer(number: number): Player {
  const account = `okx-${number}`
  return { account, exchange: 'okx', key: { ...keyOf(account), passphrase: `Pass-${number}`, permissions: ['read', 'trade'] } }
}

function keyOf(account: string): Omit<KeyAccess, 'permissions'> {
  return { apiKey: `key-of-${account}`, signing: 'hmac', secret: `secret-of-${account}` }
}

function apiKeyOf({ key: { secret, ...key } }: Player): ApiKey {
  return { ...key, verifier: secret }
}

/** Opens every account with its key, and sets a market of which `LONE` is no part. */
export function openings(draws: Draws, cast: Cast): Command[] {
  const commands: Command[] = []
  for (const player of [...cast.binance, ...cast.okx]) {
    const { account, exchange, product } = player
    const vip = draws.weighted([
      [6, 0],
      [3, draws.below(10)],
    ])
    commands.push({ kind: 'open-account', account, exchange, vip, ...(product === undefined ? {} : { product }) })
    commands.push({ kind: 'add-key', account, key: apiKeyOf(player) })
  }
  const prices = { USDT: '1', USDC: '0.9998', BTC: '86400', ETH: '2830.5', BNB: '842.31' }
  for (const [asset, price] of Object.entries(prices)) {
    commands.push({ kind: 'set-price', asset, price: decimal(price) })
    commands.push({ kind: 'set-collateral-rate', asset, rate: decimal(`0.${draws.between(50, 99)}`) })
    for (const exchange of ['binance', 'okx'] as const) commands.push({ kind: 'set-rate', exchange, asset, rateDaily: draws.rate() })
    commands.push({ kind: 'set-thresholds', asset, free: decimal(`${draws.below(50)}`), maximum: decimal(`${draws.between(20, 5_000)}`) })
    if (draws.percent(60)) commands.push({ kind: 'set-free-quota', asset, amount: decimal(`${draws.below(3_000)}`) })
  }
  return commands
}
