import { Decimal as Independent } from 'decimal.js'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { audit, bookOfRows, noEvidence } from '../../test/support/audit-kit.ts'
import type { Charge } from '../book/record.ts'
import { strip } from '../decimal/arithmetic.ts'
import { decimal, decimalOf, toText } from '../decimal/decimal.ts'
import { parseInstant } from '../time/instant.ts'
import { auditAccount } from './audit-account.ts'
import { findingId } from './finding-id.ts'
import { judgeCharge } from './judge.ts'
import { plausibleDailyRate } from './recompute.ts'
import { type RoundingRule, roundingRules } from './rounding-rule.ts'
import { seenCharge } from './seen-row.ts'

const Exact = Independent.clone({ precision: 200 })
const directions = {
  up: Exact.ROUND_UP,
  down: Exact.ROUND_DOWN,
  'half-up': Exact.ROUND_HALF_UP,
  'half-even': Exact.ROUND_HALF_EVEN,
} as const

function charge(figures: Partial<Charge>): Charge {
  return {
    account: 'main',
    asset: 'USDT',
    instId: '',
    marginMode: '',
    loanType: '',
    at: parseInstant('2026-03-01T00:00:00Z'),
    principal: decimal('210000'),
    rate: decimal('0.0001164'),
    interest: decimal('24.4440'),
    receivedAt: 0,
    ...figures,
  }
}

const principal = fc.bigInt({ min: 1n, max: 10n ** 30n })
const rule = fc.constantFrom(...roundingRules)

function rounded(exact: Independent, { scale, rounding }: RoundingRule): string {
  return exact.toDecimalPlaces(scale, directions[rounding]).toFixed(scale)
}

describe('a charge judged by its own row', () => {
  it('is exact by a rule when, and only when, an independent library rounds to it', () => {
    const rate = fc.bigInt({ min: 0n, max: 10n ** 10n })
    fc.assert(
      fc.property(principal, rate, fc.integer({ min: 4, max: 12 }), rule, rule, (mantissa, rateMantissa, rateScale, by, judgedBy) => {
        const row = { principal: decimalOf(mantissa, 8), rate: decimalOf(rateMantissa, rateScale) }
        const exact = new Exact(toText(row.principal)).times(toText(row.rate))
        const interest = decimal(rounded(exact, by))
        const verdict = judgeCharge(seenCharge(charge({ ...row, interest: strip(interest) }), 'binance'), [judgedBy])
        const isExact = new Exact(toText(interest)).equals(rounded(exact, judgedBy))
        expect(verdict === 'exact').toBe(isExact)
        const isNear = exact.minus(toText(interest)).abs().lessThan(new Exact(10).pow(-judgedBy.scale))
        const fitsScale = new Exact(toText(interest)).decimalPlaces() <= judgedBy.scale
        if (!isExact) expect(verdict).toBe(isNear && fitsScale ? 'within-rounding' : 'unexplained')
      }),
      { numRuns: 500 },
    )
  })

  it('is exact on OKX for every daily rate of few decimals, whose cut 24th is all that is shown', () => {
    fc.assert(
      fc.property(principal, fc.bigInt({ min: 0n, max: 10n ** 10n }), fc.integer({ min: 4, max: 12 }), (mantissa, daily, scale) => {
        const rateDaily = new Exact(daily.toString()).div(new Exact(10).pow(scale))
        const owed = decimalOf(mantissa, 16)
        const exact = new Exact(toText(owed)).times(rateDaily).div(24)
        const rate = strip(decimal(rateDaily.div(24).toDecimalPlaces(16, Exact.ROUND_DOWN).toFixed(16)))
        expect(plausibleDailyRate(rate.mantissa, rate.scale)).toBe(daily * 10n ** BigInt(12 - scale))
        const interest = strip(decimal(exact.toDecimalPlaces(16, Exact.ROUND_UP).toFixed(16)))
        const row = charge({ principal: strip(owed), rate, interest, marginMode: 'cross', loanType: '2' })
        expect(judgeCharge(seenCharge(row, 'okx'))).toBe('exact')
      }),
      { numRuns: 300 },
    )
  })

  it('is sound on OKX for any rate that is shown as the printed one', () => {
    fc.assert(
      fc.property(principal, fc.bigInt({ min: 0n, max: 10n ** 24n }), (mantissa, daily) => {
        const rateDaily = new Exact(daily.toString()).div(new Exact(10).pow(28))
        const owed = decimalOf(mantissa, 16)
        const interest = new Exact(toText(owed)).times(rateDaily).div(24).toDecimalPlaces(16, Exact.ROUND_UP)
        const row = charge({
          principal: owed,
          rate: strip(decimal(rateDaily.div(24).toDecimalPlaces(16, Exact.ROUND_DOWN).toFixed(16))),
          interest: decimal(interest.toFixed(16)),
          marginMode: 'cross',
          loanType: '2',
        })
        expect(['exact', 'within-rounding', 'hidden-digits']).toContain(judgeCharge(seenCharge(row, 'okx')))
      }),
      { numRuns: 300 },
    )
  })
})

