import fc from 'fast-check'
import { expect, test } from 'vitest'
import { onBothEngines } from '../../test/support/books.ts'
import { collect } from '../../test/support/charges.ts'
import { add, equals } from '../decimal/arithmetic.ts'
import { type Decimal, decimalOf, toText } from '../decimal/decimal.ts'
import { isoDay, isoMonth } from '../time/instant.ts'
import { contains, type Interval, overlap } from '../time/interval.ts'
import { difference, type IntervalSet, intersection, intervalSet, union } from '../time/interval-set.ts'
import { dayMs, hourMs } from '../time/units.ts'
import type { TotalsFilter } from './book-interface.ts'
import type { Charge, CoverageSpan, InterestTotal, RowFinding } from './record.ts'

const start = Date.UTC(2025, 11, 30)
const hours = 24 * 40

const amount = fc
  .record({ mantissa: fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), scale: fc.nat(20) })
  .map(({ mantissa, scale }) => decimalOf(mantissa, scale))
const liability = fc.option(fc.option(amount, { nil: null }), { nil: undefined })
// Few instants around ends of months and years, so that keys collide and days are shared.
const instant = fc.oneof(fc.nat(60), fc.nat(hours)).map((hour) => start + hour * hourMs)

/** Charges with few assets and amounts, so that some come again as they were and some with other content. */
const charge: fc.Arbitrary<Omit<Charge, 'account'>> = fc
  .record({
    asset: fc.constantFrom('USDT', 'BTC'),
    instId: fc.constantFrom('', 'BTC-USDT'),
    marginMode: fc.constantFrom('', 'cross'),
    loanType: fc.constantFrom('1', '2'),
    at: instant,
    principal: fc.oneof(amount, fc.constant(decimalOf(5n))),
    rate: fc.constant(decimalOf(1n, 4)),
    interest: fc.oneof(amount, fc.constant(decimalOf(10n, 1)), fc.constant(decimalOf(1n))),
    totalLiability: liability,
    interestFreeLiability: liability,
    receivedAt: fc.nat(),
  })
  .map(({ totalLiability, interestFreeLiability, ...rest }) => ({
    ...rest,
    ...(totalLiability === undefined ? {} : { totalLiability }),
    ...(interestFreeLiability === undefined ? {} : { interestFreeLiability }),
  }))

const interval: fc.Arbitrary<Interval> = fc
  .record({ from: instant, length: fc.nat(hours) })
  .map(({ from, length }) => ({ from, to: from + length * hourMs }))
const span: fc.Arbitrary<Omit<CoverageSpan, 'account'>> = interval.map((one) => ({
  stream: 'interest',
  ...one,
  provenBy: `${one.from}`,
  provenAt: 1,
}))

interface Batch {
  readonly charges: readonly Omit<Charge, 'account'>[]
  readonly spans: readonly Omit<CoverageSpan, 'account'>[]
  readonly withdrawn: Interval | undefined
}

const batches: fc.Arbitrary<Batch[]> = fc.array(
  fc.record({
    charges: fc.array(charge, { maxLength: 12 }),
    spans: fc.array(span, { maxLength: 3 }),
    withdrawn: fc.option(interval, { nil: undefined, freq: 5 }),
  }),
  { maxLength: 6 },
)
const question = fc.record({
  asset: fc.constantFrom(undefined, 'USDT', 'BTC', 'DOGE'),
  within: fc.option(interval, { nil: undefined }),
  order: fc.constantFrom('newest-first', 'oldest-first'),
  limit: fc.option(fc.nat(20), { nil: undefined }),
} as const)

const seriesOf = ({ asset, instId, marginMode }: Charge) => [asset, instId, marginMode].join(' ')
const keyOf = ({ at, asset, instId, marginMode, loanType }: Charge) => [at, asset, instId, marginMode, loanType].join(' ')

/** What a book is to hold: maps and sets, nothing clever. */
class Model {
  readonly rows = new Map<string, Charge>()
  /** `kind key what came`, as findings are told apart. */
  readonly findings = new Set<string>()
  proven: IntervalSet = []

  record(rows: readonly Charge[], spans: readonly Interval[]): { added: number; news: Record<string, number> } {
    const news: Record<string, number> = { changed: 0, late: 0, vanished: 0 }
    const find = (kind: string, row: Charge, came: string) => {
      const name = `${kind} ${keyOf(row)} ${came}`
      if (!this.findings.has(name)) news[kind] = (news[kind] ?? 0) + 1
      this.findings.add(name)
    }
    const before = this.rows.size
    for (const row of rows) {
      const known = this.rows.get(keyOf(row))
      if (known === undefined) {
        this.rows.set(keyOf(row), row)
        if (this.proven.some((one) => contains(one, row.at))) find('late', row, '')
      } else if (differs(known, row).length > 0) find('changed', row, differs(known, row).join())
    }
    const came = new Set(rows.map(keyOf))
    for (const again of intersection(intervalSet(spans), this.proven)) {
      for (const row of this.rows.values()) if (contains(again, row.at) && !came.has(keyOf(row))) find('vanished', row, '')
    }
    this.proven = union(this.proven, spans)
    return { added: this.rows.size - before, news }
  }
}

