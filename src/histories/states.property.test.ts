import fc from 'fast-check'
import { expect, test } from 'vitest'
import { openedAt } from '../rules/exchange.ts'
import { parseInstant } from '../time/instant.ts'
import { contains, type Interval, interval } from '../time/interval.ts'
import { intervalSet, totalMs } from '../time/interval-set.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { binanceHistories } from './binance-histories.ts'
import type { HistoryEntry, OtherWay, Retention } from './history.ts'
import { statesOver } from './states.ts'
import { reachableFrom } from './wanted.ts'

const now = parseInstant('2026-12-01')
const [anyEntry] = binanceHistories

const days = fc.integer({ min: 0, max: 2_000 }).map((count) => count * dayMs)
const retention: fc.Arbitrary<Retention> = fc
  .tuple(days, days)
  .map(([one, other]) => ({ shortestMs: Math.min(one, other), longestMs: Math.max(one, other) }))
const otherWay: fc.Arbitrary<OtherWay> = fc.oneof(
  days.map((reachMs) => ({ reachMs, says: 'ask for a file' })),
  days.map((ms) => ({ since: now - ms, says: 'ask for a file' })),
)
const history: fc.Arbitrary<HistoryEntry> = fc
  .record({
    retention: fc.option(retention, { nil: undefined }),
    otherWay: fc.option(otherWay, { nil: undefined }),
    settleMs: fc.integer({ min: 0, max: 3 * hourMs }),
  })
  .map(({ retention: kept, otherWay: way, settleMs }) => {
    const { retention: _kept, otherWay: _way, ...entry } = anyEntry!
    return { ...entry, settleMs, ...(kept === undefined ? {} : { retention: kept }), ...(way === undefined ? {} : { otherWay: way }) }
  })

const instant = fc.integer({ min: openedAt.okx - 400 * dayMs, max: now + 400 * dayMs })
const span: fc.Arbitrary<Interval> = fc.tuple(instant, instant).map(([one, other]) => interval(Math.min(one, other), Math.max(one, other)))

test('every instant that is asked about is in one state, and proven only where it was proven or there was no exchange yet', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('binance' as const, 'okx' as const),
      history,
      fc.array(span, { maxLength: 6 }),
      span,
      fc.array(instant, { minLength: 20, maxLength: 20 }),
      (exchange, entry, held, asked, instants) => {
        const { proven, unproven, lost, notYet } = statesOver({ exchange, history: entry, held, asked, now })
        const states = { proven, unproven, lost, notYet }
        const all = Object.values(states)
        expect(all.reduce((sum, spans) => sum + totalMs(spans), 0)).toBe(asked.to - asked.from)
        expect(totalMs(intervalSet(all.flat()))).toBe(asked.to - asked.from)
        const edges = [...held, asked, ...all.flat()].flatMap(({ from, to }) => [from - 1, from, to - 1, to])
        for (const at of [...instants, ...edges]) {
          const inside = Object.entries(states).flatMap(([name, spans]) => (spans.some((one) => contains(one, at)) ? [name] : []))
          if (!contains(asked, at)) expect(inside).toEqual([])
          else if (held.some((one) => contains(one, at)) || at < openedAt[exchange]) expect(inside).toEqual(['proven'])
          else if (at >= now - entry.settleMs) expect(inside).toEqual(['notYet'])
          else expect(inside).toEqual([at < reachableFrom(entry, now) ? 'lost' : 'unproven'])
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('nothing is lost that a source says is kept, or that a file can still bring', () => {
  fc.assert(
    fc.property(history, instant, (entry, at) => {
      if (at >= reachableFrom(entry, now)) return
      const { retention: kept, otherWay: way } = entry
      expect(kept).toBeDefined()
      expect(at).toBeLessThan(now - (kept?.longestMs ?? 0))
      if (way?.since !== undefined) expect(at).toBeLessThan(way.since)
      if (way?.reachMs !== undefined) expect(at).toBeLessThan(now - way.reachMs)
    }),
  )
})