describe('what the regime in force does not charge', () => {
  const between = parseInstant('2024-03-01T00:00:00Z')
  it.each([
    ['another asset than USDT', { asset: 'BTC' }, ['not-due']],
    ['USDT up to 200,000', { principal: decimal('200000'), interest: decimal('23.28') }, ['not-due']],
    ['USDT beyond 200,000, all of which is charged', {}, []],
    ['another asset after 2025-05-17', { asset: 'BTC', at: parseInstant('2025-05-17T00:00:00Z') }, []],
    ['another asset before 2023-02-27 08:00', { asset: 'BTC', at: parseInstant('2023-02-26T08:00:00Z') }, []],
  ] as const)('%s', async (_, figures, verdicts) => {
    const { findings, summary } = await audit(bookOfRows('binance', [charge({ at: between, ...figures })]))
    expect(findings.map(({ verdict }) => verdict)).toEqual(verdicts)
    expect(summary.verdicts.exact).toBe(1 - verdicts.length)
    for (const { charged, difference } of findings) expect(toText(difference ?? decimal('0'))).toBe(toText(charged))
  })
})

describe('a finding', () => {
  it('has an id that is the same in every run, and another for every charge and verdict', async () => {
    const wrong = charge({ interest: decimal('25') })
    const [first, again] = [await audit(bookOfRows('binance', [wrong])), await audit(bookOfRows('binance', [wrong]))]
    expect(first.findings.map(({ id }) => id)).toEqual(again.findings.map(({ id }) => id))
    const [finding] = first.findings
    expect(finding?.verdict).toBe('unexplained')
    expect(finding?.sentence).toBe('USDT at 2026-03-01T00:00:00.000Z: 25 was charged on 210000 at 0.0001164, which makes 24.444')
    expect(toText(finding?.difference ?? decimal('0'))).toBe('0.55600000')
    const ids = new Set([
      finding?.id,
      findingId({ ...(finding?.charge as never as Parameters<typeof findingId>[0]), at: 1 }, 'unexplained'),
      findingId(finding?.charge as never, 'missing'),
    ])
    expect(ids.size).toBe(3)
  })

  it('holds the whole argument: rule, rate, product, rounding, verdict', async () => {
    const { findings } = await audit(bookOfRows('binance', [charge({ interest: decimal('25') })]))
    expect(findings[0]?.steps.map(({ what, how, result }) => `${what} | ${how} | ${result}`)).toEqual([
      'rule in force | Binance negative balance at 2026-03-01T00:00:00.000Z, regime excess-over-threshold | principal × rate of the period',
      'rate for a day | as the row shows it | 0.0001164',
      'interest before rounding | 210000 × 0.0001164 | 24.444',
      'rounded | up at 8 decimals | 24.44400000',
      'verdict of the row itself | 25 was charged | not explained by its own principal and rate',
    ])
  })

  it('is not looked for once the audit is told to stop, nor in an account that the book does not hold', async () => {
    const stop = new AbortController()
    stop.abort(new Error('enough'))
    const common = { book: bookOfRows('binance', [charge({})]), evidence: noEvidence(), onFinding: () => undefined }
    await expect(auditAccount({ ...common, account: 'main', signal: stop.signal })).rejects.toThrow('enough')
    await expect(auditAccount({ ...common, account: 'other' })).rejects.toMatchObject({ code: 'book.account-unknown' })
  })
})
