import { decimal } from '../../src/decimal/decimal.ts'
import { parseInstant } from '../../src/time/instant.ts'
import { dayMs, hourMs, minuteMs } from '../../src/time/units.ts'
import type { KeyAccess } from '../../src/venue/account-access.ts'
import { createVenue, type Venue, type WrittenCommand } from '../../src/venue/index.ts'
import { Draws } from '../simulation/draws.ts'
import { DrivenClock } from './driven-clock.ts'

/** One account of a world, and the key it is synced with. */
export interface Resident {
  readonly label: string
  readonly exchange: 'binance' | 'okx'
  readonly key: KeyAccess
}

export interface World {
  readonly seed: number
  readonly draws: Draws
  readonly clock: DrivenClock
  readonly venue: Venue
  readonly residents: readonly Resident[]
  readonly assets: readonly string[]
  readonly beganAt: number
}

const starts = ['2023-06-15T07:00:00Z', '2024-12-20T11:20:00Z', '2026-01-02T03:04:05Z'] as const
/** So that no world takes long: rows an OKX account may come to. */
const rowsMax = 4_000

/** Whether one instant has more charges than a page: each hour of OKX is then told apart currency by currency, in so many requests. */
export function isLarge({ assets }: Pick<World, 'assets'>): boolean {
  return assets.length > 100
}

/** A venue with months of history on a few accounts; everything follows from the seed. */
export async function drawWorld(seed: number): Promise<World> {
  const draws = new Draws(seed)
  const beganAt = parseInstant(draws.pick(starts))
  const clock = new DrivenClock(beganAt)
  const assets = drawAssets(draws)
  const accounts = draws.between(1, 4)
  const days = Math.min(draws.between(10, 130), Math.max(1, Math.floor(rowsMax / (24 * assets.length))))
  const residents = Array.from({ length: accounts }, (_, number) =>
    resident(draws.percent(55) || (number > 0 && isLarge({ assets })) ? 'binance' : 'okx', number),
  )
  const venue = await createVenue({
    clock,
    mode: { kind: 'frozen', at: beganAt },
    scenario: 'empty',
    adminToken: 'token',
    // Today's endpoints, also in worlds of before they came: nobody syncs in the past.
    behaviour: { binanceChangeLog: 'latest', okxBillsArchive: seed % 2 === 0 ? 'three-months' : 'one-year' },
  })
  const world: World = { seed, draws, clock, venue, residents, assets, beganAt }
  for (const command of openings(world)) venue.apply(command)
  const turns = draws.between(2, 12)
  for (let turn = 0; turn < turns; turn++) {
    for (let count = draws.between(1, 6); count > 0; count--) something(world)
    const ms = Math.floor((days * dayMs) / turns)
    venue.clock.advanceBy(ms)
    clock.pass(ms)
  }
  // Up to the minute, so that the settle delay of a boundary is met in every way.
  const toBoundary = draws.percent(50) ? draws.between(-20, 40) * minuteMs : draws.below(dayMs)
  const ms = hourMs + toBoundary
  venue.clock.advanceBy(ms)
  clock.pass(ms)
  venue.clock.run({ factor: 1 })
  return world
}

/** Few as a rule, so that histories are long; now and then more than a page holds, all charged at one instant. */
function drawAssets(draws: Draws): readonly string[] {
  const count = draws.weighted([
    [10, draws.between(1, 4)],
    [5, draws.between(5, 14)],
    [2, draws.between(101, 125)],
  ])
  return Array.from({ length: count }, (_, index) => ['USDT', 'BTC', 'ETH', 'BNB'][index] ?? `A${index}`)
}

function resident(exchange: Resident['exchange'], number: number): Resident {
  const label = `${exchange}-${number}`
  const key = { apiKey: `key-of-${label}`, signing: 'hmac', secret: `secret-of-${label}`, permissions: ['read'] } as const
  return { label, exchange, key: exchange === 'okx' ? { ...key, passphrase: 'Pass-1' } : key }
}

function openings({ draws, residents, assets }: World): WrittenCommand[] {
  const commands: WrittenCommand[] = []
  for (const { label: account, exchange, key } of residents) {
    const { secret, ...rest } = key
    commands.push({ kind: 'open-account', account, exchange, vip: 0 }, { kind: 'add-key', account, key: { ...rest, verifier: secret } })
  }
  for (const asset of assets) {
    commands.push({ kind: 'set-price', asset, price: draws.pick(['1', '0.37', '2830.5', '86400']) })
    commands.push({ kind: 'set-collateral-rate', asset, rate: '0.9' })
    for (const exchange of ['binance', 'okx'] as const) {
      commands.push({ kind: 'set-rate', exchange, asset, rateDaily: `0.000${draws.between(1, 99_999)}` })
    }
    const maximum = draws.percent(80) ? '1000000000' : String(draws.between(20, 3_000))
    commands.push({ kind: 'set-thresholds', asset, free: draws.percent(70) ? '0' : '5', maximum })
  }
  return commands
}

/** Something befalls an account: mostly a debt in one or in all assets, sometimes what ends one. Refused commands change nothing. */
export function something({ draws, venue, residents, assets }: World): void {
  const { label: account, exchange } = draws.pick(residents) ?? { label: '', exchange: 'okx' }
  const asset = draws.pick(assets) ?? 'USDT'
  const amount = `${draws.between(1, 5_000)}.${draws.below(100)}`
  const wallet = exchange === 'okx' ? 'cash' : draws.pick(['um', 'cm'] as const)
  const debt = (of: string): WrittenCommand => ({
    kind: 'book',
    account,
    wallet,
    asset: of,
    amount: `-${amount}`,
    reason: 'profit-or-loss',
  })
  const commands = draws.weighted<readonly WrittenCommand[]>([
    [4, [debt(asset)]],
    [2, assets.map(debt)],
    [1, [{ kind: 'deposit', account, asset, amount }]],
    [1, [{ kind: 'book', account, wallet, asset, amount, reason: 'funding' }]],
    [
      1,
      exchange === 'okx'
        ? [{ kind: 'borrow-isolated', account, asset, instId: `${asset}-USDT`, amount }]
        : [{ kind: 'repay-futures', account }],
    ],
    [1, exchange === 'okx' ? [{ kind: 'set-auto-repay', account, on: true }] : [{ kind: 'borrow', account, asset, amount }]],
    [1, [{ kind: 'set-rate', exchange, asset, rateDaily: decimal(`0.000${draws.between(1, 9_999)}`) }]],
  ])
  for (const command of commands) {
    try {
      venue.apply(command)
    } catch (error) {
      // What cannot be done is no part of the world's history.
      if (!(error instanceof Error && 'code' in error)) throw error
    }
  }
}
