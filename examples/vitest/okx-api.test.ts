// A bot on the npm package "okx-api" in a vitest suite, without a port: axios takes another `fetch`.
// Run it with: npx vitest run --root examples/vitest

import { RestClient } from 'okx-api'
import { createVenue } from 'overdraft/venue'
import { expect, test } from 'vitest'

/** What is tested: what an account was charged for one currency, added up. */
async function chargedFor(client: RestClient, ccy: string): Promise<{ hours: number; interest: number }> {
  const rows = await client.getInterestAccrued({ ccy, mgnMode: 'cross', limit: '100' })
  return { hours: rows.length, interest: rows.reduce((sum, row) => sum + Number(row.interest), 0) }
}

async function botOnVenue() {
  const venue = await createVenue({
    scenario: 'empty',
    mode: { kind: 'frozen', at: Date.parse('2026-03-09T12:30:00Z') },
    behaviour: { timestamps: 'either-clock' },
  })
  const { apiKey, apiSecret, passphrase = '' } = venue.account('okx')
  const client = new RestClient({ apiKey, apiSecret, apiPass: passphrase }, { adapter: 'fetch', env: { fetch: venue.fetch } })
  venue.apply({ kind: 'deposit', account: 'okx', asset: 'ETH', amount: '20' })
  venue.apply({ kind: 'book', account: 'okx', wallet: 'cash', asset: 'USDT', amount: '-2400', reason: 'funding' })
  return { venue, client }
}

test('every full hour is charged, and shown some minutes later', async () => {
  const { venue, client } = await botOnVenue()
  for (let hour = 0; hour < 3; hour++) venue.clock.advanceToNext('hour')
  expect((await chargedFor(client, 'USDT')).hours).toBe(2)
  venue.clock.advanceBy(10 * 60_000)
  const { hours, interest } = await chargedFor(client, 'USDT')
  expect(hours).toBe(3)
  expect(interest).toBeCloseTo((3 * 2400 * 0.000098) / 24, 4)
  await venue.close()
})

test('a debt repaid before the hour is not charged', async () => {
  const { venue, client } = await botOnVenue()
  venue.apply({ kind: 'deposit', account: 'okx', asset: 'USDT', amount: '2400' })
  venue.clock.advanceToNext('hour')
  venue.clock.advanceBy(10 * 60_000)
  expect((await chargedFor(client, 'USDT')).hours).toBe(0)
  await venue.close()
})
