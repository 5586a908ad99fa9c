import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { okxCashOf } from './okx-cash.ts'
import { okxCrossLiability } from './okx-liability.ts'

describe('cash told from a liability on OKX', () => {
  const amount = fc.bigInt({ min: -1_000n, max: 1_000n })
  const debt = fc.bigInt({ min: -1_000n, max: 0n })

  it('is the cash from which the liability came, or not told', () => {
    fc.assert(
      fc.property(amount, amount, debt, fc.boolean(), (cash, unrealised, spotBorrowed, autoBorrow) => {
        const { total } = okxCrossLiability({ cash, unrealised, spotBorrowed }, 0n, autoBorrow)
        expect([cash, undefined]).toContain(okxCashOf(total, { unrealised, spotBorrowed }))
      }),
    )
  })

  it('is always told of cash below zero', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: -1_000n, max: -1n }), amount, debt, (cash, unrealised, spotBorrowed) => {
        const { total } = okxCrossLiability({ cash, unrealised, spotBorrowed }, 0n, true)
        expect(okxCashOf(total, { unrealised, spotBorrowed })).toBe(cash)
      }),
    )
  })
})
