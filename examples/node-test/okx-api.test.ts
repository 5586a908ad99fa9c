// A bot on the npm package "okx-api", tested with node:test: borrowing when the answer says nothing about the outcome.
// Run it with: node --import tsx --test examples/node-test/*.test.ts

import assert from 'node:assert/strict'
import { test } from 'node:test'
import { RestClient } from 'okx-api'
import { createVenue } from 'overdraft/venue'

/** What is tested: after a system error it looks into the history, instead of borrowing twice. */
async function borrowOnce(client: RestClient, ccy: string, amt: string): Promise<'borrowed' | 'borrowed after all' | 'not borrowed'> {
  try {
    await client.manualBorrowRepay({ ccy, side: 'borrow', amt })
    return 'borrowed'
  } catch (error) {
    if ((error as { code?: string }).code !== '50026') throw error
    const loans = await client.getBorrowRepayHistory({ ccy, type: 'manual_borrow' })
    return loans.length > 0 ? 'borrowed after all' : 'not borrowed'
  }
}

async function botOnVenue() {
  const venue = await createVenue({ scenario: 'empty' })
  const { apiKey, apiSecret, passphrase = '' } = venue.account('okx')
  const client = new RestClient({ apiKey, apiSecret, apiPass: passphrase }, { adapter: 'fetch', env: { fetch: venue.fetch } })
  venue.apply({ kind: 'deposit', account: 'okx', asset: 'ETH', amount: '20' })
  return { venue, client }
}

const where = { endpoints: ['spot-manual-borrow-repay'] }

test('borrows', async () => {
  const { venue, client } = await botOnVenue()
  assert.equal(await borrowOnce(client, 'USDT', '1000'), 'borrowed')
  await venue.close()
})

test('finds out that it has borrowed although the reply was lost', async () => {
  const { venue, client } = await botOnVenue()
  venue.faults.add({ kind: 'reply-lost', where, count: 1, answer: 'outcome-unknown' })
  assert.equal(await borrowOnce(client, 'USDT', '1000'), 'borrowed after all')
  await venue.close()
})

test('finds out that it has not when the system failed', async () => {
  const { venue, client } = await botOnVenue()
  venue.faults.add({ kind: 'okx-system-error', where, count: 1 })
  assert.equal(await borrowOnce(client, 'USDT', '1000'), 'not borrowed')
  await venue.close()
})
