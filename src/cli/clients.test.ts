import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, expect, test } from 'vitest'
import type { BookAccount } from '../book/record.ts'
import type { OkxClient } from '../client/okx-client.ts'
import { Secret } from '../errors/secret.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { Clients } from './clients.ts'

test('accounts share the weight of an exchange however its address is written, and of no other', () => {
  const clients = new Clients(new ManualClock(0))
  const shared = clients.budgetOf('https://papi.binance.com')
  for (const same of ['https://papi.binance.com/', 'HTTPS://PAPI.binance.com:443']) expect(clients.budgetOf(same)).toBe(shared)
  expect(clients.budgetOf('http://127.0.0.1:8790')).not.toBe(shared)
})

const servers: { close(): unknown }[] = []
afterAll(() => {
  for (const server of servers) server.close()
})

/** The address of an exchange that only tells the time. */
async function timeTeller(): Promise<string> {
  const server = createServer((_, response) => response.end('{"code":"0","data":[{"ts":"0"}],"msg":""}'))
  servers.push(server)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

test('OKX accounts behind one address share what OKX counts by address', async () => {
  const clock = new ManualClock(0)
  const clients = new Clients(clock)
  const waited: string[] = []
  const clientOf = (label: string, baseUrl: string) =>
    clients.make(
      { label, exchange: 'okx', baseUrl } as BookAccount,
      { exchange: 'okx', apiKey: label, secret: new Secret('s'), passphrase: new Secret('p') },
      ({ kind }) => kind === 'waited-for-budget' && waited.push(label),
    ) as OkxClient
  const baseUrl = await timeTeller()
  const first = clientOf('first', baseUrl)
  // Ten in two seconds are allowed, and no time passes.
  for (let call = 0; call < 10; call++) await first.publicTime({})
  await clientOf('elsewhere', await timeTeller()).publicTime({})
  expect(waited).toEqual([])
  let isAnswered = false
  const eleventh = clientOf('second', baseUrl)
    .publicTime({})
    .finally(() => {
      isAnswered = true
    })
  while (!isAnswered) await clock.advanceBy(100)
  await eleventh
  expect(waited).toEqual(['second'])
  await clients.close()
})
