import { expect, test } from 'vitest'
import { onBothEngines } from '../../test/support/books.ts'
import { chargeOf, collect } from '../../test/support/charges.ts'
import { decimal } from '../decimal/decimal.ts'
import { dayMs, hourMs } from '../time/units.ts'
import type { CoverageSpan, ForecastCharge, MarginCharge, Movement, Price, PublishedRate, RowFinding, Stream } from './record.ts'

const day0 = Date.UTC(2026, 5, 1)

function span(stream: Stream, from: number, to: number): CoverageSpan {
  return { account: 'bin', stream, from, to, provenBy: 'GET /x', provenAt: 9 }
}

const marginCharge: MarginCharge = {
  account: 'bin',
  at: day0,
  txId: '1352286576452864727',
  asset: 'USDT',
  rawAsset: 'USDT',
  type: 'PORTFOLIO',
  principal: decimal('45.3313'),
  rate: decimal('0.00024995'),
  interest: decimal('0.01133060'),
  receivedAt: 7,
}

const movement: Movement = {
  account: 'bin',
  at: day0,
  stream: 'margin-loans',
  id: '1',
  asset: 'BTC',
  wallet: 'margin',
  kind: 'LOAN',
  amount: decimal('0.84624403'),
  detail: 'CONFIRMED',
  receivedAt: 7,
}

const rate: PublishedRate = {
  account: 'bin',
  asset: 'BTC',
  at: day0,
  source: 'margin-interest-rate-history',
  rate: decimal('0.00025000'),
  per: 'day',
  vipLevel: 0,
  receivedAt: 7,
}

