import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { futuresRepayment } from './futures-repayment.ts'

describe('rule: repay-futures', () => {
  test('repays UM first, then CM, with what cross margin has', () => {
    expect(futuresRepayment({ um: -70n, cm: -50n }, 100n)).toEqual({ um: 70n, cm: 30n })
    expect(futuresRepayment({ um: -70n, cm: -50n }, 60n)).toEqual({ um: 60n, cm: 0n })
    expect(futuresRepayment({ um: -70n, cm: -50n }, 1_000n)).toEqual({ um: 70n, cm: 50n })
  })

  test('moves nothing to a wallet that is not below zero, and never nets UM against CM', () => {
    expect(futuresRepayment({ um: 500n, cm: -50n }, 0n)).toEqual({ um: 0n, cm: 0n })
    expect(futuresRepayment({ um: 500n, cm: -50n }, 20n)).toEqual({ um: 0n, cm: 20n })
  })

  test('never moves more than is available, nor lifts a wallet above zero', () => {
    const amount = fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n })
    fc.assert(
      fc.property(amount, amount, amount, (um, cm, available) => {
        const moved = futuresRepayment({ um, cm }, available)
        const shortfall = (um < 0n ? -um : 0n) + (cm < 0n ? -cm : 0n)
        const free = available > 0n ? available : 0n
        expect(moved.um + moved.cm).toBe(shortfall < free ? shortfall : free)
        expect(um < 0n ? um + moved.um <= 0n : moved.um === 0n).toBe(true)
        expect(cm < 0n ? cm + moved.cm <= 0n : moved.cm === 0n).toBe(true)
      }),
    )
  })
})
