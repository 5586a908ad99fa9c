import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { vouchedUntil } from '../../../test/support/coverage-kit.ts'
import { chargedAt, exported, okxChargedAt, provenBetween, reportBook, reportNow } from '../../../test/support/report-kit.ts'
import { decimal, decimalOf, toText } from '../../decimal/decimal.ts'
import { parseInstant } from '../../time/instant.ts'
import { hourMs } from '../../time/units.ts'
import { readExport } from '../certificate/read-export.ts'

const gappy = provenBetween('2026-02-01', '2026-03-10', '2026-01-01')
const heading =
  'record,at,until,account,exchange,stream,asset,marginMode,instId,loanType,principal,rate,ratePer,interest,totalLiability,interestFreeLiability'

describe('an export of charges', () => {
  test('as CSV has a heading, the gaps, every field as it came, and up to when it is proven', async () => {
    const book = await reportBook()
    await book.recordCharges('bin', [chargedAt('2026-02-10')], [])
    await book.recordCharges('okx', [okxChargedAt('2026-02-10T01:00:00Z', { marginMode: 'isolated', instId: 'BTC-USDT' })], [])
    const text = (await exported(book, { format: 'csv', coverage: gappy })).toString()
    await book.close()
    expect(text.split('\n')).toEqual([
      heading,
      'unproven,2026-01-01T00:00:00.000Z,2026-02-01T00:00:00.000Z,bin,,interest,,,,,,,,,,',
      'charge,2026-02-10T00:00:00.000Z,,bin,binance,interest,USDT,,,,210000,0.0001164,day,24.4440,,',
      'charge,2026-02-10T01:00:00.000Z,,okx,okx,interest,USDT,isolated,BTC-USDT,2,97,0.0000040833333333,hour,0.0003960833333334,100,3',
      'end,2026-03-10T09:30:00.000Z,2026-03-10T00:00:00.000Z,,,,,,,,,,,,,',
      '',
    ])
  })

  test('as JSON Lines has an object for each, decimals as text, and ends with what it can vouch for', async () => {
    const book = await reportBook()
    await book.recordCharges('bin', [chargedAt('2026-02-10', { asset: 'A"B' })], [])
    const lines = (await exported(book, { format: 'jsonl', coverage: gappy }))
      .toString()
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
    await book.close()
    expect(lines).toMatchObject([
      { record: 'unproven', at: '2026-01-01T00:00:00.000Z', until: '2026-02-01T00:00:00.000Z', account: 'bin', stream: 'interest' },
      { record: 'charge', asset: 'A"B', principal: '210000', interest: '24.4440', totalLiability: null },
      { record: 'end', what: 'charges', complete: false, provenUntil: '2026-03-10T00:00:00.000Z', asOf: '2026-03-10T09:30:00.000Z' },
    ])
  })

  test.each(['csv', 'jsonl', 'beancount', 'hledger'] as const)(
    'as %s of an account with no data says how far it is proven',
    async (format) => {
      const book = await reportBook()
      const text = (await exported(book, { format })).toString()
      await book.close()
      expect(text).toContain('2026-03-10T00:00:00.000Z')
      expect(text).not.toContain('24.4440')
    },
  )

  test('of one asset and span holds nothing else', async () => {
    const book = await reportBook()
    const charges = ['2026-02-09', '2026-02-10', '2026-02-11'].flatMap((day) => [chargedAt(day), chargedAt(day, { asset: 'BTC' })])
    await book.recordCharges('bin', charges, [])
    const within = { from: parseInstant('2026-02-10'), to: parseInstant('2026-02-11') }
    const text = (await exported(book, { format: 'csv', asset: 'BTC', within })).toString()
    await book.close()
    expect(text.split('\n').filter((line) => line.startsWith('charge,'))).toEqual([
      'charge,2026-02-10T00:00:00.000Z,,bin,binance,interest,BTC,,,,210000,0.0001164,day,24.4440,,',
    ])
  })

  test('ends at once when it is stopped', async () => {
    const book = await reportBook()
    await book.recordCharges('bin', [chargedAt('2026-02-10')], [])
    await expect(exported(book, { format: 'csv', signal: AbortSignal.abort(new Error('stopped')) })).rejects.toThrow('stopped')
    await book.close()
  })
})

