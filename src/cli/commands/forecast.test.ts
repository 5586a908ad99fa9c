import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { now, run, withSecret } from '../../../test/support/command-line.ts'
import type { Book } from '../../book/book-interface.ts'
import { openBook } from '../../book/open-book.ts'
import type { BalanceSnapshot, Charge } from '../../book/record.ts'
import { decimal, zero } from '../../decimal/decimal.ts'
import { parseInstant } from '../../time/instant.ts'
import { interval } from '../../time/interval.ts'
import { ManualClock } from '../../time/manual-clock.ts'
import { dayMs, hourMs, minuteMs } from '../../time/units.ts'

const midnight = parseInstant('2026-03-10')

function charge(at: number, given: Partial<Charge> = {}): Charge {
  const names = { account: 'main', asset: 'USDT', instId: '', marginMode: '', loanType: '' }
  const amounts = { principal: decimal('210000'), rate: decimal('0.0001164'), interest: decimal('24.4440') }
  return { ...names, at, ...amounts, receivedAt: now, ...given }
}

function balance(given: Partial<BalanceSnapshot> = {}): BalanceSnapshot {
  const wallets = { total: decimal('-210000.5'), owed: decimal('210000.5'), free: decimal('0'), um: decimal('-210000.5'), cm: decimal('0') }
  const seen = { account: 'main', takenAt: now - minuteMs, asset: 'USDT', interest: decimal('24.4440'), updatedAt: midnight - 5 }
  return { ...seen, ...wallets, ...given }
}

const proof = { account: 'main', stream: 'interest' as const, provenBy: 'test', provenAt: now, ...interval(0, now - 10 * minuteMs) }

/** A book with a Binance account that is charged each day, and whatever else is written into it. */
async function bookOf(days = 40, more: (book: Book) => Promise<unknown> = async () => undefined): Promise<string> {
  const { home } = await run('account add main --exchange binance --api-key k', { env: withSecret })
  await inBook(home, async (book) => {
    // A rate that wanders by a tenth around its mean.
    const rates = ['0.0001164', '0.0001262', '0.0001068']
    const charges = Array.from({ length: days }, (_, index) => charge(midnight - index * dayMs, { rate: decimal(rates[index % 3]!) }))
    await book.recordCharges('main', charges, [proof])
    await book.recordBalances('main', [balance()])
    await more(book)
  })
  return home
}

async function inBook(home: string, work: (book: Book) => Promise<unknown>): Promise<void> {
  const book = await openBook({ kind: 'sqlite', path: join(home, 'book.db') }, { clock: new ManualClock(now) })
  await work(book)
  await book.close()
}

