import { afterAll, beforeAll, expect, test } from 'vitest'
import { leapingClock, venueMembers } from '../../test/support/venue-sync.ts'
import type { Book } from '../book/book-interface.ts'
import { openBook } from '../book/open-book.ts'
import { strip } from '../decimal/arithmetic.ts'
import { toText } from '../decimal/decimal.ts'
import { syncAll } from '../sync/sync-all.ts'
import type { Clock } from '../time/clock.ts'
import { parseInstant } from '../time/instant.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { createVenue } from '../venue/create-venue.ts'
import type { Venue } from '../venue/venue.ts'
import { readAccountForecast } from './account-forecast.ts'
import { readForecastScore } from './forecast-score.ts'
import { recordForecasts } from './record-forecasts.ts'

const began = parseInstant('2026-03-10T10:30:00Z')
let venue: Venue
let book: Book
let clock: Clock

beforeAll(async () => {
  venue = await createVenue({ scenario: 'empty', mode: { kind: 'frozen', at: began - 3 * dayMs } })
  venue.apply({ kind: 'deposit', account: 'main', asset: 'BTC', amount: '9' })
  venue.apply({ kind: 'book', account: 'main', wallet: 'um', asset: 'USDT', amount: '-3000', reason: 'profit-or-loss' })
  venue.apply({ kind: 'borrow', account: 'main', asset: 'USDC', amount: '1545' })
  venue.apply({ kind: 'deposit', account: 'okx', asset: 'BTC', amount: '1' })
  venue.apply({ kind: 'book', account: 'okx', wallet: 'cash', asset: 'USDT', amount: '-970', reason: 'funding' })
  venue.apply({ kind: 'borrow-isolated', account: 'okx', asset: 'USDT', instId: 'ETH-USDT', amount: '33' })
  venue.clock.advanceTo(began)
  clock = leapingClock(venue)
  book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock })
  for (const { account } of venueMembers(venue, clock)) await book.addAccount(account)
}, 60_000)

afterAll(async () => {
  await book.close()
  await venue.close()
})

async function sync(): Promise<void> {
  const outcomes = await syncAll({ book, accounts: venueMembers(venue, clock), clock })
  expect(outcomes.map(({ ended, error }) => error?.message ?? ended)).toEqual(['done', 'done'])
}

test('what is foreseen from a synced book comes so, charge by charge, and the score says it', async () => {
  await sync()
  const accounts = await book.accounts()
  for (const account of accounts) {
    const now = clock.now()
    const { assets } = await readAccountForecast(book, account, now)
    expect(assets.map(({ asset, debt, loan }) => [asset, toText(strip(debt.principal)).split('.')[0], toText(strip(loan))])).toEqual(
      account.exchange === 'binance'
        ? [
            ['USDC', '0', '1545'],
            ['USDT', '3000', '0'],
          ]
        : [['USDT', '1003', '0']],
    )
    expect(assets.map(({ nextCharge }) => nextCharge?.certainty)).toEqual(assets.map(() => 'exact'))
    const kept = await recordForecasts({ book, account, now })
    expect(kept).toBe(account.exchange === 'binance' ? 25 : 48)
    // The first forecast of a day stays.
    expect(await recordForecasts({ book, account, now: now + hourMs })).toBe(0)
  }
  venue.clock.advanceBy(dayMs + hourMs)
  const due = async () => {
    const scores = []
    for (const account of accounts) scores.push(...(await readForecastScore(book, account, clock.now())))
    return scores
  }
  expect((await due()).map(({ charges, pending }) => [charges, pending])).toEqual([
    [0, 24],
    [0, 1],
    [0, 48],
  ])
  await sync()
  for (const { account, asset, charges, withinRange, pending, unforeseen, difference } of await due()) {
    expect([account, asset, withinRange, pending, unforeseen, toText(strip(difference))]).toEqual([account, asset, charges, 0, 0, '0'])
    expect(charges).toBeGreaterThan(0)
  }
}, 60_000)
