import { afterAll, describe, expect, test } from 'vitest'
import { onBothEngines } from '../../test/support/books.ts'
import { leapingClock, linesOfBook, venueMembers } from '../../test/support/venue-sync.ts'
import type { Book } from '../book/book-interface.ts'
import { openBook } from '../book/open-book.ts'
import type { BookAccount } from '../book/record.ts'
import { createBinanceClient } from '../client/binance-client.ts'
import { createOkxClient } from '../client/okx-client.ts'
import { Secret } from '../errors/secret.ts'
import { createVenue } from '../venue/create-venue.ts'
import { parseScenario } from '../venue/scenarios/scenario.ts'
import { rememberKey } from './same-account.ts'
import { nextAttemptOf } from './schedule.ts'
import { syncAccount } from './sync-account.ts'
import type { SyncClient } from './sync-client.ts'

const scenario = `
name: two-of-each
description: two accounts of each exchange, one in debt longer and deeper than the other, and one that never owed
seed: two-of-each
starts: -4d
accounts:
  - { label: bin, exchange: binance }
  - { label: bin-other, exchange: binance }
  - { label: bin-empty, exchange: binance }
  - { label: okx, exchange: okx }
  - { label: okx-other, exchange: okx }
  - { label: okx-empty, exchange: okx }
  - { label: bin-idle, exchange: binance }
  - { label: okx-idle, exchange: okx }
  - { label: bin-twin, exchange: binance }
  - { label: okx-twin, exchange: okx }
markets:
  prices: { USDT: 1, BTC: 90000 }
  rates:
    binance: { USDT: 0.0001164, BTC: 0.0000276 }
    okx: { USDT: 0.000098, BTC: 0.0000276 }
  collateralRates: { USDT: 1, BTC: 0.95 }
  freeQuotas: { USDT: 0 }
history:
  - { at: -4d, account: bin, kind: deposit, asset: BTC, amount: 1 }
  - { at: -4d, account: bin, kind: borrow, asset: USDT, amount: 1000 }
  - { at: -4d, account: okx, kind: deposit, asset: BTC, amount: 1 }
  - { at: -4d, account: okx, kind: borrow-isolated, asset: USDT, instId: BTC-USDT, amount: 1000 }
  - { at: -3d, account: bin-other, kind: deposit, asset: BTC, amount: 1 }
  - { at: -3d, account: bin-other, kind: borrow, asset: USDT, amount: 3000 }
  - { at: -3d, account: okx-other, kind: deposit, asset: BTC, amount: 1 }
  - { at: -3d, account: okx-other, kind: borrow-isolated, asset: USDT, instId: BTC-USDT, amount: 3000 }
  - { at: -3d, account: bin-idle, kind: deposit, asset: BTC, amount: 2 }
  - { at: -3d, account: okx-idle, kind: deposit, asset: BTC, amount: 2 }
  - { at: -2h, account: bin-twin, kind: deposit, asset: BTC, amount: 1 }
  - { at: -2h, account: bin-twin, kind: borrow, asset: USDT, amount: 1000 }
  - { at: -2h, account: okx-twin, kind: deposit, asset: BTC, amount: 1 }
  - { at: -2h, account: okx-twin, kind: borrow-isolated, asset: USDT, instId: BTC-USDT, amount: 1000 }
`
const at = Date.UTC(2026, 5, 20, 10, 30)
const adminToken = 'admin'
const opened: { close(): Promise<void> | void }[] = []

afterAll(async () => {
  for (const one of opened) await one.close()
})

async function world() {
  const venue = await createVenue({ mode: { kind: 'frozen', at }, scenario: parseScenario(scenario, 'two-of-each'), adminToken })
  opened.push(venue)
  const clock = leapingClock(venue)
  const members = venueMembers(venue, clock)
  const memberOf = (label: string) => {
    const found = members.find(({ account }) => account.label === label)
    if (found === undefined) throw new Error(label)
    return found
  }
  const secondKeyOf = async ({ label, exchange, baseUrl }: BookAccount): Promise<SyncClient> => {
    const headers = { authorization: `Bearer ${adminToken}`, 'content-type': 'application/json' }
    const request = new Request(`${baseUrl}/_venue/accounts/${label}/keys`, { method: 'POST', headers, body: '{}' })
    const { apiKey, secret, passphrase } = (await (await venue.fetch(request)).json()) as Record<string, string>
    const common = { baseUrl, clock, fetch: (one: Request) => venue.fetch(one) }
    const key = { apiKey: apiKey!, secret: new Secret(secret!) }
    return exchange === 'binance'
      ? createBinanceClient({ ...common, credentials: { ...key, signing: 'hmac' } })
      : createOkxClient({ ...common, credentials: { ...key, passphrase: new Secret(passphrase!) } })
  }
  return { clock, memberOf, secondKeyOf }
}

