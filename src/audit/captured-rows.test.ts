import { describe, expect, it } from 'vitest'
import { audit, bookOfRows } from '../../test/support/audit-kit.ts'
import type { Charge, MarginCharge } from '../book/record.ts'
import { decimal, toText } from '../decimal/decimal.ts'
import { parseInstant } from '../time/instant.ts'
import { hourMs } from '../time/units.ts'
import { explainCharge } from './explain.ts'
import { judgeCharge } from './judge.ts'
import { ruleText } from './rounding-rule.ts'
import { seenCharge, seenMarginCharge } from './seen-row.ts'

interface Row {
  readonly at: number
  readonly principal: string
  readonly rate: string
  readonly interest: string
}

function charge(series: Partial<Charge>, { at, principal, rate, interest }: Row): Charge {
  return {
    account: 'main',
    asset: 'USDT',
    instId: '',
    marginMode: '',
    loanType: '',
    ...series,
    at,
    principal: decimal(principal),
    rate: decimal(rate),
    interest: decimal(interest),
    receivedAt: at,
  }
}

const borrowedAt = parseInstant('2022-07-07T14:00:00Z')
/** Seven hours of one isolated debt in BTC (facts B3.1). */
const isolated = [
  ['0.0053076566226766', '0.0000000061038052'],
  ['0.0053076627264818', '0.0000000061038122'],
  ['0.005307668830294', '0.0000000061038192'],
  ['0.0053076749341132', '0.0000000061038262'],
  ['0.0053076810379394', '0.0000000061038332'],
  ['0.0053076871417726', '0.0000000061038403'],
  ['0.0053076932456129', '0.0000000061038473'],
].map(([principal = '', interest = ''], hour) =>
  charge(
    { asset: 'BTC', instId: 'BTC-USDT', marginMode: 'isolated', loanType: '2' },
    { at: borrowedAt + hour * hourMs, principal, rate: '0.00000115', interest },
  ),
)

const zil = charge(
  { asset: 'ZIL', instId: 'ZIL-USDT', marginMode: 'isolated', loanType: '2' },
  { at: 1_649_181_600_000, principal: '366.468988438852', rate: '0.00000115', interest: '0.0004214393367048' },
)

const documented = [
  { at: 1_637_312_400_000, principal: '97', rate: '0.0000040833333333', interest: '0.0003960833333334' },
  { at: 1_637_049_600_000, principal: '100', rate: '0.0000040833333333', interest: '0.0004083333333334' },
].map((row) => charge({ loanType: '1' }, row))

const negativeBalance = charge({}, { at: 1_670_227_200_000, principal: '210000', rate: '0.0001164', interest: '24.4440' })

/** Rows of margin loans (facts A5), and one more of 2022 that a user of a client library showed. */
const loans = (
  [
    ['ETH', '0.00011146', '0.00089489', '0.00000001'],
    ['ETH', '0.00729232', '0.0002', '0.00000007'],
    ['USDT', '45.3313', '0.00013233', '0.00024995'],
    ['HOME', '1.0', '0.00215396', '0.00008975'],
    ['USDT', '5.73824', '0.0002', '0.00004782'],
  ] as const
).map(
  ([asset, principal, rate, interest], hour): MarginCharge => ({
    account: 'main',
    at: borrowedAt + hour * hourMs,
    txId: String(2_328_408_217_636_413_776n + BigInt(hour)),
    asset,
    rawAsset: asset,
    type: 'PERIODIC',
    principal: decimal(principal),
    rate: decimal(rate),
    interest: decimal(interest),
    receivedAt: 0,
  }),
)

