import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { add, compare, multiply, strip, subtract } from '../decimal/arithmetic.ts'
import { type Decimal, decimal, decimalOf, toText, zero } from '../decimal/decimal.ts'
import {
  initialMarginOf,
  type MarginAsset,
  marginTotals,
  maxWithdrawAmount,
  maxWithdrawValue,
  uniMmrOf,
  virtualMaxLoan,
} from './margin-status.ts'

function asset(given: { readonly [Name in keyof MarginAsset]?: string }): MarginAsset {
  const none = { amount: '0', loan: '0', index: '1', collateralRate: '1', maintenanceRate: '0' }
  const futures = { futuresInitial: '0', futuresMaintenance: '0', openLoss: '0' }
  const entries = Object.entries({ ...none, ...futures, ...given }).map(([name, text]) => [name, decimal(text)])
  return Object.fromEntries(entries) as MarginAsset
}

const text = (value: Decimal | undefined) => value && toText(strip(value))

const mantissa = (most: bigint) => fc.bigInt({ min: 0n, max: most })
const rates = mantissa(10_000n).map((value) => decimalOf(value, 4))
const amounts = fc.bigInt({ min: -(10n ** 13n), max: 10n ** 13n }).map((value) => decimalOf(value, 8))
const some = (most: bigint) => mantissa(most).map((value) => decimalOf(value, 8))
const holdings: fc.Arbitrary<MarginAsset> = fc.record({
  amount: amounts,
  loan: some(10n ** 12n),
  index: mantissa(10n ** 9n).map((value) => decimalOf(value + 1n, 4)),
  collateralRate: rates,
  maintenanceRate: rates,
  futuresInitial: some(10n ** 10n),
  futuresMaintenance: some(10n ** 10n),
  openLoss: some(10n ** 10n),
})

describe('rule: uni-mmr', () => {
  it('counts what is owned by its collateral rate and what is owed in full', () => {
    const totals = marginTotals([
      asset({ amount: '1', index: '50000', collateralRate: '0.95' }),
      asset({ amount: '-10000', collateralRate: '0.5' }),
    ])
    expect(text(totals.equity)).toBe('37500')
    expect(text(totals.actualEquity)).toBe('40000')
  })

  it('is adjusted equity over the maintenance margin of loans and futures', () => {
    const totals = marginTotals([
      asset({ amount: '2', index: '50000', collateralRate: '0.95', futuresMaintenance: '0.01', futuresInitial: '0.02', openLoss: '0.1' }),
      asset({ amount: '-20000', loan: '30000', maintenanceRate: '0.05' }),
    ])
    // 95000 - 20000, less 5000 of open loss; 500 of futures and 1500 of the loan.
    expect([totals.equity, totals.adjustedEquity, totals.maintenanceMargin].map(text)).toEqual(['75000', '70000', '2000'])
    expect(text(uniMmrOf(totals, 8))).toBe('35')
    // 1000 of futures, and 30000 over L - 1 = 4.
    expect(text(initialMarginOf(totals, 5, 8))).toBe('8500')
  })

  it('is undefined while there is no maintenance margin', () => {
    expect(uniMmrOf(marginTotals([asset({ amount: '5' })]), 8)).toBeUndefined()
    expect(uniMmrOf(marginTotals([]), 8)).toBeUndefined()
  })
})

describe('rule: max-withdraw', () => {
  it('is equity beyond 1.2 times the maintenance margin, never below zero', () => {
    const debtor = (amount: string) => marginTotals([asset({ amount, loan: '1000', maintenanceRate: '0.1' })])
    expect(text(maxWithdrawValue(debtor('500')))).toBe('380')
    expect(text(maxWithdrawValue(debtor('100')))).toBe('0')
  })

  it('lets all of an asset go that does not count as collateral, and nothing more than it is worth of one that does', () => {
    const worthless = asset({ amount: '7', index: '3', collateralRate: '0' })
    expect(text(maxWithdrawAmount(zero, worthless, 8))).toBe('7')
    expect(maxWithdrawAmount(zero, asset({ amount: '7', index: '0' }), 8)).toBeUndefined()
    const bitcoin = asset({ amount: '1', index: '50000', collateralRate: '0.95' })
    expect(text(maxWithdrawAmount(decimal('47500'), bitcoin, 8))).toBe('1')
    expect(text(maxWithdrawAmount(decimal('23750'), bitcoin, 8))).toBe('0.5')
    // What goes beyond is owed, and counts in full.
    expect(text(maxWithdrawAmount(decimal('97500'), bitcoin, 8))).toBe('2')
  })

  it('leaves 1.2 times the maintenance margin, and one unit more would not', () => {
    fc.assert(
      fc.property(fc.array(holdings, { minLength: 1, maxLength: 4 }), ([first, ...others]) => {
        const withdrawn = first!
        const before = marginTotals([withdrawn, ...others])
        const value = maxWithdrawValue(before)
        const amount = maxWithdrawAmount(value, withdrawn, 8)!
        const without = (taken: Decimal) => marginTotals([{ ...withdrawn, amount: subtract(withdrawn.amount, taken) }, ...others])
        const floor = subtract(before.adjustedEquity, value)
        expect(compare(without(amount).adjustedEquity, floor)).toBeGreaterThanOrEqual(0)
        expect(compare(without(add(amount, decimal('0.00000001'))).adjustedEquity, floor)).toBe(-1)
        if (value.mantissa > 0n) expect(compare(floor, multiply(before.maintenanceMargin, decimal('1.2')))).toBe(0)
      }),
    )
  })
})

describe('rule: max-borrow', () => {
  it('is (L-1) x max(maxWithdraw - loans / (L-1), 0)', () => {
    const totals = marginTotals([asset({ amount: '500', loan: '1000', maintenanceRate: '0.1' })])
    expect(text(virtualMaxLoan(totals, 5))).toBe('520')
    expect(text(virtualMaxLoan(totals, 3))).toBe('0')
  })

  it('once borrowed locks as initial margin exactly what could have been withdrawn', () => {
    fc.assert(
      fc.property(fc.array(holdings, { maxLength: 4 }), fc.integer({ min: 2, max: 10 }), (held, leverage) => {
        const totals = marginTotals(held)
        const value = virtualMaxLoan(totals, leverage)
        if (value.mantissa === 0n) return
        const after = { ...totals, loans: add(totals.loans, value), futuresInitial: zero }
        expect(compare(virtualMaxLoan(after, leverage), zero)).toBe(0)
        const locked = initialMarginOf(after, leverage, 40)
        expect(compare(locked, maxWithdrawValue(totals))).toBeGreaterThanOrEqual(0)
        expect(compare(subtract(locked, maxWithdrawValue(totals)), decimal('0.0000000001'))).toBeLessThan(0)
      }),
    )
  })
})
