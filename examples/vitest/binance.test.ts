// A bot on the npm package "binance" in a vitest suite, without a port: axios takes another `fetch`.
// Run it with: npx vitest run --root examples/vitest

import { PortfolioClient, type PortfolioSingleBalance } from 'binance'
import { createVenue } from 'overdraft/venue'
import { expect, test } from 'vitest'

/** What is tested: leaves it to Auto Repay while cross margin can cover the debt, and says so otherwise. */
async function watchOver(client: PortfolioClient): Promise<'covered' | 'must pay in'> {
  await client.updateAutoRepayFuturesStatus({ autoRepay: 'true' })
  const rows = (await client.getBalance()) as PortfolioSingleBalance[]
  const isShort = rows.some((row) => Number(row.crossMarginFree) + Math.min(Number(row.umWalletBalance), 0) < 0)
  return isShort ? 'must pay in' : 'covered'
}

async function botOnVenue() {
  // The client signs with the time of the machine, whatever day it is at the venue.
  const venue = await createVenue({
    scenario: 'empty',
    mode: { kind: 'frozen', at: Date.parse('2026-03-09T12:00:00Z') },
    behaviour: { timestamps: 'either-clock' },
  })
  const { apiKey: api_key, apiSecret: api_secret } = venue.account('main')
  const client = new PortfolioClient({ api_key, api_secret }, { adapter: 'fetch', env: { fetch: venue.fetch } })
  venue.apply({ kind: 'set-repay-switch', account: 'main', on: false })
  venue.apply({ kind: 'deposit', account: 'main', asset: 'ETH', amount: '2' })
  return { venue, client }
}

test('Auto Repay repays before midnight what cross margin has of the asset', async () => {
  const { venue, client } = await botOnVenue()
  venue.apply({ kind: 'book', account: 'main', wallet: 'um', asset: 'ETH', amount: '-1.5', reason: 'profit-or-loss' })
  expect(await watchOver(client)).toBe('covered')
  venue.clock.advanceToNext('day')
  expect(await client.getPortfolioNegativeBalanceInterestHistory({})).toEqual([])
  expect(await client.getBalance({ asset: 'ETH' })).toMatchObject({ umWalletBalance: '0.0', crossMarginFree: '0.5' })
  await venue.close()
})

test('what it cannot repay is charged', async () => {
  const { venue, client } = await botOnVenue()
  venue.apply({ kind: 'book', account: 'main', wallet: 'um', asset: 'ETH', amount: '-3.5', reason: 'profit-or-loss' })
  expect(await watchOver(client)).toBe('must pay in')
  venue.clock.advanceToNext('day')
  // Of the 1.5 ETH left, 0.1 are free of interest.
  expect(await client.getPortfolioNegativeBalanceInterestHistory({})).toMatchObject([{ asset: 'ETH', principal: '1.4' }])
  await venue.close()
})