describe('rows that the exchanges were seen to send', () => {
  it('finds seven hours of an isolated debt in BTC exact, and grown by their own interest', async () => {
    const { summary, findings, doubts } = await audit(bookOfRows('okx', isolated), undefined)
    expect([findings, doubts]).toEqual([[], []])
    expect(summary.verdicts).toMatchObject({ exact: 7, 'within-rounding': 0, 'hidden-digits': 0, unexplained: 0 })
    expect(summary.rounding.map(({ kind, standing }) => [kind, standing.map(ruleText)])).toEqual([['OKX isolated', ['up at 16 decimals']]])
    expect(summary.unjudged).toEqual([])
  })

  it('finds the row in ZIL that is one unit off sound by hidden digits, and no finding, beside the others and alone', async () => {
    for (const rows of [[...isolated, zil], [zil]]) {
      const { summary, findings, doubts } = await audit(bookOfRows('okx', rows))
      expect(findings).toEqual([])
      expect(doubts.map(([{ series }, verdict]) => [series.asset, verdict])).toEqual([['ZIL', 'hidden-digits']])
      expect(summary.verdicts.exact).toBe(rows.length - 1)
    }
  })

  it('finds both rows of document 002 exact, by the daily rate that their cut rate hides', async () => {
    const { summary, findings } = await audit(bookOfRows('okx', documented))
    expect(findings).toEqual([])
    expect(summary.verdicts.exact).toBe(2)
    expect(summary.rounding.map(({ standing }) => standing.map(ruleText))).toEqual([['up at 16 decimals']])
    const steps = explainCharge(seenCharge(documented[0] as Charge, 'okx'))
    expect(steps.map(({ what, result }) => `${what}: ${result}`)).toEqual([
      'rule in force: principal × rate of the period',
      'rate for a day: 0.000098',
      'interest before rounding: 0.000396083333333333333333…',
      'rounded: 0.0003960833333334',
      'what hidden digits of the rate allow: 0.0003960833333301 to 0.0003960833333398',
      'verdict of the row itself: exact: to the last digit',
    ])
  })

  it('says of a row whose kind has taught nothing yet that its own figures hold, by the rule of the facts', () => {
    const steps = explainCharge(seenCharge(documented[0] as Charge, 'okx'), [])
    expect(steps.at(-1)?.result).toBe('exact: to the last digit')
  })

  it('finds the row of document 000 exact, and says that it cannot tell how is rounded', async () => {
    const { summary, findings } = await audit(bookOfRows('binance', [negativeBalance]))
    expect(findings).toEqual([])
    expect(summary.verdicts.exact).toBe(1)
    const [learned] = summary.rounding
    expect(learned?.standing.length).toBe(60)
    expect(learned?.evidence).toMatchObject({ rows: 1, telling: 0, counterExamples: 0 })
    expect(summary.sums.map(({ asset, charged }) => [asset, toText(charged)])).toEqual([['USDT', '24.4440']])
  })

  it('finds the rows of margin loans exact, and learns from them that they are rounded up at 8 decimals', async () => {
    const { summary, findings, doubts } = await audit(bookOfRows('binance', [], loans))
    expect([findings, doubts]).toEqual([[], []])
    expect(summary.verdicts.exact).toBe(5)
    const rules = new Map(summary.rounding.map(({ assets, standing }) => [assets.join(' '), standing.map(ruleText)]))
    expect([...rules]).toEqual([['ETH HOME USDT', ['up at 8 decimals']]])
  })

  it.each([
    ...isolated.map((row) => ['BTC isolated', seenCharge(row, 'okx'), 'exact'] as const),
    ...documented.map((row) => ['document 002', seenCharge(row, 'okx'), 'exact'] as const),
    ...loans.map((row) => [`margin loan of ${row.asset}`, seenMarginCharge(row), 'exact'] as const),
    ['ZIL', seenCharge(zil, 'okx'), 'hidden-digits'] as const,
    ['document 000', seenCharge(negativeBalance, 'binance'), 'exact'] as const,
  ])('judges %s by the rounding that the facts state', (_, seen, verdict) => {
    expect(judgeCharge(seen)).toBe(verdict)
  })
})
