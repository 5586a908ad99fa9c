import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Endpoint } from '../contracts/contract.ts'
import { okxEndpoints } from '../contracts/endpoints.ts'
import { decimal, toText } from '../decimal/decimal.ts'
import { Secret } from '../errors/secret.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { createVenue, type Venue } from '../venue/index.ts'
import { CallBudgets } from './budget/call-budgets.ts'
import type { CallOptions } from './call-options.ts'
import { createOkxClient, type OkxClient } from './okx-client.ts'

const clock = new ManualClock(Date.UTC(2026, 5, 15, 12, 34, 56))
// One user, whichever client asks.
const budget = new CallBudgets({ clock })
let venue: Venue
const sent: { readonly path: string; readonly body: string }[] = []
const statuses: number[] = []

beforeAll(async () => {
  venue = await createVenue({ clock })
  const { label } = venue.accounts.find(({ exchange }) => exchange === 'okx')!
  venue.engine.apply({ kind: 'deposit', account: label, asset: 'BTC', amount: decimal('10') }, { at: venue.clock.now() })
})
afterAll(() => venue.close())

const fetch = async (request: Request) => {
  if (request.method === 'POST') sent.push({ path: new URL(request.url).pathname, body: await request.clone().text() })
  const response = await venue.fetch(request)
  statuses.push(response.status)
  return response
}

function client(mayChange = false): OkxClient {
  const key = venue.accounts.find(({ exchange }) => exchange === 'okx')?.keys[0]
  if (key === undefined) throw new Error('the venue has no OKX key')
  const credentials = { apiKey: key.apiKey, secret: new Secret(key.secret), passphrase: new Secret(key.passphrase ?? '') }
  return createOkxClient({ baseUrl: 'http://127.0.0.1:9', credentials, clock, fetch, random: () => 0.5, budget, mayChange })
}

async function running<Value>(promise: Promise<Value>): Promise<Value> {
  let settled = false
  const watched = promise.finally(() => {
    settled = true
  })
  watched.catch(() => {})
  for (let step = 0; step < 1_000 && !settled; step++) await clock.advanceBy(200)
  return watched
}

type AnyCall = (args: Readonly<Record<string, unknown>>, options?: CallOptions) => Promise<{ code: string; data: readonly unknown[] }>
const callOf = (of: OkxClient, name: string) => (of as unknown as Record<string, AnyCall>)[name]!

/** What has to be given; everything else is left out. */
const argumentsFor: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  maxLoan: { mgnMode: 'cross', ccy: 'USDT' },
  spotManualBorrowRepay: { ccy: 'BTC', side: 'borrow', amt: decimal('0.0001') },
  setAutoRepay: { autoRepay: true },
}
const endpoints = Object.entries<Endpoint>(okxEndpoints)

describe('the OKX client', () => {
  test.each(endpoints.filter(([, { changesState }]) => !changesState).map(([name]) => name))('calls %s, which only reads', async (name) => {
    const reply = await running(callOf(client(), name)(argumentsFor[name] ?? {}))
    expect(reply.code).toBe('0')
    expect(reply.data).toBeInstanceOf(Array)
  })

  test.each(endpoints.filter(([, { changesState }]) => changesState).map(([name]) => name))(
    'calls %s only where it may change',
    async (name) => {
      const before = sent.length
      await expect(running(callOf(client(), name)(argumentsFor[name] ?? {}))).rejects.toMatchObject({ code: 'client.not-allowed' })
      expect(sent).toHaveLength(before)
      expect((await running(callOf(client(true), name)(argumentsFor[name] ?? {}))).code).toBe('0')
      expect(sent).toHaveLength(before + 1)
    },
  )

  test('sends a boolean as true, not as text, and an amount as text', async () => {
    sent.length = 0
    const changing = client(true)
    expect((await running(changing.setAutoRepay({ autoRepay: true }))).data).toEqual([{ autoRepay: true }])
    expect((await running(changing.setAutoLoan({ autoLoan: false }))).data).toEqual([{ autoLoan: false }])
    const { data } = await running(changing.spotManualBorrowRepay({ ccy: 'BTC', side: 'repay', amt: decimal('0.00010') }))
    expect(data.map(({ amt }) => toText(amt))).toEqual(['0.0001'])
    expect(sent).toEqual([
      { path: '/api/v5/account/set-auto-repay', body: '{"autoRepay":true}' },
      { path: '/api/v5/account/set-auto-loan', body: '{"autoLoan":false}' },
      { path: '/api/v5/account/spot-manual-borrow-repay', body: '{"ccy":"BTC","side":"repay","amt":"0.00010"}' },
    ])
  })

  test('pages through bills by ids beyond 2^53, none lost and none twice', async () => {
    const reading = client()
    const ids: bigint[] = []
    let after: bigint | undefined
    do {
      const { data } = await running(reading.bills({ after, limit: 37 }))
      ids.push(...data.map(({ billId }) => billId))
      after = data.length < 37 ? undefined : data.at(-1)?.billId
    } while (after !== undefined)
    expect(ids.length).toBeGreaterThan(100)
    expect(new Set(ids).size).toBe(ids.length)
    expect(ids.every((id, index) => index === 0 || id < ids[index - 1]!)).toBe(true)
  })

  test('of many bills asked for at once never more than the limit of their second arrive', async () => {
    const reading = client()
    await running(Promise.all(Array.from({ length: 17 }, () => reading.bills({ limit: 1 }))))
    expect(statuses).not.toContain(429)
  })

  test('refuses arguments the document does not have before anything is sent', async () => {
    const changing = client(true)
    sent.length = 0
    await expect(changing.setAutoRepay({ autoRepay: 'true' as unknown as boolean })).rejects.toMatchObject({
      code: 'contract.parameter-malformed',
    })
    await expect(changing.spotManualBorrowRepay({ ccy: 'BTC', side: 'borrow', amt: decimal('-1') })).rejects.toMatchObject({
      code: 'contract.parameter-malformed',
    })
    expect(sent).toEqual([])
  })
})
