import fc from 'fast-check'
import { expect, test } from 'vitest'
import { chargeOf } from '../../test/support/charges.ts'
import { openBook } from '../book/open-book.ts'
import type { BookAccount, Stream } from '../book/record.ts'

import { equals, sum } from '../decimal/arithmetic.ts'
import { decimalOf } from '../decimal/decimal.ts'
import { historyOf } from '../histories/histories.ts'
import type { Answer } from '../histories/history.ts'
import { openedAt } from '../rules/exchange.ts'
import { parseInstant } from '../time/instant.ts'
import { contains, type Interval, interval } from '../time/interval.ts'
import { ManualClock } from '../time/manual-clock.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { answerCoverage } from './answer-coverage.ts'
import { isOpenEnd, isOpenStart, openEnd, openStart } from './asked-time.ts'
import { reportsBehind } from './coverage-report.ts'
import { interestTotals } from './interest-totals.ts'

const now = parseInstant('2026-12-01T10:20:00Z')
const firstDay = now - 500 * dayMs
const account = (exchange: BookAccount['exchange']): BookAccount => ({
  label: 'one',
  exchange,
  baseUrl: 'http://127.0.0.1:1',
  addedAt: now - 20 * dayMs,
  mayRepay: false,
})

/** What each answer rests on, written down a second time. */
const behind: Readonly<Record<BookAccount['exchange'], Readonly<Partial<Record<Answer, readonly Stream[]>>>>> = {
  binance: {
    charges: ['interest'],
    audit: ['interest', 'margin-interest'],
    'auto-exchanges': ['exchanges'],
    movements: ['um-income', 'cm-income', 'margin-loans:USDT', 'margin-repayments:USDT'],
    statement: ['interest', 'margin-interest', 'um-income', 'cm-income', 'margin-repayments:USDT'],
  },
  okx: { charges: ['interest'], audit: ['interest'], movements: ['bills'], statement: ['interest', 'bills'] },
}

const asDays = (day: number) => firstDay - (firstDay % hourMs) + day * dayMs
const spanOfDays = fc
  .tuple(fc.integer({ min: -200, max: 505 }), fc.integer({ min: 0, max: 400 }))
  .map(([first, length]) => interval(asDays(first), asDays(first + length)))
const proofs = fc.array(fc.tuple(fc.nat({ max: 4 }), spanOfDays), { maxLength: 8 })
/** Mostly everything is proven, so that answers are complete often. */
const wholly = fc
  .subarray([0, 1, 2, 3, 4], { minLength: 3 })
  .map((streams) => streams.map((stream) => [stream, interval(0, now - 2 * hourMs)] as const))
const asked: fc.Arbitrary<Interval> = fc
  .tuple(spanOfDays, fc.boolean(), fc.boolean())
  .map(([{ from, to }, isSince, isUntil]) => interval(isSince ? from : openStart, isUntil ? to : openEnd))

test('an answer is complete only if every history it rests on is proven at every instant, and then it is the truth', async () => {
  let complete = 0
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('binance' as const, 'okx' as const),
      fc.oneof(proofs, wholly),
      asked,
      fc.constantFrom<Answer>('charges', 'audit', 'auto-exchanges', 'movements', 'statement'),
      async (exchange, given, within, answer) => {
        const streams = behind[exchange][answer] ?? []
        const own = account(exchange)
        const book = await openBook({ kind: 'sqlite', path: ':memory:' }, { clock: new ManualClock(now) })
        await book.addAccount(own)
        const held = new Map(streams.map((stream, place) => [stream, given.flatMap(([of, span]) => (of === place ? [span] : []))] as const))
        // One charge a day of which the book has those that were proven.
        const truth = Array.from({ length: 500 }, (_, day) => asDays(day)).map((at) =>
          chargeOf({ account: 'one', at, interest: decimalOf(BigInt(at % 1_000_003), 8) }),
        )
        const known = held.get('interest') ?? []
        const rows = truth.filter(({ at }) => known.some((span) => contains(span, at)))
        const proof = (stream: Stream) =>
          (held.get(stream) ?? []).map((span) => ({ account: 'one', stream, ...span, provenBy: 'test', provenAt: now }))
        await book.recordCharges('one', rows, streams.flatMap(proof))
        // So that USDT is known, which Binance asks for on its own.
        const zero = decimalOf(0n)
        const nothing = { total: zero, owed: zero, free: zero, um: zero, cm: zero, interest: zero }
        await book.recordBalances('one', [{ account: 'one', takenAt: now, asset: 'USDT', ...nothing, updatedAt: now }])
        const reports = await reportsBehind(book, [own], { answer, asked: within, now })
        const { gaps } = answerCoverage(reports)
        const totals = await interestTotals(book, { accounts: ['one'], within, by: 'asset' })
        await book.close()
        expect(reports.map(({ stream }) => stream).sort()).toEqual([...streams].sort())
        if (gaps.length > 0 || streams.length === 0) return
        complete += 1
        for (const stream of streams) {
          const spans = held.get(stream) ?? []
          const provenEnd = Math.max(...spans.map(({ to }) => to))
          const report = reports.find((one) => one.stream === stream)!
          const from = isOpenStart(within) ? report.asked.from : within.from
          const to = isOpenEnd(within) ? provenEnd : within.to
          // Where no end was asked for, the answer is of the last sync, a day ago at most.
          if (isOpenEnd(within)) expect(now - (historyOf(exchange, stream)?.settleMs ?? 0) - provenEnd).toBeLessThanOrEqual(dayMs)
          for (let at = Math.max(from, openedAt[exchange]); at < to; at += hourMs) {
            if (!spans.some((span) => contains(span, at))) throw new Error(`${stream} is called complete at ${new Date(at).toISOString()}`)
          }
        }
        if (!streams.includes('interest')) return
        const from = isOpenStart(within) ? Math.min(...reports.map((one) => one.asked.from)) : within.from
        const until = isOpenEnd(within) ? Math.max(...known.map((span) => span.to)) : within.to
        const right = truth.filter(({ at }) => from <= at && at < until).map(({ interest }) => interest)
        const [total] = totals
        if (right.length === 0) expect(total).toBeUndefined()
        else expect(total !== undefined && equals(total.interest, sum(right)) && total.charges === right.length).toBe(true)
      },
    ),
    { numRuns: 150 },
  )
  expect(complete).toBeGreaterThan(3)
}, 60_000)