onBothEngines('a book of all that the exchange tells', (books) => {
  test('gives margin charges, movements and rates back as they came, by asset, span and order', async () => {
    const book = await books.open()
    const bitcoin = { ...marginCharge, at: day0 + 1, asset: 'BTC' }
    expect(await book.recordMarginCharges('bin', [marginCharge, bitcoin], [span('margin-interest', 0, day0)])).toMatchObject({ added: 2 })
    expect(await collect(book.marginCharges({ account: 'bin' }))).toEqual([bitcoin, marginCharge])
    expect(await collect(book.marginCharges({ account: 'bin', asset: 'USDT' }))).toEqual([marginCharge])
    expect(await book.proven('bin', 'margin-interest')).toEqual([{ from: 0, to: day0 }])
    const bill: Movement = {
      ...movement,
      stream: 'bills',
      id: '623950854533513219',
      at: day0 + 2,
      kind: '7/9',
      balanceAfter: decimal('-3.0'),
      interest: decimal('0.1'),
    }
    await book.recordMovements('bin', 'margin-loans:BTC', [movement], [span('margin-loans:BTC', 0, day0)])
    await book.recordMovements('bin', 'bills', [bill], [])
    expect(await collect(book.movements({ account: 'bin', order: 'oldest-first' }))).toEqual([movement, bill])
    expect(await collect(book.movements({ account: 'bin', within: { from: day0 + 1, to: day0 + 3 } }))).toEqual([bill])
    expect(await book.proven('bin', 'margin-loans:BTC')).toEqual([{ from: 0, to: day0 }])
    expect(await book.proven('bin', 'margin-loans:ETH')).toEqual([])
    const { vipLevel, ...hourly } = { ...rate, asset: 'USDT', per: 'hour' as const }
    await book.recordRates('bin', [rate, hourly], [])
    expect(await collect(book.rates({ account: 'bin', order: 'oldest-first' }))).toEqual([rate, hourly])
    expect(await collect(book.rates({ account: 'bin', asset: 'USDT' }))).toEqual([hourly])
  })

  test('pages through more movements than fit in one page, ties included, losing none', async () => {
    const book = await books.open()
    const rows = Array.from({ length: 2_500 }, (_, index) => ({ ...movement, at: day0 + Math.floor(index / 900), id: String(index) }))
    await book.recordMovements('bin', 'margin-loans:BTC', rows, [])
    for (const order of ['newest-first', 'oldest-first'] as const) {
      expect(new Set((await collect(book.movements({ account: 'bin', asset: 'BTC', order }))).map(({ id }) => id)).size).toBe(2_500)
    }
  })

  test('refuses a movement of another stream than it is told of', async () => {
    const book = await books.open()
    await expect(book.recordMovements('bin', 'margin-loans:ETH', [movement], [])).rejects.toMatchObject({ code: 'book.foreign-stream' })
  })

  test('finds what changed, what came late and what vanished, once each, and overwrites nothing', async () => {
    const book = await books.open()
    const charge = (hour: number, interest = '1') =>
      chargeOf({ at: day0 + hour * hourMs, interest: decimal(interest), receivedAt: 100 + hour })
    await book.recordCharges('bin', [charge(0), charge(1), charge(3)], [span('interest', day0, day0 + 4 * hourMs)])
    // Hour 3 is told otherwise, hour 2 is told for the first time, hour 1 is not told any more; hour 0 is not asked for.
    const again = () => book.recordCharges('bin', [charge(3, '1.5'), charge(2)], [span('interest', day0 + hourMs, day0 + 6 * hourMs)])
    const outcome = await again()
    expect(outcome).toEqual({
      added: 1,
      known: 0,
      changed: ['charge bin USDT 2026-06-01T03:00:00.000Z: interest was 1 and came as 1.5'],
      late: ['charge bin USDT 2026-06-01T02:00:00.000Z: appeared in a span that was proven without it'],
      vanished: [
        'charge bin USDT 2026-06-01T01:00:00.000Z: was there with principal 210000, rate 0.0001164, interest 1, and is missing where the exchange told all again',
      ],
    })
    expect(await again()).toEqual({ added: 0, known: 2, changed: [], late: [], vanished: [] })
    const found = await book.findings({ accounts: ['bin'] })
    expect(found.map(({ kind, at, came, foundAt, request }) => [kind, at, came, foundAt, request])).toEqual([
      ['changed', day0 + 3 * hourMs, 'interest 1.5', 103, 'GET /x'],
      ['late', day0 + 2 * hourMs, 'principal 210000, rate 0.0001164, interest 1', 102, 'GET /x'],
      ['vanished', day0 + hourMs, '', 9, 'GET /x'],
    ])
    expect((await collect(book.charges({}))).map(({ at, interest }) => [at, interest])).toEqual(
      [3, 2, 1, 0].map((hour) => [day0 + hour * hourMs, decimal('1')]),
    )
    const differently = await book.recordCharges('bin', [charge(3, '1.6')], [])
    expect(differently.changed).toHaveLength(1)
    expect(await book.findings({ limit: 1 })).toHaveLength(1)
    expect(await book.findings({ within: { from: day0, to: day0 + 2 * hourMs } })).toHaveLength(1)
  })

  test('misses what vanished from one asset of a stream, and leaves the others and other streams in peace', async () => {
    const book = await books.open()
    const ether: Movement = { ...movement, asset: 'ETH' }
    const whole = (stream: Stream) => [span(stream, 0, day0 + dayMs)]
    await book.recordMovements('bin', 'margin-loans:BTC', [movement], whole('margin-loans:BTC'))
    await book.recordMovements('bin', 'margin-loans:ETH', [ether], whole('margin-loans:ETH'))
    await book.recordRates('bin', [rate], whole('rates:BTC'))
    const { vanished } = await book.recordMovements('bin', 'margin-loans:BTC', [], whole('margin-loans:BTC'))
    expect(vanished).toHaveLength(1)
    expect(vanished[0]).toContain('movement bin margin-loans 1 BTC 2026-06-01')
    expect((await book.recordRates('bin', [], whole('rates:ETH'))).vanished).toEqual([])
    expect((await book.recordRates('bin', [], whole('rates:BTC'))).vanished).toHaveLength(1)
  })

  test('keeps findings of the sync once, and says how many were new', async () => {
    const book = await books.open()
    const finding: RowFinding = {
      account: 'bin',
      stream: 'rates:BTC',
      kind: 'total',
      row: 'x'.repeat(9_000),
      at: 5,
      came: '3',
      sentence: 'counted 4, brought 3',
      foundAt: 6,
    }
    expect(await book.recordFindings([finding, { ...finding, foundAt: 8 }, { ...finding, came: '2' }])).toBe(2)
    expect(await book.recordFindings([finding])).toBe(0)
    expect(await book.findings({})).toHaveLength(2)
    expect(await book.findings({ accounts: ['okx'] })).toEqual([])
    await expect(book.recordFindings([{ ...finding, account: 'nobody' }])).rejects.toMatchObject({ code: 'book.account-unknown' })
  })

  test('takes a proof back, keeps the proofs as they were given, and proves again', async () => {
    const book = await books.open()
    await book.recordCharges('bin', [], [span('interest', 0, 30)])
    await book.withdrawProof('bin', 'interest', { from: 10, to: 20 })
    expect(await book.proven('bin', 'interest')).toEqual([
      { from: 0, to: 10 },
      { from: 20, to: 30 },
    ])
    expect(await book.coverage('bin', 'interest')).toHaveLength(1)
    expect((await book.recordCharges('bin', [chargeOf({ at: 15 })], [span('interest', 5, 25)])).late).toEqual([])
    expect(await book.proven('bin', 'interest')).toEqual([{ from: 0, to: 30 }])
  })

  test('tells what was proven ahead of our clock alone', async () => {
    const book = await books.open()
    const proof = (from: number, to: number, provenAt: number) => ({ ...span('interest', from, to), provenAt })
    const ahead = { least: 0, most: 1_000 }
    await book.recordCharges('bin', [], [proof(0, 100, 100), proof(0, 90, 200)])
    expect(await book.provenAhead('bin', 'interest', ahead)).toEqual([])
    await book.recordCharges('bin', [], [proof(80, 400, 150), proof(300, 9_000, 300)])
    expect(await book.provenAhead('bin', 'interest', ahead)).toEqual([{ from: 150, to: 300 }])
    await book.recordCharges('bin', [], [proof(200, 250, 500)])
    expect(await book.provenAhead('bin', 'interest', ahead)).toEqual([
      { from: 150, to: 200 },
      { from: 250, to: 300 },
    ])
    expect(await book.provenAhead('bin', 'exchanges', ahead)).toEqual([])
    await expect(book.provenAhead('nobody', 'interest', ahead)).rejects.toMatchObject({ code: 'book.account-unknown' })
  })

  test('keeps prices of no account, facts as they stood, and the first forecast of a day', async () => {
    const book = await books.open()
    const price: Price = { asset: 'BTC', currency: 'USD', at: 5, source: 'asset-index-price', price: decimal('60000.10') }
    const earlier = { ...price, at: 4, source: 'import' }
    expect(await book.recordPrices([price, earlier, price])).toEqual({ added: 2, known: 1 })
    expect(await book.prices({ asset: 'BTC', currency: 'USD' })).toEqual([earlier, price])
    expect(await book.prices({ within: { from: 5, to: 6 } })).toEqual([price])
    expect(await book.prices({ asset: 'ETH' })).toEqual([])
    const fact = (at: number, value: string) => ({ account: 'bin', name: 'auto-repay', at, value }) as const
    for (const one of [fact(3, 'on'), fact(7, 'off'), fact(7, 'on')]) await book.recordFact(one)
    expect(await book.fact('bin', 'auto-repay', 2)).toBeUndefined()
    expect(await book.fact('bin', 'auto-repay', 6)).toEqual(fact(3, 'on'))
    expect(await book.fact('bin', 'auto-repay', 7)).toEqual(fact(7, 'off'))
    const one = decimal('1')
    const foreseen = (chargeAt: number, madeAt: number): ForecastCharge =>
      ({ account: 'bin', day: day0, asset: 'BTC', position: '', chargeAt, madeAt, low: one, amount: one, high: decimal('1.10') }) as const
    await book.recordForecast('bin', [foreseen(20, 1), foreseen(10, 1)])
    await book.recordForecast('bin', [foreseen(10, 2)])
    expect(await book.forecasts('bin', { from: 0, to: 20 })).toEqual([foreseen(10, 1)])
    expect(await book.forecasts('bin', { from: 0, to: 21 })).toEqual([foreseen(10, 1), foreseen(20, 1)])
  })

  test('gives every snapshot of an asset, and all of them in the order they were taken', async () => {
    const book = await books.open()
    const zero = decimal('0')
    const snapshot = (asset: string, takenAt: number) =>
      ({ account: 'bin', asset, takenAt, total: zero, owed: zero, free: zero, um: zero, cm: zero, interest: zero, updatedAt: 0 }) as const
    await book.recordBalances('bin', [snapshot('USDT', 2), snapshot('BTC', 2), snapshot('BTC', 1)])
    expect((await collect(book.balances({ account: 'bin', order: 'oldest-first' }))).map(({ takenAt, asset }) => [takenAt, asset])).toEqual(
      [
        [1, 'BTC'],
        [2, 'BTC'],
        [2, 'USDT'],
      ],
    )
    expect((await collect(book.balances({ account: 'bin', asset: 'BTC' }))).map(({ takenAt }) => takenAt)).toEqual([2, 1])
  })

  test('forgets all of it with the account, and nothing of another', async () => {
    const book = await books.open()
    const [bin] = await book.accounts()
    const one = decimal('1')
    const finding = { stream: 'interest', kind: 'total', row: 'x', at: 1, came: '', sentence: 'x', foundAt: 1 } as const
    const foreseen = { day: day0, asset: 'BTC', position: '', chargeAt: 5, madeAt: 1, low: one, amount: one, high: one } as const
    const fill = async (account: string) => {
      await book.recordMarginCharges(account, [{ ...marginCharge, account }], [])
      await book.recordMovements(account, 'margin-loans:BTC', [{ ...movement, account }], [])
      await book.recordRates(account, [{ ...rate, account }], [])
      await book.recordFact({ account, name: 'auto-repay', at: 1, value: 'on' })
      await book.recordFindings([{ account, ...finding }])
      await book.recordForecast(account, [{ account, ...foreseen }])
      await book.takeLease({ account, holder: 'a', until: 9 }, 0)
      await book.recordCharges(account, [chargeOf({ account })], [])
    }
    const held = async (account: string) => {
      const counts: number[] = []
      for (const rows of [book.marginCharges, book.movements, book.rates]) counts.push((await collect<unknown>(rows({ account }))).length)
      for await (const { count } of book.chargeBatches(account)) counts.push(count)
      const totals = [await book.totals({ accounts: [account], by: 'month' }), await book.totals({ accounts: [account], by: 'day' })]
      const others = [...totals, await book.findings({ accounts: [account] }), await book.forecasts(account, { from: 0, to: 9 })]
      const fact = await book.fact(account, 'auto-repay', 9)
      return [...counts, ...others.map((rows) => rows.length), fact === undefined ? 0 : 1].reduce((sum, count) => sum + count, 0)
    }
    await fill('bin')
    await fill('okx')
    expect([await held('bin'), await held('okx')]).toEqual([9, 9])
    await book.removeAccount('bin')
    await book.addAccount(bin!)
    expect([await held('bin'), await held('okx')]).toEqual([0, 9])
    expect(await book.takeLease({ account: 'bin', holder: 'b', until: 9 }, 0)).toMatchObject({ holder: 'b' })
  })

  test('lends an account to one sync at a time, until it is given back or its time is over', async () => {
    const book = await books.open()
    const lease = (holder: string, until: number) => ({ account: 'bin', holder, until })
    expect(await book.takeLease(lease('a', 10), 0)).toEqual(lease('a', 10))
    expect(await book.takeLease(lease('b', 20), 9)).toEqual(lease('a', 10))
    expect(await book.takeLease(lease('a', 15), 9)).toEqual(lease('a', 15))
    await book.dropLease('bin', 'b')
    expect(await book.takeLease(lease('b', 20), 14)).toEqual(lease('a', 15))
    expect(await book.takeLease(lease('b', 20), 15)).toEqual(lease('b', 20))
    await book.dropLease('bin', 'b')
    expect(await book.takeLease(lease('a', 30), 16)).toEqual(lease('a', 30))
    await expect(book.takeLease({ ...lease('a', 1), account: 'nobody' }, 0)).rejects.toMatchObject({ code: 'book.account-unknown' })
  })

  test('keeps how often an account failed and when to try again, and adds up by year', async () => {
    const book = await books.open()
    await book.recordSyncState({ account: 'bin', failures: 3, nextAttemptAt: 50 })
    await book.recordSyncState({ account: 'bin', failures: 0 })
    expect(await book.syncState('bin')).toEqual({ account: 'bin', failures: 0, nextAttemptAt: 50 })
    await book.recordCharges('bin', [chargeOf({ at: Date.UTC(2025, 11, 31) }), chargeOf({ at: Date.UTC(2026, 0, 1) })], [])
    expect((await book.totals({ by: 'year' })).map(({ period, charges }) => [period, charges])).toEqual([
      ['2025', 1],
      ['2026', 1],
    ])
  })
})
