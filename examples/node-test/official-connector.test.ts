// A bot on Binance's own connector, tested with node:test: venues side by side in one process, each on a port of its own.
// Run it with: node --import tsx --test examples/node-test/*.test.ts

import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { DerivativesTradingPortfolioMargin } from '@binance/derivatives-trading-portfolio-margin'
import { createVenue, type Venue } from 'overdraft/venue'

async function botOn(venue: Venue) {
  const { url } = await venue.listen()
  const { apiKey, apiSecret } = venue.account('main')
  const configurationRestAPI = { apiKey, apiSecret, basePath: url, timeout: 10_000, retries: 0 }
  return new DerivativesTradingPortfolioMargin({ configurationRestAPI }).restAPI
}

/** What is tested: the assets that are owed, before and after repaying. */
async function repayAndReport(restAPI: Awaited<ReturnType<typeof botOn>>): Promise<readonly string[]> {
  const owed = async () => {
    const rows = await (await restAPI.accountBalance()).data()
    return (Array.isArray(rows) ? rows : [rows]).flatMap((row) => (Number(row.umWalletBalance) < 0 ? [row.asset] : []))
  }
  const before = await owed()
  await restAPI.repayFuturesNegativeBalance()
  return [`owed ${before.join()}`, `still owed ${(await owed()).join() || 'nothing'}`]
}

describe('the report', { concurrency: true }, () => {
  const cases = [
    { paidIn: '900', report: ['owed USDT', 'still owed nothing'] },
    { paidIn: '100', report: ['owed USDT', 'still owed USDT'] },
  ]
  for (const { paidIn, report } of cases) {
    test(`with ${paidIn} USDT in cross margin`, async () => {
      const venue = await createVenue({ scenario: 'empty' })
      venue.apply({ kind: 'deposit', account: 'main', asset: 'USDT', amount: paidIn })
      venue.apply({ kind: 'book', account: 'main', wallet: 'um', asset: 'USDT', amount: '-650.25', reason: 'fee' })
      assert.deepEqual(await repayAndReport(await botOn(venue)), report)
      await venue.close()
    })
  }
})
