import type { Book } from '../../src/book/book-interface.ts'
import { openBook } from '../../src/book/open-book.ts'
import { syncAll } from '../../src/sync/sync-all.ts'
import { parseInstant } from '../../src/time/instant.ts'
import { dayMs, hourMs, minuteMs } from '../../src/time/units.ts'
import { createVenue, type Venue, type WrittenCommand } from '../../src/venue/index.ts'
import { Draws } from '../simulation/draws.ts'
import { leapingClock, venueMembers } from '../support/venue-sync.ts'

/** The accounts of the empty scenario. */
export const binance = 'main'
export const okx = 'okx'

/** What of a debt in USDT is free of interest on Binance. */
const freeOfUsdt = '1000'
const beganAt = parseInstant('2026-01-05T09:20:00Z')
const days = 40

/** When the wallets of an asset on Binance last changed, and when balances were read: by construction, not by the book. */
export interface WorldLog {
  /** By asset, ascending. */
  readonly changes: Map<string, number[]>
  /** When each sync began and ended. */
  readonly syncs: { readonly from: number; readonly to: number }[]
}

export interface World {
  readonly book: Book
  readonly venue: Venue
  readonly log: WorldLog
}

/**
 * A venue with forty days of debts of every kind on both exchanges, and a book that was synced from it at intervals:
 * losses and gains at any instant, funding at full hours, margin loans, isolated debts, rates that change by the hour.
 */
export async function playWorld(seed: number): Promise<World> {
  const draws = new Draws(seed)
  const venue = await createVenue({
    mode: { kind: 'frozen', at: beganAt },
    scenario: 'empty',
    adminToken: 'token',
    behaviour: { limits: 'counted', binanceChangeLog: 'latest' },
  })
  const log: WorldLog = { changes: new Map(), syncs: [] }
  for (const command of openings()) tell(venue, log, command)
  const clock = leapingClock(venue)
  const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  const members = venueMembers(venue, clock)
  for (const { account } of members) await book.addAccount(account)
  const sync = async () => {
    const from = venue.clock.now()
    const outcomes = await syncAll({ book, accounts: members, clock })
    for (const { error } of outcomes) if (error !== undefined) throw error
    log.syncs.push({ from, to: venue.clock.now() })
  }
  for (let day = 0; day < days; day++) {
    const midnight = Math.floor(beganAt / dayMs + 1 + day) * dayMs
    const syncAt = midnight + draws.between(40, 300) * minuteMs
    for (const at of instantsOfDay(draws, midnight)) {
      if (at > syncAt && log.syncs.length === day) await syncWhen(venue, syncAt, sync)
      moveTo(venue, at)
      for (const command of happening(draws)) tell(venue, log, command)
    }
    if (log.syncs.length === day) await syncWhen(venue, syncAt, sync)
  }
  // A last one, once all rows of the last day have settled.
  moveTo(venue, venue.clock.now() + 3 * hourMs)
  await sync()
  return { book, venue, log }
}

function moveTo(venue: Venue, at: number): void {
  if (at > venue.clock.now()) venue.clock.advanceTo(at)
}

async function syncWhen(venue: Venue, at: number, sync: () => Promise<void>): Promise<void> {
  moveTo(venue, at)
  await sync()
}

/** Some at any millisecond, some at full hours, as funding is. */
function instantsOfDay(draws: Draws, midnight: number): readonly number[] {
  const anywhere = Array.from({ length: draws.between(2, 6) }, () => midnight + draws.below(dayMs))
  const hours = Array.from({ length: 2 }, () => midnight + draws.below(24) * hourMs)
  return [...anywhere, ...hours].sort((left, right) => left - right)
}

