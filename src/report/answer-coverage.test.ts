import { describe, expect, test } from 'vitest'
import { reportOf } from '../../test/support/coverage-kit.ts'
import { parseInstant } from '../time/instant.ts'
import { type Interval, interval } from '../time/interval.ts'
import { answerCoverage, provenPerMille } from './answer-coverage.ts'
import { openEnd } from './asked-time.ts'

const day = (text: string) => parseInstant(`2026-${text}`)
const span = (from: string, to: string): Interval => interval(day(from), day(to))

const report = reportOf

const gaps = {
  lost: [span('01-01', '01-05')],
  unproven: [span('01-10', '01-12')],
  proven: [span('01-05', '01-10'), span('01-12', '02-01')],
}
const gappy = report(gaps)

describe('an answer', () => {
  test('has as gaps what of the asked span is unproven or lost, oldest first', () => {
    const { gaps, provenUntil } = answerCoverage([gappy])
    expect(gaps.map(({ kind, span: { from } }) => [kind, from])).toEqual([
      ['lost', day('01-01')],
      ['unproven', day('01-10')],
    ])
    expect(provenUntil).toBe(day('02-01'))
  })

  test('has no gap where only a proven part was asked for', () => {
    expect(answerCoverage([report(gaps, span('01-12', '01-20'))]).gaps).toEqual([])
    expect(answerCoverage([report(gaps, span('01-11', '01-20'))]).gaps).toMatchObject([{ span: span('01-11', '01-12') }])
  })

  const known = { proven: [span('01-01', '01-10')], unproven: [interval(day('01-10'), day('01-10') + 60_000)] }
  const synced = report(known)

  test('is as of the last sync: the time since then is no gap, unless its end was asked for', () => {
    expect(answerCoverage([synced]).gaps).toEqual([])
    expect(answerCoverage([report(known, interval(day('01-02'), openEnd))]).gaps).toEqual([])
    expect(answerCoverage([report(known, interval(day('01-02'), day('01-10') + 60_000))]).gaps).toHaveLength(1)
  })

  test('is not complete when the last sync is more than a day ago, or never was', () => {
    const stale = report({ proven: [span('01-01', '01-10')], unproven: [interval(day('01-10'), day('01-11') + 1)] })
    expect(answerCoverage([stale]).gaps).toHaveLength(1)
    expect(answerCoverage([report({ unproven: [span('01-01', '01-01T01:00')] })])).toMatchObject({
      gaps: [{ kind: 'unproven' }],
      provenUntil: undefined,
    })
  })

  test('is proven only as far as the least proven of its streams', () => {
    expect(answerCoverage([gappy, synced]).provenUntil).toBe(day('01-10'))
    expect(answerCoverage([gappy, report({})]).provenUntil).toBeUndefined()
  })
})

test('a history is 1000 thousandths proven only when nothing is missing', () => {
  const pierced = [interval(0, 499_999), interval(500_000, 1_000_000)]
  expect(provenPerMille(report({ proven: pierced, unproven: [interval(499_999, 500_000)] }))).toBe(999)
  expect(provenPerMille(report({ proven: [interval(1, 1_000_000)], lost: [interval(0, 1)] }))).toBe(999)
  expect(provenPerMille(report({ proven: [interval(0, 1_000_000)] }))).toBe(1_000)
  expect(provenPerMille(report({}))).toBe(1_000)
})

test('the time since the last sync takes nothing from what is proven, unless it is longer than a day', () => {
  const since = (to: number) => report({ proven: [span('01-01', '01-10')], unproven: [interval(day('01-10'), to)] })
  expect(provenPerMille(since(day('01-11')))).toBe(1_000)
  expect(provenPerMille(since(day('01-11') + 1))).toBe(899)
})
