import { expect, test } from 'vitest'
import { bookClock, onBothEngines } from '../../test/support/books.ts'
import { chargeOf, collect } from '../../test/support/charges.ts'
import { decimal, toText } from '../decimal/decimal.ts'
import { isOverdraftError } from '../errors/overdraft-error.ts'
import { parseJson } from '../json/json.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { openBook } from './open-book.ts'
import type { BalanceSnapshot, Charge, CoverageSpan, ExchangeRun } from './record.ts'

const day0 = Date.UTC(2026, 5, 1)

function span(from: number, to: number, given: Partial<CoverageSpan> = {}): CoverageSpan {
  return { account: 'bin', stream: 'interest', from, to, provenBy: 'GET /x', provenAt: 9, ...given }
}

function snapshot(given: Partial<BalanceSnapshot>): BalanceSnapshot {
  const zero = decimal('0.0')
  return {
    account: 'bin',
    takenAt: 1,
    asset: 'USDT',
    total: decimal('-12.50'),
    owed: decimal('12.50'),
    free: zero,
    um: zero,
    cm: zero,
    interest: zero,
    updatedAt: 0,
    ...given,
  }
}

const run: ExchangeRun = {
  account: 'bin',
  from: 1736263046841,
  to: 1736263248179,
  details: [
    { asset: 'ETH', negativeBalance: decimal('18'), maximumThreshold: decimal('5') },
    { asset: 'BNB', negativeBalance: decimal('1.10264488'), maximumThreshold: decimal('0') },
  ],
  receivedAt: 7,
}

async function codeOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'nothing was thrown'
  } catch (error) {
    return isOverdraftError(error) ? error.code : String(error)
  }
}

