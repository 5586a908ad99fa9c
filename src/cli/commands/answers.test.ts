import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { now, run, withSecret } from '../../../test/support/command-line.ts'
import { openBook } from '../../book/open-book.ts'
import { decimal } from '../../decimal/decimal.ts'
import { parseInstant } from '../../time/instant.ts'
import { interval } from '../../time/interval.ts'
import { ManualClock } from '../../time/manual-clock.ts'
import { dayMs, minuteMs } from '../../time/units.ts'

describe('a book with history', () => {
  const midnight = parseInstant('2026-03-10')

  async function bookOf(provenFrom: number): Promise<string> {
    const { home } = await run('account add main --exchange binance --api-key k', { env: withSecret })
    const book = await openBook({ kind: 'sqlite', path: join(home, 'book.db') }, { clock: new ManualClock(now) })
    const charge = (at: number, interest: string) => ({
      account: 'main',
      asset: 'USDT',
      instId: '',
      marginMode: '',
      loanType: '',
      at,
      principal: decimal('210000'),
      rate: decimal('0.0001164'),
      interest: decimal(interest),
      receivedAt: now,
    })
    const proof = {
      account: 'main',
      stream: 'interest' as const,
      provenBy: 'test',
      provenAt: now,
      ...interval(provenFrom, now - 10 * minuteMs),
    }
    await book.recordCharges(
      'main',
      [charge(midnight, '24.4440'), charge(midnight - dayMs, '24.4440'), charge(midnight - 20 * dayMs, '1.1')],
      [proof],
    )
    const amounts = {
      total: decimal('-210000.5'),
      owed: decimal('210000.5'),
      free: decimal('0'),
      um: decimal('-210000.5'),
      cm: decimal('0'),
    }
    await book.recordBalances('main', [
      { account: 'main', takenAt: now - minuteMs, asset: 'USDT', ...amounts, interest: decimal('24.4440'), updatedAt: midnight - 5 },
    ])
    await book.close()
    return home
  }

  test('status tells what is owed, what it costs and when it is charged next', async () => {
    const { code, stdout } = await run('status', { home: await bookOf(0) })
    expect(code).toBe(0)
    expect(stdout).toMatch(/USDT +210000\.5 +24\.444 +210024\.944 +0\.5 +0\.01164 % +24\.444 +in 14 h 30 min, at 00:00 UTC +unknown/)
    expect(stdout).toContain('main: balances from 1 min ago, interest history proven')
  })

  test.each(['status', 'interest', 'account list'])('%s fits a terminal of 80 columns', async (line) => {
    const { stdout } = await run(line, { home: await bookOf(0), columns: 80, env: { NO_COLOR: '1' } })
    for (const text of stdout.split('\n')) expect(text.length, text).toBeLessThanOrEqual(80)
    if (line === 'status') expect(stdout.match(/^ACCOUNT {2}ASSET/gm)).toHaveLength(3)
  })

  test('status tells that the last sync failed, until one succeeds', async () => {
    const home = await bookOf(0)
    const book = await openBook({ kind: 'sqlite', path: join(home, 'book.db') }, { clock: new ManualClock(now) })
    await book.recordSyncState({ account: 'main', lastErrorAt: now - 2, lastError: 'client.banned: no' })
    expect((await run('status', { home })).stdout).toContain('last sync failed: client.banned: no')
    expect((await run('account list', { home })).stdout).toContain('client.banned: no')
    await book.recordSyncState({ account: 'main', lastSuccessAt: now - 1 })
    await book.close()
    for (const line of ['status', 'account list']) expect((await run(line, { home })).stdout).not.toContain('client.banned')
    expect(JSON.parse((await run('account list --json', { home })).stdout).accounts[0].lastError).toBe('client.banned: no')
  })

  test('status as JSON has exact decimals as strings', async () => {
    const { stdout } = await run('status --json', { home: await bookOf(0) })
    const { accounts } = JSON.parse(stdout)
    expect(accounts[0]).toMatchObject({ account: 'main', historyProven: true, balancesAgeSeconds: 60 })
    expect(accounts[0].assets[0]).toMatchObject({
      principal: '210000.5',
      unpaidInterest: '24.4440',
      owed: '210024.9440',
      rateDaily: '0.0001164',
      freePart: '0.50000000',
      freePartKnown: 'exact',
      costPerDay: '24.44400000',
      nextChargeAt: '2026-03-11T00:00:00.000Z',
      nextChargeInSeconds: 52_200,
      toAutoExchange: null,
    })
  })

  test('status ends with 7 where the history is not proven only when asked to be strict', async () => {
    const home = await bookOf(midnight - 2 * dayMs)
    expect(await run('status', { home })).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('proven only since 2026-03-08 00:00 UTC'),
    })
    expect((await run('status --strict', { home })).code).toBe(7)
  })

  test('interest shows rows, totals, and that they are proven complete', async () => {
    const { code, stdout, stderr } = await run('interest --since 2026-03-01', { home: await bookOf(0) })
    expect(code).toBe(0)
    expect(stdout).toContain('2026-03-10 00:00  main')
    expect(stdout).toMatch(/USDT +2 +48\.888 +yes/)
    expect(stdout).toContain('Proven complete up to 2026-03-10 09:20 UTC, 10 min ago.')
    expect(stderr).toBe('')
  })

  test('interest with a gap shows it in table, JSON and CSV, and ends with 7 unless gaps are allowed', async () => {
    const home = await bookOf(midnight - 2 * dayMs)
    const asked = 'interest --since 2026-02-01'
    const table = await run(asked, { home })
    expect(table).toMatchObject({
      code: 7,
      stdout: expect.stringContaining('main interest: 2026-02-01 00:00 to 2026-03-08 00:00 UTC (35 d) not proven'),
    })
    expect(table.stdout).toMatch(/USDT +3 +49\.988 +no/)
    const json = JSON.parse((await run(`${asked} --json`, { home })).stdout)
    expect(json).toMatchObject({
      complete: false,
      gaps: [{ account: 'main', from: '2026-02-01T00:00:00.000Z', to: '2026-03-08T00:00:00.000Z', kind: 'unproven' }],
    })
    const csv = await run(`${asked} --csv`, { home })
    expect(csv.stdout.split('\n')[1]).toBe('unproven,2026-02-01T00:00:00.000Z,2026-03-08T00:00:00.000Z,main,,,,,,,,,,,')
    expect((await run(`${asked} --allow-gaps`, { home })).code).toBe(0)
    expect((await run('interest --since 2026-03-09', { home })).code).toBe(0)
  })

  test.each([
    ['month', 'month,asset,charges,interest,complete\n2026-03,USDT,2,48.8880,true\n2026-02,USDT,1,1.1000,true\n'],
    [
      'day',
      'day,asset,charges,interest,complete\n2026-03-10,USDT,1,24.4440,true\n2026-03-09,USDT,1,24.4440,true\n2026-02-18,USDT,1,1.1000,true\n',
    ],
    ['account', 'account,asset,charges,interest,complete\nmain,USDT,3,49.9880,true\n'],
    ['asset', 'asset,charges,interest,complete\nUSDT,3,49.9880,true\n'],
  ])('interest by %s adds up exactly', async (by, csv) => {
    const { stdout } = await run(`interest --by ${by} --csv`, { home: await bookOf(0) })
    expect(stdout.replaceAll(/(\.\d+?)0*,/g, '$1,')).toBe(csv.replaceAll(/(\.\d+?)0*,/g, '$1,'))
  })

  test('interest within a day adds up only what lies in it', async () => {
    const { stdout } = await run('interest --by asset --csv --since 2026-03-09T00:00:00.001Z', { home: await bookOf(0) })
    expect(stdout).toContain('USDT,1,24.444')
  })

  test('a span that ends before it starts is refused', async () => {
    const { code, stderr } = await run('interest --since 2026-03-02 --until 2026-03-01', { home: await bookOf(0) })
    expect(code).toBe(2)
    expect(stderr).toMatch(/--until should be later than --since, \d{4}-\S+Z, but is "\d{4}-\S+Z"/)
  })

  test('coverage tells proven and unproven, and ends with 7 while something is missing', async () => {
    const { code, stdout } = await run('coverage --csv', { home: await bookOf(midnight) })
    expect(code).toBe(7)
    expect(stdout).toContain(`main,interest,proven,2026-03-10T00:00:00.000Z,2026-03-10T09:20:00.000Z`)
    expect(stdout).toContain('main,exchanges,unproven,')
  })
})
