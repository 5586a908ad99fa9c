import { describe, expect, it } from 'vitest'
import { decimal, toText } from '../decimal/decimal.ts'
import { okxDiscountedValue, okxSecuredLoan } from './okx-equity.ts'

describe('rule: okx-max-loan', () => {
  it('counts what is owned at its collateral rate and what is owed in full', () => {
    expect(toText(okxDiscountedValue(decimal('2'), decimal('1000'), decimal('0.9')))).toBe('1800.0')
    expect(Number(toText(okxDiscountedValue(decimal('-2'), decimal('1000'), decimal('0.9'))))).toBe(-2000)
  })

  it('lends what the adjusted equity carries at the leverage, less what is borrowed already', () => {
    const loan = (adjusted: string, borrowed: string) =>
      Number(toText(okxSecuredLoan(decimal(adjusted), decimal(borrowed), 5, decimal('100'))))
    expect([loan('1000', '0'), loan('1000', '2000'), loan('1000', '5001')]).toEqual([50, 30, 0])
  })
})
