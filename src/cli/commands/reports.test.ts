import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { now, run, withSecret } from '../../../test/support/command-line.ts'
import { chargedAt } from '../../../test/support/report-kit.ts'
import type { Book } from '../../book/book-interface.ts'
import { openBook } from '../../book/open-book.ts'
import { decimal } from '../../decimal/decimal.ts'
import { parseInstant } from '../../time/instant.ts'
import { ManualClock } from '../../time/manual-clock.ts'
import { dayMs, minuteMs } from '../../time/units.ts'

/** A home whose book has an account `main` and what `fill` puts in. */
async function home(fill: (book: Book) => Promise<unknown> = async () => undefined): Promise<string> {
  const { home: folder } = await run('account add main --exchange binance --api-key k', { env: withSecret })
  const book = await openBook({ kind: 'sqlite', path: join(folder, 'book.db') }, { clock: new ManualClock(now) })
  await fill(book)
  await book.close()
  return folder
}

const proven = (from: string) => {
  const common = { account: 'main', provenBy: 'test', provenAt: now, from: parseInstant(from), to: now - 10 * minuteMs }
  return (['interest', 'margin-interest', 'um-income', 'cm-income', 'margin-repayments:USDT'] as const).map((stream) => ({
    ...common,
    stream,
  }))
}

async function charged(book: Book, from = '2020-01-01'): Promise<void> {
  const [interest, margin, um, cm, repayments] = proven(from) as [never, never, never, never, never]
  const charges = ['2025-12-31', '2026-01-01', '2026-02-10', '2026-03-10'].map((day) =>
    chargedAt(day, { account: 'main', interest: decimal('2.50') }),
  )
  await book.recordCharges('main', charges, [interest])
  await book.recordMarginCharges('main', [], [margin])
  await book.recordMovements('main', 'um-income', [], [um])
  await book.recordMovements('main', 'cm-income', [], [cm])
  await book.recordMovements('main', 'margin-repayments:USDT', [], [repayments])
}

function priceFile(folder: string, text: string): string {
  const path = join(folder, 'prices.csv')
  writeFileSync(path, text)
  return path
}

