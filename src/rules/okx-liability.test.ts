import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type OkxCrossBalances, okxCrossLiability } from './okx-liability.ts'

const nothing: OkxCrossBalances = { cash: 0n, unrealised: 0n, spotBorrowed: 0n }
const owing = (balances: Partial<OkxCrossBalances>, quota: bigint, autoBorrow = true) =>
  okxCrossLiability({ ...nothing, ...balances }, quota, autoBorrow)

describe('rule: okx-free-quota', () => {
  it('of a negative balance nothing is free while the account borrows automatically', () => {
    expect(owing({ cash: -97n }, 1_000n)).toMatchObject({ borrowed: 97n, unrealised: 0n, total: 97n, interestFree: 0n, charged: 97n })
  })

  it('of unrealised losses only what is beyond the quota is charged', () => {
    expect(owing({ unrealised: -30n }, 20n)).toMatchObject({ unrealised: 30n, interestFree: 20n, charged: 10n })
    expect(owing({ unrealised: -20n }, 20n)).toMatchObject({ total: 20n, charged: 0n })
  })

  it('losses are a liability only where cash does not cover them', () => {
    expect(owing({ cash: 100n, unrealised: -100n }, 0n).total).toBe(0n)
    expect(owing({ cash: 100n, unrealised: -101n }, 0n).unrealised).toBe(1n)
  })

  it('both kinds add up, and an unrealised profit pays back no borrowed coins', () => {
    expect(owing({ cash: -50n, unrealised: -30n }, 20n)).toMatchObject({ borrowed: 50n, unrealised: 30n, interestFree: 20n, charged: 60n })
    expect(owing({ cash: -50n, unrealised: 500n }, 20n).charged).toBe(50n)
  })
})

describe('rule: okx-auto-borrow', () => {
  it('switched off, a negative balance and losses share the quota', () => {
    expect(owing({ cash: -5n, unrealised: -10n }, 20n, false)).toMatchObject({
      total: 15n,
      sharingQuota: 15n,
      interestFree: 15n,
      charged: 0n,
    })
    expect(owing({ cash: -15n, unrealised: -10n }, 20n, false)).toMatchObject({ total: 25n, interestFree: 20n, charged: 5n })
  })

  it('never charges less when on, and what is charged and what is free make up the whole', () => {
    const amount = fc.bigInt({ min: -1_000n, max: 1_000n })
    const debt = fc.bigInt({ min: -1_000n, max: 0n })
    fc.assert(
      fc.property(amount, amount, debt, fc.bigInt({ min: 0n, max: 2_000n }), (cash, unrealised, spotBorrowed, quota) => {
        const on = owing({ cash, unrealised, spotBorrowed }, quota, true)
        const off = owing({ cash, unrealised, spotBorrowed }, quota, false)
        expect(on.charged >= off.charged).toBe(true)
        for (const { total, charged, interestFree } of [on, off]) {
          expect(charged + interestFree).toBe(total)
          expect(charged >= 0n && interestFree >= 0n && interestFree <= quota).toBe(true)
        }
      }),
    )
  })
})

describe('rule: okx-spot-borrow', () => {
  it('accrues from zero although the coins lie in cash, whatever the quota and the switch', () => {
    for (const autoBorrow of [true, false]) {
      expect(owing({ cash: 80n, spotBorrowed: -80n }, 1_000n, autoBorrow)).toMatchObject({ borrowed: 80n, total: 80n, charged: 80n })
    }
  })

  it('adds to what cash is below zero', () => {
    expect(owing({ cash: -7n, spotBorrowed: -80n }, 0n).borrowed).toBe(87n)
  })
})