/** Everything of the account that a mixed book would show. */
async function kept(book: Book, label: string) {
  return JSON.stringify([await linesOfBook(book), await book.latestBalances(label), await book.coverage(label, 'interest')], (_, value) =>
    typeof value === 'bigint' ? `${value}` : value,
  )
}

onBothEngines('a book', (books) => {
  describe.each(['bin', 'okx'])('with the rows of %s', (label) => {
    test('takes none of another account’s under that label, and goes on with a second key of the same', async () => {
      const { clock, memberOf, secondKeyOf } = await world()
      const { account, client } = memberOf(label)
      const book = await openBook(books.target(), { clock })
      opened.push(book)
      await book.addAccount(account)
      const sync = (by: SyncClient) => syncAccount({ book, account, client: by, clock })
      expect(await sync(client)).toMatchObject({ ended: 'done' })
      const before = await kept(book, label)
      // The twin owes the very same, so that its newest charges are those of the account; the older ones are not.
      for (const other of [`${label}-other`, `${label}-empty`, `${label}-idle`, `${label}-twin`]) {
        const outcome = await sync(memberOf(other).client)
        expect(outcome).toMatchObject({ ended: 'failed', error: { code: 'sync.other-account', exit: 'configuration' } })
        expect(await kept(book, label)).toBe(before)
        expect(nextAttemptOf(await book.syncState(label))).toMatchObject({ kind: 'human' })
      }
      expect(await sync(await secondKeyOf(account))).toMatchObject({ ended: 'done' })
      expect(await sync(client)).toMatchObject({ ended: 'done' })
    }, 60_000)

    test('asks nothing more as long as the key is the same', async () => {
      const { clock, memberOf } = await world()
      const { account, client } = memberOf(label)
      const book = await openBook(books.target(), { clock })
      opened.push(book)
      await book.addAccount(account)
      await syncAccount({ book, account, client, clock })
      expect((await book.fact(label, 'key', at * 2))?.value).toBe(client.keyId)
      const asked: string[] = []
      const members = Object.entries(client).map(([name, member]) => {
        if (typeof member !== 'function') return [name, member]
        const told = (...given: unknown[]) => {
          if (name !== 'serverNow' && name !== 'oddTimes') asked.push(name)
          return member(...given)
        }
        return [name, told]
      })
      await syncAccount({ book, account, client: Object.fromEntries(members) as SyncClient, clock })
      expect(asked[0]).toBe('balance')
    }, 60_000)
  })

  test('that has only balances of OKX knows the account by its uid', async () => {
    const { clock, memberOf, secondKeyOf } = await world()
    const { account, client } = memberOf('okx-idle')
    const book = await openBook(books.target(), { clock })
    opened.push(book)
    await book.addAccount(account)
    const sync = (by: SyncClient) => syncAccount({ book, account, client: by, clock })
    expect(await sync(client)).toMatchObject({ ended: 'done' })
    expect((await book.fact(account.label, 'uid', at * 2))?.value).toMatch(/^\d{15}$/)
    const before = await kept(book, account.label)
    expect(await sync(memberOf('okx-other').client)).toMatchObject({ ended: 'failed', error: { code: 'sync.other-account' } })
    expect(await kept(book, account.label)).toBe(before)
    expect(await sync(await secondKeyOf(account))).toMatchObject({ ended: 'done' })
  }, 60_000)

  test('that has only balances of Binance takes no new key on its own', async () => {
    const { clock, memberOf, secondKeyOf } = await world()
    const { account, client } = memberOf('bin-idle')
    const book = await openBook(books.target(), { clock })
    opened.push(book)
    await book.addAccount(account)
    const sync = (by: SyncClient) => syncAccount({ book, account, client: by, clock })
    expect(await sync(client)).toMatchObject({ ended: 'done' })
    const before = await kept(book, account.label)
    const second = await secondKeyOf(account)
    for (const by of [memberOf('bin-other').client, second]) {
      expect(await sync(by)).toMatchObject({ ended: 'failed', error: { code: 'sync.account-unknown', exit: 'configuration' } })
      expect(await kept(book, account.label)).toBe(before)
    }
    await rememberKey(book, account, second, { by: 'unknown', uid: undefined }, clock.now())
    expect(await sync(second)).toMatchObject({ ended: 'done' })
  }, 60_000)
})
