import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { audit, bookOfRows } from '../../test/support/audit-kit.ts'
import type { Charge } from '../book/record.ts'
import { decimal, decimalOf, powerOfTen, toText } from '../decimal/decimal.ts'
import { divideRounded, type Rounding } from '../decimal/rounding.ts'
import { dayMs, hourMs } from '../time/units.ts'
import { learnedText } from './learned-rounding.ts'
import { ruleText } from './rounding-rule.ts'

const begin = 1_790_035_200_000 - (1_790_035_200_000 % dayMs)

/** Charges on a negative balance that changes every day, rounded in some way. */
function charges(count: number, rounding: (index: number) => { scale: number; rounding: Rounding }, asset = 'BTC', first = 0): Charge[] {
  return Array.from({ length: count }, (_, index) => {
    const principal = decimalOf(123_456_789n + BigInt((first + index) * 7_654_321), 8)
    const rate = decimalOf(11_640n + BigInt(((first + index) * 37) % 991), 8)
    const { scale, rounding: direction } = rounding(index)
    const mantissa = divideRounded(principal.mantissa * rate.mantissa, powerOfTen(16 - scale), direction)
    return {
      account: 'main',
      asset,
      instId: '',
      marginMode: '',
      loanType: '',
      at: begin + (first + index) * dayMs - 200 * dayMs,
      principal,
      rate,
      interest: decimalOf(mantissa, scale),
      receivedAt: 0,
    }
  })
}

const up8 = () => ({ scale: 8, rounding: 'up' as const })
const down8 = () => ({ scale: 8, rounding: 'down' as const })

async function learned(rows: readonly Charge[]) {
  const { summary, findings, doubts } = await audit(bookOfRows('binance', rows))
  const rules = summary.rounding.map(({ assets, standing, firstAt, lastAt }) => ({
    assets: assets.join(' '),
    rules: standing.map(ruleText).join(', '),
    firstAt,
    lastAt,
  }))
  return { summary, findings, doubts, rules }
}

