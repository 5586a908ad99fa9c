// A bot on Binance's own connector in a vitest suite. The connector brings its own transport: the venue listens on a free port.
// Run it with: npx vitest run --root examples/vitest

import { DerivativesTradingPortfolioMargin } from '@binance/derivatives-trading-portfolio-margin'
import { createVenue } from 'overdraft/venue'
import { expect, test } from 'vitest'

type RestApi = DerivativesTradingPortfolioMargin['restAPI']

async function owedInFutures(restAPI: RestApi): Promise<number> {
  const rows = await (await restAPI.accountBalance()).data()
  return (Array.isArray(rows) ? rows : [rows]).filter((row) => Number(row.umWalletBalance) < 0).length
}

/** What is tested: after an answer that leaves the outcome open it looks, instead of repaying twice. */
async function repayOnce(restAPI: RestApi): Promise<'repaid' | 'repaid after all' | 'not repaid'> {
  try {
    await restAPI.repayFuturesNegativeBalance()
    return 'repaid'
  } catch {
    return (await owedInFutures(restAPI)) === 0 ? 'repaid after all' : 'not repaid'
  }
}

async function botOnVenue() {
  const venue = await createVenue({ scenario: 'empty' })
  const { url } = await venue.listen()
  const { apiKey, apiSecret } = venue.account('main')
  const { restAPI } = new DerivativesTradingPortfolioMargin({
    configurationRestAPI: { apiKey, apiSecret, basePath: url, timeout: 10_000, retries: 0 },
  })
  venue.apply({ kind: 'deposit', account: 'main', asset: 'USDT', amount: '300' })
  venue.apply({ kind: 'book', account: 'main', wallet: 'um', asset: 'USDT', amount: '-120.5', reason: 'profit-or-loss' })
  return { venue, restAPI }
}

const where = { endpoints: ['repay-futures-negative-balance'] }

test('repays', async () => {
  const { venue, restAPI } = await botOnVenue()
  expect(await repayOnce(restAPI)).toBe('repaid')
  await venue.close()
})

test('finds out that it has repaid when the exchange answers 503, outcome unknown', async () => {
  const { venue, restAPI } = await botOnVenue()
  venue.faults.add({ kind: 'reply-lost', where, count: 1, answer: 'outcome-unknown' })
  expect(await repayOnce(restAPI)).toBe('repaid after all')
  await venue.close()
})

test('finds out that it has not when the exchange was busy', async () => {
  const { venue, restAPI } = await botOnVenue()
  venue.faults.add({ kind: 'overloaded', where, count: 1 })
  expect(await repayOnce(restAPI)).toBe('not repaid')
  await venue.close()
})
