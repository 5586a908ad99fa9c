import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { passphrase, run } from '../../../test/support/command-line.ts'
import { linesOfBook } from '../../../test/support/venue-sync.ts'
import { openBook } from '../../book/open-book.ts'
import { systemClock } from '../../time/system-clock.ts'
import type { AccountAccess, KeyAccess } from '../../venue/account-access.ts'
import { createVenue, listenVenue } from '../../venue/index.ts'
import { parseScenario } from '../../venue/scenarios/scenario.ts'

const keys = '[{ signing: hmac, permissions: [read] }, { signing: hmac, permissions: [read] }]'
const scenario = `
name: two-of-each
description: two accounts of each exchange with two keys each, one of Binance that never owed
seed: cli
starts: -2d
accounts:
  - { label: bin, exchange: binance, keys: ${keys} }
  - { label: bin-other, exchange: binance, keys: ${keys} }
  - { label: bin-idle, exchange: binance, keys: ${keys} }
  - { label: okx, exchange: okx, keys: ${keys} }
  - { label: okx-other, exchange: okx, keys: ${keys} }
markets:
  prices: { USDT: 1, BTC: 90000 }
  rates:
    binance: { USDT: 0.0001164 }
history:
  - { at: -2d, account: bin, kind: deposit, asset: BTC, amount: 1 }
  - { at: -2d, account: bin, kind: borrow, asset: USDT, amount: 1000 }
  - { at: -2d, account: bin-other, kind: deposit, asset: BTC, amount: 2 }
  - { at: -2d, account: bin-idle, kind: deposit, asset: BTC, amount: 3 }
  - { at: -2d, account: okx, kind: deposit, asset: BTC, amount: 1 }
  - { at: -2d, account: okx-other, kind: deposit, asset: BTC, amount: 2 }
`
const since = () => new Date(Date.now() - 86_400_000).toISOString()
let url = ''
let accounts: readonly AccountAccess[] = []
let close = async () => {}

beforeAll(async () => {
  const venue = await createVenue({ scenario: parseScenario(scenario, 'two-of-each'), behaviour: { limits: 'counted' } })
  const listening = await listenVenue(venue, { port: 0 })
  url = listening.url
  accounts = venue.accounts
  close = async () => {
    await listening.close()
    await venue.close()
  }
})

afterAll(async () => close())

function give(label: string, index: number, options: string, home?: string) {
  const access = accounts.find((account) => account.label === label)
  const key: KeyAccess = access!.keys[index]!
  const env = { ...passphrase, OVERDRAFT_API_SECRET: key.secret, OVERDRAFT_API_PASSPHRASE: key.passphrase ?? '' }
  const line = `account add main --exchange ${access!.exchange} --base-url ${url} --api-key ${key.apiKey} ${options}`
  return run(line, { env, clock: systemClock, ...(home === undefined ? {} : { home }) })
}

const sync = (home: string) => run(`sync --since ${since()}`, { env: passphrase, home, clock: systemClock })

async function keptIn(home: string): Promise<string> {
  const book = await openBook({ kind: 'sqlite', path: join(home, 'book.db') }, { clock: systemClock })
  const kept = [await linesOfBook(book), await book.latestBalances('main'), await book.coverage('main', 'interest')]
  await book.close()
  return JSON.stringify(kept, (_, value) => (typeof value === 'bigint' ? `${value}` : value))
}

test.each(['bin', 'okx'])(
  'the key of another account is refused for that of %s and a second key of it is taken',
  async (label) => {
    const { home } = await give(label, 0, '')
    expect((await sync(home)).stderr).not.toContain('not of the account')
    const vault = join(home, 'vault.json')
    const [own, before] = [readFileSync(vault, 'utf8'), await keptIn(home)]
    const refused = await give(`${label}-other`, 0, '--replace --same-account', home)
    expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('is not of the account')])
    expect(readFileSync(vault, 'utf8')).toBe(own)
    expect(await keptIn(home)).toBe(before)

    // The vault of another home, put in place of this one's.
    const { home: elsewhere } = await give(`${label}-other`, 0, '')
    writeFileSync(vault, readFileSync(join(elsewhere, 'vault.json'), 'utf8'))
    const swapped = await sync(home)
    expect([swapped.code, swapped.all]).toEqual([3, expect.stringContaining('is not of the account')])
    expect(await keptIn(home)).toBe(before)
    expect(existsSync(vault)).toBe(true)

    writeFileSync(vault, own)
    expect(await give(label, 1, '--replace', home)).toMatchObject({ code: 0 })
    expect((await sync(home)).all).not.toContain('is not of the account')
  },
  60_000,
)

test('where nothing tells whose the key is, it is taken on the word of the user alone', async () => {
  const { home } = await give('bin-idle', 0, '')
  await sync(home)
  const refused = await give('bin-idle', 1, '--replace', home)
  expect([refused.code, refused.stderr]).toEqual([3, expect.stringContaining('--same-account')])
  expect(await give('bin-idle', 1, '--replace --same-account', home)).toMatchObject({ code: 0 })
  expect((await sync(home)).all).not.toContain('nothing tells')
}, 60_000)