function openings(): readonly WrittenCommand[] {
  const market: WrittenCommand[] = []
  for (const [asset, price, rate] of [
    ['USDT', '1', '0.00021'],
    ['USDC', '1', '0.0002'],
    ['BTC', '80000', '0.00012'],
    ['ETH', '3000', '0.00015'],
    ['BNB', '600', '0.0003'],
  ] as const) {
    market.push({ kind: 'set-price', asset, price }, { kind: 'set-collateral-rate', asset, rate: '0.95' })
    market.push({ kind: 'set-rate', exchange: 'binance', asset, rateDaily: rate })
    market.push({ kind: 'set-rate', exchange: 'okx', asset, rateDaily: rate })
    market.push({ kind: 'set-loan-terms', exchange: 'binance', asset, maintenanceRate: '0.05', maximum: '1000000' })
    market.push({ kind: 'set-loan-terms', exchange: 'okx', asset, maintenanceRate: '0.05', maximum: '1000000' })
    market.push({ kind: 'set-thresholds', asset, free: asset === 'USDT' ? freeOfUsdt : asset === 'BNB' ? '5' : '0', maximum: '100000000' })
  }
  const debt = (account: string, wallet: 'um' | 'cm' | 'cash', asset: string, amount: string): WrittenCommand => {
    return { kind: 'book', account, wallet, asset, amount, reason: 'profit-or-loss' }
  }
  return [
    ...market,
    { kind: 'deposit', account: binance, asset: 'USDC', amount: '5000000' },
    debt(binance, 'um', 'USDT', '-31400.5'),
    debt(binance, 'cm', 'BTC', '-2.75'),
    debt(binance, 'um', 'BNB', '-3.2'),
    { kind: 'borrow', account: binance, asset: 'ETH', amount: '12.5' },
    { kind: 'deposit', account: okx, asset: 'USDC', amount: '5000000' },
    debt(okx, 'cash', 'USDT', '-8200.25'),
    debt(okx, 'cash', 'BTC', '-0.91'),
    { kind: 'borrow-isolated', account: okx, asset: 'USDT', instId: 'ETH-USDT', amount: '4100' },
    { kind: 'borrow-isolated', account: okx, asset: 'ETH', instId: 'ETH-USDT', amount: '3.3' },
  ]
}

/** What happens at one instant. What is not there to be repaid is not repaid. */
function happening(draws: Draws): readonly WrittenCommand[] {
  const cents = (from: number, to: number) => `${draws.between(from, to)}.${String(draws.below(100)).padStart(2, '0')}`
  const book = (account: string, wallet: 'um' | 'cm' | 'cash', asset: string, amount: string): WrittenCommand => {
    return { kind: 'book', account, wallet, asset, amount, reason: draws.pick(['profit-or-loss', 'funding', 'fee'] as const) }
  }
  const sign = draws.percent(55) ? '-' : ''
  return draws.weighted<() => readonly WrittenCommand[]>([
    [5, () => [book(binance, 'um', 'USDT', `${sign}${cents(1, 900)}`)]],
    [1, () => [book(binance, 'cm', 'BTC', `${sign}0.0${draws.between(1, 9)}`)]],
    [3, () => [{ kind: 'borrow', account: binance, asset: 'ETH', amount: `0.${draws.between(1, 9)}` }]],
    [2, () => [{ kind: 'repay-loan', account: binance, asset: 'ETH', amount: `0.${draws.between(1, 9)}` }]],
    [4, () => [book(okx, 'cash', draws.pick(['USDT', 'USDT', 'BTC'] as const), `${sign}0.${draws.between(10, 99)}`)]],
    [1, () => [{ kind: 'borrow-isolated', account: okx, asset: 'USDT', instId: 'ETH-USDT', amount: cents(1, 60) }]],
    [1, () => [{ kind: 'repay-isolated', account: okx, asset: 'USDT', instId: 'ETH-USDT', amount: cents(1, 60) }]],
    [3, () => [newRate(draws, 'binance')]],
    [2, () => [newRate(draws, 'okx')]],
  ])()
}

function newRate(draws: Draws, exchange: 'binance' | 'okx'): WrittenCommand {
  const asset = draws.pick(['USDT', 'BTC', 'ETH'] as const)
  return { kind: 'set-rate', exchange, asset, rateDaily: `0.000${String(draws.between(800, 4_000)).padStart(5, '0')}` }
}

function tell(venue: Venue, log: WorldLog, command: WrittenCommand): void {
  try {
    venue.apply(command)
  } catch (error) {
    // What cannot be done is no part of the world's history.
    if (!(error instanceof Error && 'code' in error)) throw error
    return
  }
  if (!('account' in command) || command.account !== binance || !('asset' in command) || command.asset === undefined) return
  const changes = log.changes.get(command.asset) ?? []
  log.changes.set(command.asset, changes)
  changes.push(venue.clock.now())
}
