import fc from 'fast-check'
import { expect, test } from 'vitest'
import { onBothEngines } from '../../test/support/books.ts'
import { collect } from '../../test/support/charges.ts'
import { add } from '../decimal/arithmetic.ts'
import { type Decimal, decimalOf, toText } from '../decimal/decimal.ts'
import { isoDay, isoMonth } from '../time/instant.ts'
import { intervalSet } from '../time/interval-set.ts'
import { hourMs } from '../time/units.ts'
import type { Charge, CoverageSpan, InterestTotal } from './record.ts'

const start = Date.UTC(2026, 0, 30)

const amount = fc
  .record({ mantissa: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), scale: fc.nat(20) })
  .map(({ mantissa, scale }) => decimalOf(mantissa, scale))
const liability = fc.option(fc.option(amount, { nil: null }), { nil: undefined })

/** Charges with few instants and assets, so that keys collide and days are shared. */
const charge: fc.Arbitrary<Omit<Charge, 'account'>> = fc
  .record({
    asset: fc.constantFrom('USDT', 'BTC'),
    instId: fc.constantFrom('', 'BTC-USDT'),
    marginMode: fc.constantFrom('', 'cross'),
    loanType: fc.constantFrom('1', '2'),
    at: fc.nat(60).map((hour) => start + hour * hourMs),
    principal: amount,
    rate: amount,
    interest: amount,
    totalLiability: liability,
    interestFreeLiability: liability,
    receivedAt: fc.nat(),
  })
  .map(({ totalLiability, interestFreeLiability, ...rest }) => ({
    ...rest,
    ...(totalLiability === undefined ? {} : { totalLiability }),
    ...(interestFreeLiability === undefined ? {} : { interestFreeLiability }),
  }))

const span: fc.Arbitrary<Omit<CoverageSpan, 'account'>> = fc.record({ from: fc.nat(50), length: fc.nat(20) }).map(({ from, length }) => ({
  stream: 'interest',
  from,
  to: from + length,
  provenBy: `${from}`,
  provenAt: 1,
}))

const batches = fc.array(fc.record({ charges: fc.array(charge, { maxLength: 12 }), spans: fc.array(span, { maxLength: 3 }) }), {
  maxLength: 6,
})

interface Batch {
  readonly charges: readonly Omit<Charge, 'account'>[]
  readonly spans: readonly Omit<CoverageSpan, 'account'>[]
}

const seriesOf = ({ asset, instId, marginMode }: Charge) => [asset, instId, marginMode].join(' ')
const keyOf = ({ at, asset, instId, marginMode, loanType }: Charge) => [at, asset, instId, marginMode, loanType].join(' ')

onBothEngines('any batches, in any order and overlapping,', (books) => {
  test('leave each charge once as it first came, exact totals and joined proofs', async () => {
    const book = await books.open()
    let accounts = 0
    const property = async (given: readonly Batch[]) => {
      const account = `run-${++accounts}`
      await book.addAccount({ label: account, exchange: 'okx', baseUrl: 'http://127.0.0.1:1', addedAt: 1, mayRepay: false })
      const first = new Map<string, Charge>()
      for (const { charges, spans } of given) {
        const before = first.size
        const rows = charges.map((row) => ({ account, ...row }))
        for (const row of rows) if (!first.has(keyOf(row))) first.set(keyOf(row), row)
        const outcome = await book.recordCharges(
          account,
          rows,
          spans.map((one) => ({ account, ...one })),
        )
        expect(outcome.added).toBe(first.size - before)
        expect(outcome.added + outcome.known + outcome.changed.length).toBe(rows.length)
      }
      const expected = [...first.values()].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
      expect(await collect(book.charges({ accounts: [account], order: 'oldest-first' }))).toEqual(expected)
      expect(await collect(book.charges({ accounts: [account], order: 'newest-first' }))).toEqual(expected.toReversed())
      for (const by of ['all', 'day', 'month'] as const) {
        expect(shownTotals(await book.totals({ accounts: [account], by }))).toEqual(naiveTotals(expected, by))
      }
      expect(await book.proven(account, 'interest')).toEqual(intervalSet(given.flatMap(({ spans }) => spans)))
      // Sorted by time, so that the last one of a series stays.
      const newest = new Map(expected.map((row) => [seriesOf(row), row.at]))
      expect(new Map((await book.latestCharges(account)).map((row) => [seriesOf(row), row.at]))).toEqual(newest)
    }
    await fc.assert(fc.asyncProperty(batches, property), { numRuns: 40 })
  }, 60_000)
})

function shownTotals(totals: readonly InterestTotal[]): string[] {
  return totals.map(({ asset, period, charges, interest }) => `${period} ${asset} ${charges} ${toText(interest)}`)
}

function naiveTotals(charges: readonly Charge[], by: 'all' | 'day' | 'month'): string[] {
  const sums = new Map<string, { count: number; interest: Decimal }>()
  for (const { asset, at, interest } of charges) {
    const period = by === 'all' ? '' : by === 'day' ? isoDay(at) : isoMonth(at)
    const key = `${period} ${asset}`
    const sum = sums.get(key)
    sums.set(key, sum === undefined ? { count: 1, interest } : { count: sum.count + 1, interest: add(sum.interest, interest) })
  }
  return [...sums]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, { count, interest }]) => `${key} ${count} ${toText(interest)}`)
}
