import { expect, test } from 'vitest'
import { bookClock, onBothEngines } from '../../../test/support/books.ts'
import { chargeOf, collect } from '../../../test/support/charges.ts'
import { add, equals } from '../../decimal/arithmetic.ts'
import { decimal, zero } from '../../decimal/decimal.ts'
import { parseJson } from '../../json/json.ts'
import { dayMs, hourMs } from '../../time/units.ts'
import type { BookEngine } from '../engines/engine.ts'
import { openPostgresEngine } from '../engines/postgres-engine.ts'
import { openSqliteEngine } from '../engines/sqlite-engine.ts'
import { type BookTarget, openBook } from '../open-book.ts'
import type { Charge } from '../record.ts'
import { mantissaColumn, optionalMantissaColumn, optionalScaleColumn } from '../tables/decimal-columns.ts'
import { firstSchema } from './0001-first-schema.ts'
import { migrate } from './migrate.ts'

const month0 = Date.UTC(2025, 11, 1)

const charges: readonly Charge[] = [
  ...Array.from({ length: 1_500 }, (_, hour) =>
    chargeOf({ account: 'okx', at: month0 + hour * hourMs, interest: decimal(`0.${hour + 1}`), marginMode: 'cross', loanType: '2' }),
  ),
  chargeOf({ account: 'okx', at: month0, asset: 'BTC', principal: decimal('-123456789012345678901234567890.5'), totalLiability: null }),
  chargeOf({ account: 'okx', at: month0, asset: 'BTC', instId: 'BTC-USDT', totalLiability: decimal('210000') }),
  chargeOf({ account: 'bin', at: month0 + 40 * dayMs, extra: parseJson('{"a":"b,c"}') as never, interestFreeLiability: decimal('0.0') }),
]

function engineOf(target: BookTarget): BookEngine {
  return target.kind === 'sqlite' ? openSqliteEngine(target.path) : openPostgresEngine(target.url, target.schema)
}

function groupedBy(name: (charge: Charge) => string): Map<string, Charge[]> {
  const groups = new Map<string, Charge[]>()
  for (const charge of charges) groups.set(name(charge), [...(groups.get(name(charge)) ?? []), charge])
  return groups
}

type AnyInsert = { insertInto(table: string): { values(row: object): { execute(): Promise<unknown> } } }

/** A book as the first release left it. */
async function oldBook(target: BookTarget): Promise<void> {
  const engine = engineOf(target)
  if (target.kind === 'postgres') await engine.db.schema.createSchema(target.schema ?? '').execute()
  await migrate(engine, 'old', 1, [firstSchema])
  const db = engine.db as unknown as AnyInsert
  const insert = (table: string, row: object) => db.insertInto(table).values(row).execute()
  for (const [account, exchange] of [
    ['okx', 'okx'],
    ['bin', 'binance'],
  ] as const) {
    await insert('accounts', { account, exchange, base_url: 'http://127.0.0.1:1', added_at: 1, may_repay: 0 })
  }
  const key = ({ account, asset, instId, marginMode, loanType }: Charge) => ({
    account,
    asset,
    inst_id: instId,
    margin_mode: marginMode,
    loan_type: loanType,
  })
  for (const charge of charges) {
    const { principal, rate, interest, totalLiability, interestFreeLiability, extra } = charge
    await insert('charges', {
      ...key(charge),
      at: charge.at,
      principal_mantissa: mantissaColumn(principal),
      principal_scale: principal.scale,
      rate_mantissa: mantissaColumn(rate),
      rate_scale: rate.scale,
      interest_mantissa: mantissaColumn(interest),
      interest_scale: interest.scale,
      total_liability_mantissa: optionalMantissaColumn(totalLiability),
      total_liability_scale: optionalScaleColumn(totalLiability),
      free_liability_mantissa: optionalMantissaColumn(interestFreeLiability),
      free_liability_scale: optionalScaleColumn(interestFreeLiability),
      extra: extra === undefined ? null : '{"a":"b,c"}',
      received_at: charge.receivedAt,
    })
  }
  for (const [name, series] of groupedBy((charge) => JSON.stringify(key(charge)))) {
    const instants = series.map(({ at }) => at)
    await insert('charge_series', { ...JSON.parse(name), first_at: Math.min(...instants), last_at: Math.max(...instants) })
  }
  const dayOf = ({ account, asset, at }: Charge) => JSON.stringify({ account, asset, day: Math.floor(at / dayMs) })
  for (const [name, rows] of groupedBy(dayOf)) {
    const scale = 4
    const mantissa = rows.reduce((sum, { interest }) => sum + interest.mantissa * 10n ** BigInt(scale - interest.scale), 0n)
    await insert('interest_days', { ...JSON.parse(name), charges: rows.length, interest_mantissa: mantissa, interest_scale: scale })
  }
  await insert('coverage', { account: 'okx', stream: 'interest', from_at: 5, to_at: 9, proven_at: 3, proven_by: 'GET /x' })
  await insert('proven', { account: 'okx', stream: 'interest', from_at: 5, to_at: 9 })
  await insert('sync_states', { account: 'okx', last_success_at: 4, last_error_at: null, last_error: null })
  await engine.close()
}

