import { describe, expect, test } from 'vitest'
import { decimal } from '../decimal/decimal.ts'
import { isBeyondDebtRepayment, splitRepayment } from './debt-repayment.ts'

describe('rule: repay-debt', () => {
  test('interest is repaid first: of 14 paid, 0.01866667 were interest and 13.98133333 principal (facts A5)', () => {
    expect(splitRepayment(1_400_000_000n, 1_866_667n)).toEqual({ interest: 1_866_667n, principal: 1_398_133_333n })
    expect(splitRepayment(1n, 2n)).toEqual({ interest: 1n, principal: 0n })
  })

  test('one repayment is worth 50000 USD at most', () => {
    expect(isBeyondDebtRepayment(decimal('0.5'), decimal('100000'))).toBe(false)
    expect(isBeyondDebtRepayment(decimal('0.50000001'), decimal('100000'))).toBe(true)
  })
})