describe('interest', () => {
  test('by year is added up by year', async () => {
    const { stdout } = await run('interest --by year --csv', { home: await home(charged) })
    expect(stdout).toBe('year,asset,charges,interest,complete\n2026,USDT,3,7.50,true\n2025,USDT,1,2.50,true\n')
  })

  test('in USD states of each row the price, its instant and its source, and what they are worth together', async () => {
    const folder = await home(charged)
    const file = priceFile(
      folder,
      'asset,day,price\nUSDT,2025-12-31,0.999\nUSDT,2026-01-01,0.9998\nUSDT,2026-02-10,1.0002\nUSDT,2026-03-09,0.9\n',
    )
    expect(await run(`prices import ${file}`, { home: folder })).toMatchObject({ code: 0, stderr: '4 prices imported.\n' })
    expect((await run(`prices import ${file}`, { home: folder })).stderr).toBe('0 prices imported, 4 were there already.\n')
    const { stdout, code } = await run('interest --by year --in usd', { home: folder })
    expect(code).toBe(0)
    expect(stdout).toMatch(/ 7\.25 USD +3 prices, 2026-01-01 00:00 to 2026-03-09 00:00, import\n/)
    expect(stdout).toMatch(/ 2\.4975 USD +0\.999 of 2025-12-31 00:00, import\n/)
    expect(stdout).toContain('Together 9.7475 USD.')
    const rows = JSON.parse((await run('interest --in USD --json', { home: folder })).stdout)
    expect(rows.charges[0]).toMatchObject({
      currency: 'USD',
      value: '2.250',
      price: '0.9',
      priceFrom: '2026-03-09T00:00:00.000Z',
      priceSource: 'import',
      notValued: '',
    })
    expect(rows.valuation).toMatchObject({ currency: 'USD', value: '9.747500', notValued: [] })
  })

  test('in a currency of which prices are missing values nothing by guessing, and names what is missing', async () => {
    const folder = await home(charged)
    await run(`prices import ${priceFile(folder, 'asset,day,price\nUSDT,2026-01-01,2\n')}`, { home: folder })
    const { stdout } = await run('interest --by year --in USD', { home: folder })
    expect(stdout).toMatch(/2026 +USDT +3 +7\.5 +yes +not valued/)
    expect(stdout).toContain('Not all of it could be valued; what could is worth 5 USD. Without a value:\n')
    expect(stdout).toContain(
      '  5.00 USDT in 2 charges: the newest price of USDT in USD, of 2026-01-01T00:00:00.000Z, was older than 24 h\n',
    )
    expect((await run('interest --by year --in USD --price-age 2000', { home: folder })).stdout).toContain('worth 15 USD')
    const before = await run('interest --by year --in USD --until 2026-01-01', { home: folder })
    expect(before.stdout).toContain(
      'None of it could be valued in USD (overdraft prices import FILE brings prices):\n  2.50 USDT in 1 charge: ',
    )
    expect(await run('interest --in CHF', { home: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('Prices are known in: USD'),
    })
    expect((await run('interest --in USD --price-age soon', { home: folder })).code).toBe(2)
  })
})

describe('prices', () => {
  test('are listed with where they were seen', async () => {
    const folder = await home()
    await run(`prices import ${priceFile(folder, 'asset,day,price\nBTC,2026-01-01,88412.50\n')}`, { home: folder })
    expect((await run('prices --csv', { home: folder })).stdout).toBe(
      'asset,instant,price,currency,source\nBTC,2026-01-01T00:00:00.000Z,88412.50,USD,import\n',
    )
    expect((await run('prices --asset eth', { home: folder })).stdout).toContain('No price is known.')
  })

  test('are imported all or not at all', async () => {
    const folder = await home()
    const { code, stderr } = await run(`prices import ${priceFile(folder, 'asset,day,price\nBTC,2026-01-01,1\nBTC,2026-01-02,one\n')}`, {
      home: folder,
    })
    expect(code).toBe(2)
    expect(stderr).toContain('line 3: "one" is not a decimal number')
    expect((await run('prices --csv', { home: folder })).stdout).toBe('asset,instant,price,currency,source\n')
  })

  test('in a file that is not there are told as such', async () => {
    expect(await run('prices import nowhere.csv', { home: await home() })).toMatchObject({
      code: 3,
      stderr: expect.stringContaining('"nowhere.csv" cannot be read'),
    })
  })
})

describe('statement', () => {
  const balance = (at: string, um: string, interest: string) => ({
    account: 'main',
    takenAt: parseInstant(at),
    asset: 'USDT',
    total: decimal(um),
    owed: decimal(um.replace('-', '')),
    free: decimal('0'),
    um: decimal(um),
    cm: decimal('0'),
    interest: decimal(interest),
    updatedAt: parseInstant(at),
  })

  test('adds up, tells from which balance its ends were rolled, and what nothing explains', async () => {
    const folder = await home(async (book) => {
      await charged(book)
      await book.recordBalances('main', [balance('2026-01-31T20:00:00Z', '-100', '5')])
      await book.recordBalances('main', [balance('2026-02-27T20:00:00Z', '-130.5', '7.5')])
    })
    const { stdout, code } = await run('statement main 2026-02 --csv', { home: folder })
    expect(code).toBe(0)
    expect(stdout.split('\n')).toEqual([
      'record,account,asset,line,at,until,count,principal,unpaidInterest,amount,seenAt,note',
      'line,main,USDT,opening debt,2026-02-01T00:00:00.000Z,,,100,5,105,2026-01-31T20:00:00.000Z,as the balance of 2026-01-31 20:00 UTC',
      'line,main,USDT,charges,,,1,0.00,2.50,2.50,,',
      'line,main,USDT,repayments,,,0,0,0,0,,',
      'line,main,USDT,auto-exchanges,,,0,0,0,0,,',
      'line,main,USDT,other movements,,,0,0,0,0,,',
      'line,main,USDT,own balance,,,,0,0,0,,',
      'line,main,USDT,unexplained,,,,30.50,0,30.50,,um 30.5',
      'line,main,USDT,closing debt,2026-03-01T00:00:00.000Z,,,130.5,7.5,138.0,2026-02-27T20:00:00.000Z,as the balance of 2026-02-27 20:00 UTC',
      '',
    ])
    expect((await run('statement main 2026-02', { home: folder })).stdout).toContain('Proven complete up to')
    const document = JSON.parse((await run('statement main 2026-03 --json', { home: folder })).stdout)
    expect(document).toMatchObject({ month: '2026-03', to: '2026-03-10T09:30:00.000Z', statements: [{ asset: 'USDT', checked: false }] })
    expect(document.statements[0].lines.at(-1)).toMatchObject({
      line: 'closing debt',
      amount: '140.50',
      note: 'rolled forward from the balance of 2026-02-27 20:00 UTC',
    })
  })

  test('of the month under way is as of the last sync, unless that was more than a day ago', async () => {
    const folder = await home(charged)
    const { code, stdout } = await run('statement main 2026-03', { home: folder, clock: new ManualClock(now + 30 * minuteMs) })
    expect([code, stdout]).toEqual([0, expect.stringContaining('Proven complete up to 2026-03-10 09:20 UTC, 40 min ago.')])
    expect((await run('statement main 2026-03', { home: folder, clock: new ManualClock(now + 2 * dayMs) })).code).toBe(7)
  })

  test('of a month that is not proven ends with 7 and tells the gap; an asset never seen is said to be unknown', async () => {
    const folder = await home((book) => charged(book, '2026-02-20'))
    const { code, stdout } = await run('statement main 2026-02', { home: folder })
    expect(code).toBe(7)
    expect(stdout).toContain('main interest: 2026-02-01 00:00 to 2026-02-20 00:00 UTC')
    expect(stdout).toMatch(/opening debt +unknown +unknown +unknown +no balance of it was ever read/)
    expect(await run('statement main 2026-02 --asset DOGE --allow-gaps', { home: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/"DOGE"[\s\S]*Known are: USDT/),
    })
  })

  test.each([
    ['statement main 2026-13', '"2026-13" is not a month'],
    ['statement main January', '"January" is not a month'],
    ['statement main 2026-04', 'has not begun'],
    ['statement other 2026-01', 'there is no account "other"'],
  ])('%s says: %s', async (line, said) => {
    expect(await run(line, { home: await home() })).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining(said) })
  })
})

