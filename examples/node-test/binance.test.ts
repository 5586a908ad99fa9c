// A bot on the npm package "binance", tested with node:test: the exchange turns it away, and it waits as long as it is told.
// Run it with: node --import tsx --test examples/node-test/*.test.ts

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { PortfolioClient, type PortfolioSingleBalance } from 'binance'
import { createVenue } from 'overdraft/venue'

/** What is tested: one more attempt after a 429, and none after anything else. */
async function patiently<Result>(ask: () => Promise<Result>, wait: (seconds: number) => void): Promise<Result> {
  try {
    return await ask()
  } catch (error) {
    const { code, headers } = error as { code?: number; headers?: Record<string, string> }
    if (code !== -1003) throw error
    wait(Number(headers?.['retry-after'] ?? 60))
    return ask()
  }
}

async function botOnVenue() {
  const venue = await createVenue({ scenario: 'empty' })
  const { apiKey: api_key, apiSecret: api_secret } = venue.account('main')
  const client = new PortfolioClient({ api_key, api_secret }, { adapter: 'fetch', env: { fetch: venue.fetch } })
  venue.apply({ kind: 'book', account: 'main', wallet: 'um', asset: 'USDT', amount: '-75', reason: 'funding' })
  return { venue, client }
}

test('waits for the time it is told and reads the debt then', async () => {
  const { venue, client } = await botOnVenue()
  venue.faults.add({ kind: 'rate-limited', count: 1, seconds: 7 })
  const waited: number[] = []
  const rows = await patiently(
    () => client.getBalance(),
    (seconds) => waited.push(seconds),
  )
  assert.deepEqual(
    (rows as PortfolioSingleBalance[]).map(({ umWalletBalance }) => Number(umWalletBalance)),
    [-75],
  )
  assert.deepEqual(waited, [7])
  await venue.close()
})

test('does not ask again when its key was revoked', async () => {
  const { venue, client } = await botOnVenue()
  venue.faults.add({ kind: 'key-revoked', where: { account: 'main' } })
  await assert.rejects(
    patiently(
      () => client.getBalance(),
      () => assert.fail('it waited'),
    ),
    { code: -2015 },
  )
  await venue.close()
})