test.each(['csv', 'jsonl'] as const)('whatever was charged comes back from %s to the last digit, as verify reads it', async (format) => {
  const folder = mkdtempSync(join(tmpdir(), 'overdraft-export-'))
  const amount = fc
    .bigInt({ min: -(10n ** 30n), max: 10n ** 30n })
    .chain((mantissa) => fc.nat(20).map((scale) => decimalOf(mantissa, scale)))
  const text = fc.constantFrom('USDT', '=SUM(A1)', 'a,b', 'x"y', '-z', '1INCH')
  const rows = fc.uniqueArray(
    fc.record({ hour: fc.nat(500), asset: text, instId: text, principal: amount, rate: amount, interest: amount }),
    {
      selector: ({ hour, asset, instId }) => `${hour} ${asset} ${instId}`,
      maxLength: 20,
    },
  )
  await fc.assert(
    fc.asyncProperty(rows, async (given) => {
      const book = await reportBook()
      const start = parseInstant('2026-01-01')
      const charges = given.map(({ hour, ...rest }) => okxChargedAt('2026-01-01', { ...rest, at: start + hour * hourMs }))
      await book.recordCharges('okx', charges, [])
      const path = join(folder, 'export')
      writeFileSync(path, await exported(book, { format }))
      await book.close()
      const read: string[] = []
      for await (const { account, row } of readExport(path)) read.push([account, row.at, ...row.key, ...row.values].join('|'))
      const wanted = charges.map(({ at, asset, instId, principal, rate, interest }) =>
        ['okx', at, asset, instId, 'cross', '2', toText(principal), toText(rate), toText(interest), '100', '3'].join('|'),
      )
      expect(read.sort()).toEqual(wanted.sort())
    }),
    { numRuns: 25 },
  )
  rmSync(folder, { recursive: true, force: true })
})

test('what has no history that could be proven is not called complete', async () => {
  const book = await reportBook()
  const text = (await exported(book, { format: 'jsonl', what: 'balances', coverage: vouchedUntil(undefined) })).toString()
  await book.close()
  expect(JSON.parse(text)).toMatchObject({ record: 'end', complete: false, provenUntil: null })
})

test('movements, auto-exchanges, balances and findings are exported with every field', async () => {
  const book = await reportBook()
  const at = parseInstant('2026-02-10')
  await book.recordMovements(
    'bin',
    'um-income',
    [
      {
        account: 'bin',
        at,
        stream: 'um-income',
        id: 'TRANSFER:1',
        asset: 'USDT',
        wallet: 'um',
        kind: 'TRANSFER',
        amount: decimal('1.50'),
        detail: 'a,b',
        receivedAt: at,
      },
    ],
    [],
  )
  const detail = { asset: 'ETH', negativeBalance: decimal('18'), maximumThreshold: decimal('5') }
  await book.recordExchangeRuns('bin', [{ account: 'bin', from: at, to: at + 5, details: [detail], receivedAt: at }], [])
  const zero = decimal('0')
  const balance = {
    account: 'bin',
    takenAt: at,
    asset: 'USDT',
    total: zero,
    owed: zero,
    free: zero,
    um: decimal('-1'),
    cm: zero,
    interest: zero,
    updatedAt: at,
  }
  await book.recordBalances('bin', [balance])
  await book.recordFindings([
    { account: 'bin', stream: 'interest', kind: 'late', row: 'r', at, came: 'c', sentence: 's', foundAt: reportNow },
  ])
  const line = async (what: 'movements' | 'exchanges' | 'balances' | 'findings') =>
    (await exported(book, { format: 'csv', what })).toString().split('\n')[1]
  expect(await line('movements')).toBe('movement,2026-02-10T00:00:00.000Z,,bin,binance,um-income,TRANSFER:1,USDT,um,TRANSFER,1.50,,,"a,b"')
  expect(await line('exchanges')).toBe('run,2026-02-10T00:00:00.000Z,2026-02-10T00:00:00.005Z,bin,binance,exchanges,ETH,18,5')
  expect(await line('balances')).toBe('balance,2026-02-10T00:00:00.000Z,,bin,binance,,USDT,0,0,0,-1,0,0,2026-02-10T00:00:00.000Z')
  expect(await line('findings')).toBe('finding,2026-02-10T00:00:00.000Z,,bin,binance,interest,late,r,c,s,2026-03-10T09:30:00.000Z,')
  await expect(exported(book, { format: 'hledger', what: 'balances' })).rejects.toMatchObject({ code: 'report.ledger-of-charges-only' })
  await book.close()
})