onBothEngines('a book', (books) => {
  test('gives a charge back as it was printed, with trailing zeros, beyond 64 bits, and with what the document does not know', async () => {
    const book = await books.open()
    const charge = chargeOf({
      interest: decimal('24.4440'),
      principal: decimal('-123456789012345678901234567890.1234567890123456'),
      rate: decimal('9223372036854775807'),
      extra: parseJson('{"txId":2328408217636413776,"small":1e-8,"text":"ä\\"\\n"}') as never,
    })
    await book.recordCharges('bin', [charge], [])
    expect(await collect(book.charges({}))).toEqual([charge])
    expect(toText((await book.latestCharges('bin'))[0]?.interest ?? decimal('0'))).toBe('24.4440')
  })

  test('tells a liability that was empty from one that was absent and from one that was zero', async () => {
    const book = await books.open()
    const charges: Charge[] = [
      chargeOf({ account: 'okx', at: 3, totalLiability: null, interestFreeLiability: decimal('0.0') }),
      chargeOf({ account: 'okx', at: 2, interestFreeLiability: null }),
      chargeOf({ account: 'okx', at: 1 }),
    ]
    await book.recordCharges('okx', charges, [])
    const read = await collect(book.charges({ accounts: ['okx'] }))
    expect(read).toEqual(charges)
    expect(read.map((charge) => 'totalLiability' in charge)).toEqual([true, false, false])
  })

  test('writes no charge twice, and keeps the first when one comes again with other content', async () => {
    const book = await books.open()
    const first = chargeOf({ at: day0 })
    const other = chargeOf({ at: day0 + dayMs, asset: 'BTC' })
    expect(await book.recordCharges('bin', [first, first, other], [])).toEqual({ added: 2, known: 1, changed: [], late: [], vanished: [] })
    const outcome = await book.recordCharges(
      'bin',
      [
        { ...first, interest: decimal('24.5'), receivedAt: 5 },
        { ...other, receivedAt: 6 },
      ],
      [],
    )
    expect(outcome).toEqual({
      added: 0,
      known: 1,
      changed: ['charge bin USDT 2026-06-01T00:00:00.000Z: interest was 24.4440 and came as 24.5'],
      late: [],
      vanished: [],
    })
    expect(await collect(book.charges({ order: 'oldest-first' }))).toEqual([first, other])
    expect(await book.totals({ by: 'all', asset: 'USDT' })).toEqual([
      { account: 'bin', asset: 'USDT', period: '', charges: 1, interest: decimal('24.4440') },
    ])
  })

  test('calls a charge known when only its printing or an added field differs', async () => {
    const book = await books.open()
    await book.recordCharges('bin', [chargeOf({ interest: decimal('1.50') })], [])
    const outcome = await book.recordCharges('bin', [chargeOf({ interest: decimal('1.5'), totalLiability: decimal('7') })], [])
    expect(outcome).toEqual({ added: 0, known: 1, changed: [], late: [], vanished: [] })
  })

  test('adds up by UTC day and month and over all time, exactly', async () => {
    const book = await books.open()
    await book.recordCharges(
      'okx',
      [
        chargeOf({ account: 'okx', at: day0 - 1, interest: decimal('0.0003960833333334') }),
        chargeOf({ account: 'okx', at: day0, interest: decimal('1') }),
        chargeOf({ account: 'okx', at: day0 + hourMs, interest: decimal('0.10') }),
      ],
      [],
    )
    await book.recordCharges('okx', [chargeOf({ account: 'okx', at: day0 + 2 * hourMs, interest: decimal('0.0000000000000001') })], [])
    const shown = async (by: 'all' | 'day' | 'month', within?: { from: number; to: number }) =>
      (await book.totals({ by, within })).map((total) => `${total.period} ${total.charges} ${toText(total.interest)}`)
    expect(await shown('day')).toEqual(['2026-05-31 1 0.0003960833333334', '2026-06-01 3 1.1000000000000001'])
    expect(await shown('month')).toEqual(['2026-05 1 0.0003960833333334', '2026-06 3 1.1000000000000001'])
    expect(await shown('all')).toEqual([' 4 1.1003960833333335'])
    expect(await shown('all', { from: day0 + 5, to: day0 + 6 })).toEqual([' 3 1.1000000000000001'])
  })

  test('gives charges of several accounts in one order, by asset, span and number', async () => {
    const book = await books.open()
    const bin = [5, 3, 1].map((at) => chargeOf({ at }))
    const okx = [4, 2].map((at) => chargeOf({ account: 'okx', asset: 'BTC', at }))
    await book.recordCharges('bin', bin, [])
    await book.recordCharges('okx', okx, [])
    const instants = async (filter: Parameters<typeof book.charges>[0]) => (await collect(book.charges(filter))).map(({ at }) => at)
    expect(await instants({})).toEqual([5, 4, 3, 2, 1])
    expect(await instants({ order: 'oldest-first', limit: 3 })).toEqual([1, 2, 3])
    expect(await instants({ asset: 'BTC' })).toEqual([4, 2])
    expect(await instants({ asset: 'DOGE' })).toEqual([])
    expect(await instants({ within: { from: 2, to: 4 } })).toEqual([3, 2])
    expect(await instants({ accounts: ['okx'], asset: 'BTC', within: { from: 3, to: 9 } })).toEqual([4])
    expect(await instants({ limit: 0 })).toEqual([])
  })

  test('pages through more charges than fit in one page, ties included, losing none', async () => {
    const book = await books.open()
    const charges = Array.from({ length: 3_000 }, (_, index) =>
      chargeOf({ at: day0 + Math.floor(index / 7) * hourMs, asset: `A${index % 7}`, instId: index % 2 === 0 ? 'BTC-USDT' : '' }),
    )
    await book.recordCharges('bin', charges, [])
    const keyOf = (charge: Charge) => `${charge.at} ${charge.asset}`
    for (const order of ['newest-first', 'oldest-first'] as const) {
      const read = await collect(book.charges({ order }))
      expect(new Set(read.map(keyOf)).size).toBe(3_000)
      expect(read).toHaveLength(3_000)
      expect(
        read.every(
          (charge, index) =>
            index === 0 || (order === 'newest-first' ? charge.at <= read[index - 1]!.at : charge.at >= read[index - 1]!.at),
        ),
      ).toBe(true)
    }
    expect(await collect(book.charges({ asset: 'A3' }))).toHaveLength(charges.filter(({ asset }) => asset === 'A3').length)
  })

  test('finds an asset that is charged now and then among others, from the middle of a day on', async () => {
    const book = await books.open()
    const often = Array.from({ length: 24 * 12 }, (_, hour) => chargeOf({ at: day0 + hour * hourMs }))
    const rare = [0, 1, 2, 5, 6, 9].map((day) => chargeOf({ at: day0 + day * dayMs + 5 * hourMs, asset: 'BTC' }))
    await book.recordCharges('bin', [...often, ...rare], [])
    const days = async (filter: Parameters<typeof book.charges>[0]) =>
      (await collect(book.charges({ asset: 'BTC', ...filter }))).map(({ at }) => Math.floor((at - day0) / dayMs))
    expect(await days({})).toEqual([9, 6, 5, 2, 1, 0])
    const within = { from: day0 + 6 * hourMs, to: day0 + 9 * dayMs + 5 * hourMs }
    for (const limit of [1, 2, 3, 4]) {
      expect(await days({ within, limit, order: 'oldest-first' })).toEqual([1, 2, 5, 6].slice(0, limit))
      expect(await days({ within, limit })).toEqual([6, 5, 2, 1].slice(0, limit))
    }
  })

  test('knows the newest charge of each asset, instrument and margin mode', async () => {
    const book = await books.open()
    const isolated = { account: 'okx', instId: 'BTC-USDT', marginMode: 'isolated' }
    await book.recordCharges(
      'okx',
      [
        chargeOf({ account: 'okx', at: 1, loanType: '1' }),
        chargeOf({ account: 'okx', at: 9, loanType: '2' }),
        chargeOf({ ...isolated, at: 4 }),
      ],
      [],
    )
    await book.recordCharges('okx', [chargeOf({ ...isolated, at: 3 })], [])
    expect((await book.latestCharges('okx')).map(({ instId, at }) => [instId, at])).toEqual([
      ['', 9],
      ['BTC-USDT', 4],
    ])
    expect(await book.latestCharges('bin')).toEqual([])
  })

  test('joins proofs to proven intervals, keeps the proofs, and keeps streams and accounts apart', async () => {
    const book = await books.open()
    await book.recordCharges('bin', [], [span(10, 20), span(40, 50), span(30, 30)])
    await book.recordCharges('bin', [], [span(20, 30), span(0, 5, { stream: 'exchanges' })])
    expect(await book.proven('bin', 'interest')).toEqual([
      { from: 10, to: 30 },
      { from: 40, to: 50 },
    ])
    await book.recordCharges('bin', [], [span(25, 45, { provenBy: 'GET /y', provenAt: 11 }), span(25, 45)])
    expect(await book.proven('bin', 'interest')).toEqual([{ from: 10, to: 50 }])
    expect(await book.proven('bin', 'exchanges')).toEqual([{ from: 0, to: 5 }])
    expect(await book.proven('okx', 'interest')).toEqual([])
    expect((await book.coverage('bin', 'interest')).map(({ from, provenBy, provenAt }) => [from, provenBy, provenAt])).toEqual([
      [10, 'GET /x', 9],
      [20, 'GET /x', 9],
      [25, 'GET /x', 9],
      [25, 'GET /y', 11],
      [40, 'GET /x', 9],
    ])
  })

  test('keeps neither rows nor coverage when one of them cannot be recorded', async () => {
    const book = await books.open()
    const foreign = span(1, 2, { account: 'okx' })
    expect(await codeOf(book.recordCharges('bin', [chargeOf()], [span(0, 9), foreign]))).toBe('book.foreign-row')
    expect(await codeOf(book.recordCharges('bin', [chargeOf({ account: 'okx' })], []))).toBe('book.foreign-row')
    expect(await collect(book.charges({}))).toEqual([])
    expect(await book.proven('bin', 'interest')).toEqual([])
    expect(await book.totals({ by: 'all' })).toEqual([])
  })

  test('keeps auto-exchange runs with their details in order, each once', async () => {
    const book = await books.open()
    const earlier = { ...run, from: 5, to: 6, details: [] }
    expect(await book.recordExchangeRuns('bin', [run, earlier], [span(0, 9, { stream: 'exchanges' })])).toEqual({
      added: 2,
      known: 0,
      changed: [],
      late: [],
      vanished: [],
    })
    expect(await book.recordExchangeRuns('bin', [{ ...run, receivedAt: 8 }], [])).toEqual({
      added: 0,
      known: 1,
      changed: [],
      late: [],
      vanished: [],
    })
    const { changed } = await book.recordExchangeRuns('bin', [{ ...run, to: run.to + 1 }], [])
    expect(changed).toEqual(['auto-exchange run bin 2025-01-07T15:17:26.841Z: end was 1736263248179 and came as 1736263248180'])
    expect(await collect(book.exchangeRuns({}))).toEqual([run, earlier])
    expect(await collect(book.exchangeRuns({ order: 'oldest-first', limit: 1 }))).toEqual([earlier])
    expect(await collect(book.exchangeRuns({ within: { from: 6, to: run.from } }))).toEqual([])
    expect(await book.proven('bin', 'exchanges')).toEqual([{ from: 0, to: 9 }])
  })

  test('knows the newest balance of each asset', async () => {
    const book = await books.open()
    const newest = snapshot({ takenAt: 5, total: decimal('-1.0'), owed: decimal('1.0') })
    const bitcoin = snapshot({ takenAt: 2, asset: 'BTC' })
    await book.recordBalances('bin', [newest, bitcoin])
    await book.recordBalances('bin', [snapshot({ takenAt: 3 }), newest])
    expect(await book.latestBalances('bin')).toEqual([bitcoin, newest])
    expect(await book.latestBalances('okx')).toEqual([])
  })

  test('keeps how the last attempts to sync went: an error does not hide the last success', async () => {
    const book = await books.open()
    expect(await book.syncState('bin')).toBeUndefined()
    await book.recordSyncState({ account: 'bin', lastSuccessAt: 1 })
    await book.recordSyncState({ account: 'bin', lastErrorAt: 2, lastError: 'no' })
    expect(await book.syncState('bin')).toEqual({ account: 'bin', lastSuccessAt: 1, lastErrorAt: 2, lastError: 'no' })
  })

  test('keeps accounts by label, refuses a second one and a malformed one, and forgets everything of a removed one', async () => {
    const book = await books.open()
    const [bin] = await book.accounts()
    expect((await book.accounts()).map(({ label, mayRepay }) => [label, mayRepay])).toEqual([
      ['bin', false],
      ['okx', true],
    ])
    expect(await codeOf(book.addAccount({ ...bin!, baseUrl: 'http://other' }))).toBe('book.account-exists')
    for (const label of ['', ' x', '../x', 'a'.repeat(65), 'ä'])
      expect(await codeOf(book.addAccount({ ...bin!, label }))).toBe('book.label-malformed')
    await book.recordCharges('bin', [chargeOf()], [span(0, 9)])
    await book.recordExchangeRuns('bin', [run], [])
    await book.recordBalances('bin', [snapshot({})])
    await book.recordSyncState({ account: 'bin', lastSuccessAt: 1 })
    await book.recordCharges('okx', [chargeOf({ account: 'okx' })], [])
    await book.removeAccount('bin')
    await book.addAccount(bin!)
    expect((await collect(book.charges({}))).map(({ account }) => account)).toEqual(['okx'])
    expect((await book.totals({ by: 'all' })).map(({ account }) => account)).toEqual(['okx'])
    expect([await book.latestCharges('bin'), await book.latestBalances('bin'), await book.coverage('bin', 'interest')]).toEqual([
      [],
      [],
      [],
    ])
    expect([await book.proven('bin', 'interest'), await collect(book.exchangeRuns({}))]).toEqual([[], []])
    expect(await book.syncState('bin')).toBeUndefined()
  })

  test('asks for an account elsewhere once it was moved, with everything known of it', async () => {
    const book = await books.open()
    const [bin] = await book.accounts()
    await book.recordCharges('bin', [chargeOf()], [span(0, 9)])
    await book.moveAccount('bin', 'http://127.0.0.1:9')
    expect((await book.accounts())[0]).toEqual({ ...bin, baseUrl: 'http://127.0.0.1:9' })
    expect((await collect(book.charges({ accounts: ['bin'] }))).length).toBe(1)
    expect(await book.proven('bin', 'interest')).toHaveLength(1)
  })

  test('names an account it does not have, and those it has', async () => {
    const book = await books.open()
    for (const work of [
      () => book.removeAccount('nobody'),
      () => book.moveAccount('nobody', 'http://127.0.0.1:9'),
      () => book.recordCharges('nobody', [], []),
      () => book.recordBalances('nobody', []),
      () => book.recordSyncState({ account: 'nobody' }),
      () => book.totals({ accounts: ['nobody'], by: 'all' }),
      () => book.latestBalances('nobody'),
      () => book.proven('nobody', 'interest'),
      () => collect(book.charges({ accounts: ['bin', 'nobody'] })),
    ]) {
      expect(await codeOf(work())).toBe('book.account-unknown')
    }
    await expect(book.removeAccount('nobody')).rejects.toMatchObject({ remedy: 'It has: bin, okx.' })
  })

  test('takes batches from many sides at once without losing a sum', async () => {
    const target = books.target()
    const one = await openBook(target, { clock: bookClock })
    const two = await openBook(target, { clock: bookClock })
    await one.addAccount({ label: 'bin', exchange: 'binance', baseUrl: 'http://127.0.0.1:1', addedAt: 1, mayRepay: false })
    const batch = (first: number) =>
      Array.from({ length: 50 }, (_, index) => chargeOf({ at: day0 + first + index, interest: decimal('0.1') }))
    await Promise.all(
      [0, 25, 50, 75, 100, 125].map((first, index) =>
        (index % 2 === 0 ? one : two).recordCharges('bin', batch(first), [span(first, first + 50)]),
      ),
    )
    expect(await two.totals({ by: 'all' })).toEqual([
      { account: 'bin', asset: 'USDT', period: '', charges: 175, interest: decimal('17.5') },
    ])
    expect(await collect(one.charges({}))).toHaveLength(175)
    expect(await one.proven('bin', 'interest')).toEqual([{ from: 0, to: 175 }])
    await one.close()
    await two.close()
  })

  test('is there again with everything after it was closed', async () => {
    const target = books.target()
    const before = await openBook(target, { clock: bookClock })
    await before.addAccount({ label: 'bin', exchange: 'binance', baseUrl: 'http://127.0.0.1:1', addedAt: 1, mayRepay: false })
    await before.recordCharges('bin', [chargeOf()], [span(0, 9)])
    await before.close()
    const after = await openBook(target, { clock: bookClock })
    expect(await collect(after.charges({}))).toEqual([chargeOf()])
    expect(await after.proven('bin', 'interest')).toEqual([{ from: 0, to: 9 }])
    await after.close()
  })
})