onBothEngines('a book of the first release', (books) => {
  test('is opened with every charge, total and proof, and goes on from there', async () => {
    const target = books.target()
    await oldBook(target)
    const book = await openBook(target, { clock: bookClock })
    const read = await collect(book.charges({ order: 'oldest-first' }))
    const keyOf = ({ account, at, asset, instId }: Charge) => `${account} ${at} ${asset} ${instId}`
    const byKey = (left: Charge, right: Charge) => (keyOf(left) < keyOf(right) ? -1 : 1)
    expect(read.sort(byKey)).toEqual([...charges].sort(byKey))
    expect((await book.latestCharges('okx')).map(({ asset, instId }) => [asset, instId])).toEqual([
      ['BTC', ''],
      ['BTC', 'BTC-USDT'],
      ['USDT', ''],
    ])
    for (const by of ['day', 'month', 'year', 'all'] as const) {
      const totals = await book.totals({ by })
      expect(totals.reduce((sum, total) => sum + total.charges, 0)).toBe(charges.length)
    }
    expect((await book.totals({ by: 'month', accounts: ['okx'], asset: 'USDT' })).map((total) => [total.period, total.charges])).toEqual([
      ['2025-12', 744],
      ['2026-01', 744],
      ['2026-02', 12],
    ])
    const sum = charges
      .filter(({ asset, account }) => asset === 'USDT' && account === 'okx')
      .reduce((one, { interest }) => add(one, interest), zero)
    for (const by of ['day', 'month', 'all'] as const) {
      const totals = await book.totals({ by, accounts: ['okx'], asset: 'USDT' })
      expect(
        equals(
          totals.reduce((one, { interest }) => add(one, interest), zero),
          sum,
        ),
      ).toBe(true)
    }
    expect(await book.proven('okx', 'interest')).toEqual([{ from: 5, to: 9 }])
    expect(await book.coverage('okx', 'interest')).toHaveLength(1)
    expect(await book.syncState('okx')).toEqual({ account: 'okx', lastSuccessAt: 4 })
    // What was there is known, and a series that is new gets a number of its own.
    const again = charges.filter(({ account }) => account === 'okx')
    expect(await book.recordCharges('okx', again, [])).toMatchObject({ added: 0, known: again.length, changed: [] })
    await book.recordCharges('okx', [chargeOf({ account: 'okx', asset: 'ADA', at: month0 })], [])
    await book.addAccount({ label: 'a-new-one', exchange: 'okx', baseUrl: 'http://127.0.0.1:1', addedAt: 1, mayRepay: false })
    await book.recordCharges('a-new-one', [chargeOf({ account: 'a-new-one', asset: 'ADA', at: month0 })], [])
    expect((await book.totals({ by: 'all', asset: 'ADA' })).map(({ account, charges }) => [account, charges])).toEqual([
      ['a-new-one', 1],
      ['okx', 1],
    ])
    await book.removeAccount('okx')
    expect((await collect(book.charges({}))).map(({ account }) => account)).toEqual(['bin', 'a-new-one'])
    await book.close()
  }, 60_000)
})
