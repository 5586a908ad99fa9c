// What if? A bot on ccxt, tested with node:test: a fork of the venue plays out what it did not do.
// Run it with: node --import tsx --test examples/node-test/*.test.ts

import assert from 'node:assert/strict'
import { test } from 'node:test'
import ccxt from 'ccxt'
import { createVenue, type Venue } from 'overdraft/venue'

/** ccxt as the account `main` of a venue, without a port. */
function botOn(venue: Venue) {
  const { apiKey, apiSecret: secret } = venue.account('main')
  const inside = { fetchImplementation: venue.fetch, nonce: () => venue.clock.now(), enableRateLimit: false }
  const exchange = new ccxt.binance({ apiKey, secret, ...inside })
  exchange.setMarkets([]) // else ccxt asks for the markets first
  return exchange
}

/** What is tested: the interest of all nights so far. */
async function interestOf(exchange: InstanceType<typeof ccxt.binance>): Promise<number> {
  const rows = await exchange.papiGetPortfolioInterestHistory({ asset: 'BTC', size: 100 })
  return rows.reduce((sum: number, row: { interest: string }) => sum + Number(row.interest), 0)
}

test('repaying today costs one night, waiting three nights costs three', async () => {
  const venue = await createVenue({ scenario: 'empty', mode: { kind: 'frozen', at: Date.parse('2026-03-09T12:00:00Z') } })
  venue.apply({ kind: 'book', account: 'main', wallet: 'um', asset: 'BTC', amount: '-0.41', reason: 'profit-or-loss' })
  venue.clock.advanceToNext('day')

  const whatIf = await venue.fork()
  whatIf.apply({ kind: 'deposit', account: 'main', asset: 'BTC', amount: '0.41' })
  await botOn(whatIf).papiPostRepayFuturesNegativeBalance()
  for (const world of [venue, whatIf]) world.clock.advanceBy(48 * 3_600_000)

  // 0.01 BTC are free of interest: 0.4 x 0.0000132 a night.
  assert.equal((await interestOf(botOn(whatIf))).toFixed(8), '0.00000528')
  assert.equal((await interestOf(botOn(venue))).toFixed(8), '0.00001584')
  await whatIf.close()
  await venue.close()
})