/** Fields that both tellings have and that are not worth the same, as they came. */
function differs(known: Charge, came: Charge): string[] {
  return (['principal', 'rate', 'interest', 'totalLiability', 'interestFreeLiability'] as const).flatMap((name) => {
    const [was, now] = [known[name], came[name]]
    if (was === undefined || now === undefined) return []
    if (was === null || now === null) return was === now ? [] : [`${name} ${now === null ? 'empty' : toText(now)}`]
    return equals(was, now) ? [] : [`${name} ${toText(now)}`]
  })
}

onBothEngines('any batches, in any order and overlapping,', (books) => {
  test('leave each charge once as it first came, exact totals, joined proofs, and every contradiction told once', async () => {
    const book = await books.open()
    let accounts = 0
    const property = async (
      given: readonly Batch[],
      questions: readonly (typeof question extends fc.Arbitrary<infer Value> ? Value : never)[],
    ) => {
      const account = `run-${++accounts}`
      await book.addAccount({ label: account, exchange: 'okx', baseUrl: 'http://127.0.0.1:1', addedAt: 1, mayRepay: false })
      const model = new Model()
      for (const { charges, spans, withdrawn } of given) {
        const rows = charges.map((row) => ({ account, ...row }))
        const proofs = spans.map((one) => ({ account, ...one }))
        const outcome = await book.recordCharges(account, rows, proofs)
        const { added, news } = model.record(rows, spans)
        expect({ changed: outcome.changed.length, late: outcome.late.length, vanished: outcome.vanished.length }).toEqual(news)
        expect(outcome.added).toBe(added)
        expect(outcome.added + outcome.known + outcome.changed.length).toBe(rows.length)
        if (withdrawn === undefined) continue
        await book.withdrawProof(account, 'interest', withdrawn)
        model.proven = difference(model.proven, [withdrawn])
      }
      const expected = [...model.rows.values()].sort((left, right) => (keyOf(left) < keyOf(right) ? -1 : 1))
      expect(await collect(book.charges({ accounts: [account], order: 'oldest-first' }))).toEqual(expected)
      expect(await collect(book.charges({ accounts: [account], order: 'newest-first' }))).toEqual(expected.toReversed())
      for (const { asset, within, order, limit } of questions) {
        const isAsked = (row: Charge) => (asset === undefined || row.asset === asset) && (within === undefined || contains(within, row.at))
        const inOrder = order === 'oldest-first' ? expected : expected.toReversed()
        const asked = { accounts: [account], asset, within, order, limit }
        expect(await collect(book.charges(asked))).toEqual(inOrder.filter(isAsked).slice(0, limit))
        for (const by of ['all', 'day', 'month', 'year'] as const) {
          expect(shownTotals(await book.totals({ accounts: [account], by, asset, within }))).toEqual(
            naiveTotals(expected, by, asset, within),
          )
        }
      }
      expect(await book.proven(account, 'interest')).toEqual(model.proven)
      expect(shownFindings(await book.findings({ accounts: [account] }))).toEqual(expectedKinds(model.findings))
      // Sorted by time, so that the last one of a series stays.
      const newest = new Map(expected.map((row) => [seriesOf(row), row.at]))
      expect(new Map((await book.latestCharges(account)).map((row) => [seriesOf(row), row.at]))).toEqual(newest)
    }
    await fc.assert(fc.asyncProperty(batches, fc.array(question, { minLength: 1, maxLength: 4 }), property), { numRuns: 40 })
  }, 120_000)
})

function shownFindings(findings: readonly RowFinding[]): string[] {
  return findings.map(({ kind, at }) => `${kind} ${at}`).sort()
}

function expectedKinds(findings: ReadonlySet<string>): string[] {
  return [...findings].map((name) => name.split(' ').slice(0, 2).join(' ')).sort()
}

function shownTotals(totals: readonly InterestTotal[]): string[] {
  return totals.map(({ asset, period, charges, interest }) => `${period} ${asset} ${charges} ${toText(interest)}`)
}

function naiveTotals(
  charges: readonly Charge[],
  by: TotalsFilter['by'],
  asset: string | undefined,
  within: Interval | undefined,
): string[] {
  const sums = new Map<string, { count: number; interest: Decimal }>()
  for (const { asset: of, at, interest } of charges) {
    const day = { from: Math.floor(at / dayMs) * dayMs, to: (Math.floor(at / dayMs) + 1) * dayMs }
    const isAsked = within === undefined || overlap(widened(within), day) !== undefined
    if (!isAsked || (asset !== undefined && of !== asset)) continue
    const month = isoMonth(at)
    const period = { all: '', day: isoDay(at), month, year: month.slice(0, 4) }[by]
    const key = `${period} ${of}`
    const sum = sums.get(key)
    sums.set(key, sum === undefined ? { count: 1, interest } : { count: sum.count + 1, interest: add(sum.interest, interest) })
  }
  return [...sums]
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, { count, interest }]) => `${key} ${count} ${toText(interest)}`)
}

/** To whole days, as totals are given. */
function widened({ from, to }: Interval): Interval {
  return { from: Math.floor(from / dayMs) * dayMs, to: Math.ceil(to / dayMs) * dayMs }
}