describe('forecast', () => {
  test('tells the next charge, the next 24 hours, 7 and 30 days, and what repaying saves until when', async () => {
    const { code, stdout } = await run('forecast', { home: await bookOf() })
    expect(code).toBe(0)
    expect(stdout).toMatch(/USDT +210000\.5 +24\.444 +210024\.944 +0\.01164 % +in 14 h 30 min, at 00:00 UTC +24\.444 \(/)
    expect(stdout).toContain('171.108')
    expect(stdout).toContain('733.32')
    expect(stdout).toMatch(/210000 beyond/)
    expect(stdout).toMatch(/210024\.944 +everything +00:00 UTC, in 14 h 30 min +24\.444 +0 /)
    expect(stdout).toMatch(/210000 +what is charged/)
    expect(stdout).toContain('with the coins in cross margin before 2026-03-10 22:00 UTC, Auto Repay moves USDT')
    expect(stdout).toContain('margin loans are not in the forecast')
  })

  test('as JSON has exact decimals, ranges with where they come from, and savings', async () => {
    const { stdout } = await run('forecast --json', { home: await bookOf() })
    const [account] = JSON.parse(stdout).accounts
    expect(account.assets[0]).toMatchObject({
      principal: '210000.5',
      unpaidInterest: '24.4440',
      owed: '210024.9440',
      nextChargeAt: '2026-03-11T00:00:00.000Z',
      nextChargeInSeconds: 52_200,
      nextCharge: '24.44400000',
      nextChargeCertainty: 'exact',
      next7Days: '171.10800000',
      ranges: { next24Hours: { windows: 39 }, next30Days: { windows: 10 } },
      ratesObserved: 40,
      ratesObservedEvery: 'day',
      savings: [
        { repay: 'all', before: '2026-03-11T00:00:00.000Z', fundBefore: '2026-03-10T22:00:00.000Z', saved: { next24Hours: '24.44400000' } },
        { repay: 'what-is-charged', amount: '210000.00000000', savedWhenAfterTheCharge: { next24Hours: '0.00000000' } },
      ],
    })
  })

  test('without enough of the rate’s history gives no range, and says so', async () => {
    const home = await bookOf(5)
    const { stdout } = await run('forecast', { home })
    expect(stdout).toContain('main USDT: no range, as only 5 daily rates of the last 90 days are known.')
    expect(JSON.parse((await run('forecast --json', { home })).stdout).accounts[0].assets[0]).toMatchObject({
      next24HoursLow: null,
      ranges: { next24Hours: null },
    })
  })

  test('of an account that was never synced says so', async () => {
    const { home } = await run('account add main --exchange binance --api-key k', { env: withSecret })
    const { code, stdout } = await run('forecast', { home })
    expect([code, stdout]).toEqual([0, 'Nothing is owed, and no charge is foreseen.\n\nmain: never synced; overdraft sync main does it\n'])
  })

  test('of a debt that was never charged names no amount, and says that no rate is known', async () => {
    const home = await bookOf(3, (book) =>
      book.recordBalances('main', [
        balance(),
        balance({ asset: 'BTC', total: decimal('-1'), owed: decimal('1'), um: decimal('-1'), updatedAt: 0 }),
      ]),
    )
    const { stdout } = await run('forecast', { home })
    expect(stdout).toMatch(/BTC +1 +24\.444 +25\.444 +unknown +in 14 h 30 min, at 00:00 UTC +unknown/)
    expect(stdout).toContain('no rate of BTC is known yet')
  })

  test('of balances older than a day says how old they are', async () => {
    const { stdout } = await run('forecast', { home: await bookOf(), clock: new ManualClock(now + 2 * dayMs) })
    expect(stdout).toContain('balances from 2 d ago: what was owed then is taken for now; overdraft sync main')
  })

  test('is the same in every shape, and CSV has a line for each asset', async () => {
    const { stdout } = await run('forecast --csv', { home: await bookOf() })
    const [heading, line, end] = stdout.split('\n')
    expect(heading).toContain('account,exchange,asset,principal,unpaidInterest,owed')
    expect(line).toContain('main,binance,USDT,210000.5,24.4440,210024.9440')
    expect(end).toBe('')
  })
})

describe('forecast --if', () => {
  const asked = (sentence: string, home: string, more: readonly string[] = []) => run(['forecast', '--if', sentence, ...more], { home })

  test('tells the charges that are avoided, with amounts and instants, and what is left', async () => {
    const { code, stdout } = await asked('repay 5000 USDT at 21:50', await bookOf())
    expect(code).toBe(0)
    expect(stdout).toContain('main: repay 5000 USDT at 2026-03-10 21:50 UTC')
    expect(stdout).toContain(
      'main USDT: saves 0.582 within 24 h, 4.074 within 7 d, 17.46 within 30 d; 205024.944 (principal 205000.5, unpaid interest 24.444) owed ' +
        'afterwards instead of 210024.944 (principal 210000.5, unpaid interest 24.444).',
    )
    expect(stdout).toMatch(/main +2026-03-11 00:00 +USDT +24\.444 +23\.862 +0\.582/)
  })

  test('at the instant of the charge comes too late for it, and just before it in time', async () => {
    const home = await bookOf()
    const avoided = async (at: string) =>
      JSON.parse((await asked(`repay all USDT at ${at}`, home, ['--json'])).stdout).accounts[0].charges[0].at
    expect(await avoided('2026-03-11T00:00')).toBe('2026-03-12T00:00:00.000Z')
    expect(await avoided('2026-03-10T23:59:59.999Z')).toBe('2026-03-11T00:00:00.000Z')
  })

  test('a margin loan whose coins repay a balance only moves the debt, and one beyond it costs more', async () => {
    const home = await bookOf(3)
    expect((await asked('borrow 1000 USDT in 1h', home)).stdout).toContain('main USDT: saves 0 within 24 h')
    expect((await asked('borrow 300000 USDT in 1h', home)).stdout).toContain('main USDT: costs 10.476 more within 24 h')
    const sentences = ['--if', 'borrow 300000 USDT in 1h', '--if', 'withdraw all USDT in 90min', '--json']
    const { stdout } = await run(['forecast', ...sentences], { home })
    expect(JSON.parse(stdout).accounts[0].actions).toMatchObject([
      { does: 'borrow', amount: '300000.00000000' },
      { does: 'withdraw', amount: '300000.00000000', at: '2026-03-10T11:00:00.000Z' },
    ])
  })

  test('does several things in the order of their instants', async () => {
    const home = await bookOf()
    const { stderr } = await run(['forecast', '--if', 'repay 1 USDT at 21:00', '--if', 'repay all USDT at 20:00', '--json'], { home })
    expect(stderr).toContain('account "main" owes no USDT at that instant')
  })

  test('tells that an auto-exchange is avoided', async () => {
    const home = await bookOf(3, (book) =>
      book.recordExchangeRuns(
        'main',
        [
          {
            account: 'main',
            from: midnight - 9 * dayMs,
            to: midnight - 9 * dayMs + minuteMs,
            details: [{ asset: 'USDT', negativeBalance: decimal('300000'), maximumThreshold: decimal('200000') }],
            receivedAt: now,
          },
        ],
        [],
      ),
    )
    const held = balance({ asset: 'BTC', total: decimal('9'), free: decimal('9'), owed: zero, um: zero, interest: zero })
    await inBook(home, (book) => book.recordBalances('main', [balance(), held]))
    expect((await run('forecast', { home })).stdout).toContain(
      'auto-exchange of USDT is due about 2026-03-10 09:40 UTC, from 210000.5 owed down to 160000.',
    )
    expect((await asked('repay 20000 USDT in 1min', home)).stdout).toContain('the auto-exchange due about 2026-03-10 09:40 UTC is avoided')
    expect((await asked('repay 10 USDT in 1min', home)).stdout).toContain('auto-exchange is due about 2026-03-10 09:40 UTC all the same')
  })

  test.each([
    ['repay 5 USDT at 09:29', 2, 'means 2026-03-10 09:29 UTC, but it is already 2026-03-10 09:30 UTC'],
    ['repay 5 USDT in 31d', 2, 'but the forecast reaches only to 2026-04-09 09:30 UTC'],
    ['repay 5 DOGE', 2, 'names "DOGE", of which the book knows neither a balance nor a charge'],
    ['repay 5 USDT on other', 2, 'names the account "other", which is not among those asked about'],
    ['repay 0.123456789 USDT', 2, '0.123456789 has more than the 8 decimals that binance keeps'],
    ['withdraw 5 USDT', 2, '5 USDT cannot be withdrawn from account "main": 0 USDT are free there'],
    ['pay 5 USDT', 2, 'there should be one of repay, borrow, deposit, withdraw'],
  ])('%s is refused with the value and the way out', async (sentence, code, says) => {
    const answer = await asked(sentence, await bookOf(3))
    expect([answer.code, answer.stdout]).toEqual([code, ''])
    expect(answer.stderr).toContain(says)
    expect(answer.stderr.split('\n')[1]).not.toBe('')
  })

  test('of everything leaves nothing owed: interest that is not paid yet is repaid too', async () => {
    const home = await bookOf()
    expect((await asked('repay all USDT', home)).stdout).toContain('0 owed afterwards instead of 210024.944 (principal 210000.5')
    const [{ assets }] = JSON.parse((await asked('repay 210000.5 USDT', home, ['--json'])).stdout).accounts
    expect(assets[0].owedAfterwards.with).toMatchObject({ principal: '0', unpaidInterest: '24.44400000', owed: '24.44400000' })
  })

  test('of what is not owed is refused', async () => {
    const held = balance({ asset: 'BTC', total: decimal('9'), free: decimal('9'), owed: zero, um: zero, interest: zero })
    const home = await bookOf(3, (book) => book.recordBalances('main', [balance(), held]))
    expect((await asked('repay 1 BTC', home)).stderr).toContain('account "main" owes no BTC at that instant')
  })

  test('of an account without balances is refused', async () => {
    const { home } = await run('account add main --exchange binance --api-key k', { env: withSecret })
    const { code, stderr } = await asked('repay 1 BTC', home)
    expect(code).toBe(3)
    expect(stderr).toContain('the book has no balances of account "main"')
    expect(stderr).toContain('overdraft sync main')
  })

  test('that could mean two accounts asks which one', async () => {
    const home = await bookOf(3)
    await run('account add second --exchange binance --api-key k', { env: withSecret, home })
    await inBook(home, (book) => book.recordBalances('second', [balance({ account: 'second' })]))
    const { code, stderr } = await asked('repay 1 USDT', home)
    expect([code, stderr.split('\n')[0]]).toEqual([2, 'overdraft: "repay 1 USDT" could mean main, second'])
    expect((await asked('repay 1 USDT on second', home)).stdout).toContain('second: repay 1 USDT')
    expect((await run(['forecast', 'main', '--if', 'repay 1 USDT'], { home })).stdout).toContain('main: repay 1 USDT')
  })
})

describe('forecast --score', () => {
  test('holds the first forecast of a day against what came', async () => {
    const home = await bookOf()
    await run('forecast', { home })
    expect((await run('forecast --score', { home })).stdout).toContain('No forecast has come due yet')
    const nextDay = new ManualClock(midnight + dayMs + hourMs)
    expect((await run('forecast --score', { home, clock: nextDay })).stdout).toContain(
      'Forecasts so far: 1 more have come due and are pending until their history is proven.',
    )
    await inBook(home, (book) => {
      const span = { ...proof, from: now - 10 * minuteMs, to: midnight + dayMs + minuteMs }
      return book.recordCharges('main', [charge(midnight + dayMs, { interest: decimal('25') })], [span])
    })
    const { stdout } = await run('forecast --score', { home, clock: nextDay })
    expect(stdout).toMatch(/main +USDT +1 +1 +24\.444 +25 +\+0\.556 +100 % +0 +0/)
    expect((await run('forecast', { home, clock: nextDay })).stdout).toContain(
      'Forecasts of the last 30 days: 100 % of 1 charges came within the range foreseen.',
    )
    expect(JSON.parse((await run('forecast --score --json', { home, clock: nextDay })).stdout).scores[0]).toMatchObject({
      pending: 0,
      difference: '0.55600000',
    })
  })
})