describe('how charges are rounded is learned from them', () => {
  it.each(['up', 'down', 'half-up', 'half-even'] as const)('at every scale that shows: %s', async (rounding) => {
    for (const scale of [5, 6, 8, 10, 12]) {
      const { rules, summary } = await learned(charges(200, () => ({ scale, rounding })))
      const [only] = rules
      expect(rules.length).toBe(1)
      expect(only?.rules.split(', ')).toContain(ruleText({ scale, rounding }))
      // A product that lies half between two units is too rare to tell the two halves apart.
      expect(only?.rules.split(', ').length).toBe(rounding.startsWith('half') ? 2 : 1)
      expect(summary.verdicts.exact).toBe(200)
    }
  })

  it('a change over time begins another rule, at the first charge that only the new one fits', async () => {
    const rows = charges(400, (index) => (index < 150 ? up8() : down8()))
    const { rules, findings, doubts, summary } = await learned(rows)
    expect(rules.map(({ rules: text }) => text)).toEqual(['up at 8 decimals', 'down at 8 decimals'])
    expect(rules[1]?.firstAt).toBe(rows[150]?.at)
    expect([findings, doubts]).toEqual([[], []])
    expect(summary.verdicts.exact).toBe(400)
  })

  it('a few charges rounded the other way are within rounding, and the rule stands', async () => {
    const odd = new Set([3, 70, 71, 150, 299])
    const { rules, findings, doubts, summary } = await learned(charges(300, (index) => (odd.has(index) ? down8() : up8())))
    expect(rules.map(({ rules: text }) => text)).toEqual(['up at 8 decimals'])
    expect(findings).toEqual([])
    expect(doubts.map(([, verdict]) => verdict)).toEqual(Array(5).fill('within-rounding'))
    expect(summary.rounding[0]?.evidence).toMatchObject({ rows: 300, counterExamples: 5 })
    expect(summary.rounding[0]?.evidence.examples.length).toBe(3)
  })

  it('a charge rounded at another scale than the rest is unexplained', async () => {
    const { findings, doubts } = await learned(charges(300, (index) => (index === 120 ? { scale: 5, rounding: 'up' } : up8())))
    expect(doubts).toEqual([])
    expect(findings.map(({ verdict, charge }) => [verdict, charge.at])).toEqual([['unexplained', begin - 80 * dayMs]])
    expect(toText(findings[0]?.difference ?? decimal('0'))).toMatch(/^0\.0000/)
  })

  it('an asset that is rounded in its own way has its own rule', async () => {
    const rows = [...charges(200, up8, 'BTC'), ...charges(200, up8, 'ETH'), ...charges(200, () => ({ scale: 6, rounding: 'down' }), 'SHIB')]
    const { rules, findings } = await learned(rows)
    expect(findings).toEqual([])
    expect(rules.map(({ assets, rules: text }) => `${assets}: ${text}`).sort()).toEqual([
      'BTC ETH: up at 8 decimals',
      'SHIB: down at 6 decimals',
    ])
  })

  it('an asset with a handful of charges is judged by what stands for the others', async () => {
    const rows = [...charges(200, up8, 'BTC'), ...charges(3, (index) => (index === 1 ? down8() : up8()), 'ETH', 20)]
    const { doubts } = await learned(rows)
    expect(doubts.map(([charge, verdict]) => [charge.series.asset, verdict])).toEqual([['ETH', 'within-rounding']])
  })

  it('says so where the charges do not tell rules apart', async () => {
    const steady = charges(100, () => ({ scale: 8, rounding: 'up' }))
    const [one] = steady
    const rows = steady.map((row) => ({
      ...row,
      principal: decimal('210000'),
      rate: decimal('0.0001164'),
      interest: decimal('24.4440'),
      at: row.at,
    }))
    const { summary } = await learned(rows)
    expect(one).toBeDefined()
    expect(summary.rounding[0]?.standing.length).toBe(60)
    expect(learnedText(summary.rounding[0] as never)).toMatch(
      /: 60 ways of rounding fit, and 100 charges between \S+ and \S+ cannot tell them apart$/,
    )
  })

  it('is the same in whatever batches the charges come', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 300 }), fc.integer({ min: 100, max: 300 }), async (rowsAtOnce, changeAt) => {
        const rows = charges(400, (index) => (index < changeAt ? up8() : down8()))
        const whole = await audit(bookOfRows('binance', rows, [], 1_000))
        const parts = await audit(bookOfRows('binance', rows, [], rowsAtOnce))
        expect(parts.summary.rounding).toEqual(whole.summary.rounding)
        expect(parts.summary.verdicts).toEqual(whole.summary.verdicts)
      }),
      { numRuns: 15 },
    )
  })
})

describe('an hourly rate that is cut', () => {
  it('hides further digits: any rate that prints as shown is allowed, and nothing else', async () => {
    // A daily rate of 15 decimals: nobody can tell it from the 24th that is shown.
    const daily = 98_000_000_123n
    const rows = Array.from({ length: 100 }, (_, hour): Charge => {
      const principal = decimalOf(98_765_432_109_876n + BigInt(hour) * 31_415_926_535n, 10)
      const interest = divideRounded(principal.mantissa * daily * powerOfTen(16 - 10), powerOfTen(15) * 24n, 'up')
      return {
        account: 'main',
        asset: 'USDT',
        instId: '',
        marginMode: 'cross',
        loanType: '2',
        at: begin + hour * hourMs,
        principal,
        rate: decimalOf((daily * 10n) / 24n, 16),
        interest: decimalOf(hour === 50 ? interest + 2_000_000n : interest, 16),
        receivedAt: 0,
      }
    })
    const { summary, findings } = await audit(bookOfRows('okx', rows))
    expect(summary.verdicts).toMatchObject({ exact: 0, 'hidden-digits': 99, unexplained: 1 })
    expect(findings.map(({ charge }) => charge.at)).toEqual([begin + 50 * hourMs])
  })
})