describe('export', () => {
  test('writes a file whole, says how many rows it has, and up to when it is proven', async () => {
    const folder = await home(charged)
    const out = join(folder, 'out', 'charges.csv')
    mkdirSync(join(folder, 'out'))
    const { code, stdout, stderr } = await run(`export --format csv --out ${out}`, { home: folder })
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
    expect(stderr).toContain(`4 rows of charges in ${out}.\nProven complete from 2020-01-01 00:00 up to 2026-03-10 09:20 UTC`)
    expect(readFileSync(out, 'utf8').trimEnd().split('\n')).toHaveLength(6)
    expect(await run(`export --format csv --out ${out}`, { home: folder })).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('--force'),
    })
    expect((await run(`export --format jsonl --out ${out} --force`, { home: folder })).code).toBe(0)
    expect(readFileSync(out, 'utf8')).toMatch(/^\{"record":"charge"/)
    expect(readdirSync(join(folder, 'out'))).toEqual(['charges.csv'])
  })

  test('to standard output is the same text and nothing else', async () => {
    const { stdout } = await run('export main --format jsonl --out - --since 2026-03-01', { home: await home(charged) })
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line).record),
    ).toEqual(['charge', 'end'])
  })

  test('with gaps ends with 7, with them in the file', async () => {
    const folder = await home((book) => charged(book, '2026-01-01'))
    const out = join(folder, 'charges.beancount')
    const { code } = await run(`export --format beancount --out ${out} --since 2025-12-01`, { home: folder })
    expect(code).toBe(7)
    expect(readFileSync(out, 'utf8')).toContain('2025-12-01 note Expenses:Interest:Binance:Main "main interest: 2025-12-01')
    expect((await run(`export --format beancount --out ${out} --since 2025-12-01 --force --allow-gaps`, { home: folder })).code).toBe(0)
  })

  test('of an account with no data says so, and is a file all the same', async () => {
    const folder = await home()
    const out = join(folder, 'empty.parquet')
    const { stderr } = await run(`export --format parquet --out ${out} --allow-gaps`, { home: folder })
    expect(stderr).toContain('No charge is known there: the export has no rows.')
    expect(existsSync(out)).toBe(true)
  })

  test.each([
    ['export --format xlsx --out x', "'xlsx' is invalid", 2],
    ['export --format csv', "required option '--out <file|->' not specified", 2],
    ['export --format parquet --out -', 'cannot be written to standard output', 2],
    ['export --format hledger --what balances --out -', '"balances" cannot be exported as "hledger"', 2],
    ['export other --format csv --out -', 'there is no account "other"', 2],
    ['export --format csv --out no/such/folder/x.csv', 'cannot be written', 6],
  ])('%s says: %s', async (line, said, code) => {
    const told = await run(line, { home: await home() })
    expect(told.stderr).toContain(said)
    expect(told.code).toBe(code)
  })

  test('of a book that is none is refused and leaves no file', async () => {
    const folder = await home()
    writeFileSync(join(folder, 'book.db'), 'this is no database, though long enough to be looked at as if it were one')
    const out = join(folder, 'x.csv')
    expect((await run(`export --format csv --out ${out}`, { home: folder })).code).toBe(6)
    expect(existsSync(out)).toBe(false)
  })
})
