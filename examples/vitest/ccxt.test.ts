// A bot on ccxt in a vitest suite, without a port: ccxt's own `fetchImplementation` leads into the venue.
// Run it with: npx vitest run --root examples/vitest

import ccxt from 'ccxt'
import { createVenue } from 'overdraft/venue'
import { expect, test } from 'vitest'

/** What is tested: repays what is below zero, and tells of which assets. */
async function settleDebts(exchange: InstanceType<typeof ccxt.binance>): Promise<readonly string[]> {
  const owed = (await exchange.papiGetBalance()).filter((row: { umWalletBalance: string }) => Number(row.umWalletBalance) < 0)
  if (owed.length > 0) await exchange.papiPostRepayFuturesNegativeBalance()
  return owed.map((row: { asset: string }) => row.asset)
}

async function botOnVenue() {
  const venue = await createVenue({ scenario: 'empty', mode: { kind: 'frozen', at: Date.parse('2026-03-09T12:00:00Z') } })
  const { apiKey, apiSecret: secret } = venue.account('main')
  const inside = { fetchImplementation: venue.fetch, nonce: () => venue.clock.now(), enableRateLimit: false }
  const exchange = new ccxt.binance({ apiKey, secret, ...inside })
  exchange.setMarkets([]) // else ccxt asks for the markets first
  venue.apply({ kind: 'set-repay-switch', account: 'main', on: false })
  venue.apply({ kind: 'book', account: 'main', wallet: 'um', asset: 'USDT', amount: '-6000', reason: 'funding' })
  venue.apply({ kind: 'deposit', account: 'main', asset: 'USDT', amount: '500' })
  return { venue, exchange }
}

// Every test has a venue of its own, so they may run at once.
test.concurrent('a debt that stands at midnight costs what is beyond the free threshold', async () => {
  const { venue, exchange } = await botOnVenue()
  venue.clock.advanceToNext('day')
  const [charge] = await exchange.papiGetPortfolioInterestHistory()
  expect(charge).toMatchObject({ asset: 'USDT', principal: '4500', interest: '0.5238' })
  await venue.close()
})

test.concurrent('a debt repaid one millisecond before midnight costs nothing', async () => {
  const { venue, exchange } = await botOnVenue()
  venue.apply({ kind: 'deposit', account: 'main', asset: 'USDT', amount: '5500' })
  venue.clock.advanceTo(Date.parse('2026-03-09T23:59:59.999Z'))
  expect(await settleDebts(exchange)).toEqual(['USDT'])
  venue.clock.advanceToNext('day')
  expect(await exchange.papiGetPortfolioInterestHistory()).toEqual([])
  expect(await settleDebts(exchange)).toEqual([])
  await venue.close()
})
